package library

import "threading101/kernel/event"

// atomic.Value. Its methods may panic, and so have functions of their own.
var valueMethods = map[string]method{
	"(*sync/atomic.Value).Load":           {op: event.AtomicLoad, Fn: "ValueLoad", value: "ValueLoadFunc"},
	"(*sync/atomic.Value).Store":          {op: event.AtomicStore, Fn: "ValueStore", value: "ValueStoreFunc"},
	"(*sync/atomic.Value).Swap":           {op: event.AtomicSwap, Fn: "ValueSwap", value: "ValueSwapFunc"},
	"(*sync/atomic.Value).CompareAndSwap": {op: event.AtomicCAS, Fn: "ValueCAS", value: "ValueCASFunc"},
}
