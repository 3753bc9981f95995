package instrument

import "threading101/kernel/event"

// atomic.Value. Its methods may panic, and so have functions of their own.
var valueMethods = map[string]method{
	"(*sync/atomic.Value).Load":           {op: event.AtomicLoad, fn: "ValueLoad", value: "ValueLoadFunc"},
	"(*sync/atomic.Value).Store":          {op: event.AtomicStore, fn: "ValueStore", value: "ValueStoreFunc"},
	"(*sync/atomic.Value).Swap":           {op: event.AtomicSwap, fn: "ValueSwap", value: "ValueSwapFunc"},
	"(*sync/atomic.Value).CompareAndSwap": {op: event.AtomicCAS, fn: "ValueCAS", value: "ValueCASFunc"},
}
