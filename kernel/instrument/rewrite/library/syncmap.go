package library

import "threading101/kernel/event"

// sync.Map, noted as an atomic variable that is the whole map.
var syncMapMethods = map[string]method{
	"(*sync.Map).Load":             {op: event.AtomicLoad, Fn: "SyncMapLoad", value: "SyncMapLoadFunc"},
	"(*sync.Map).Store":            {op: event.AtomicStore, Fn: "SyncMapStore", value: "SyncMapStoreFunc"},
	"(*sync.Map).LoadOrStore":      {op: event.AtomicPut, Fn: "SyncMapLoadOrStore", value: "SyncMapLoadOrStoreFunc"},
	"(*sync.Map).LoadAndDelete":    {op: event.AtomicSwap, Fn: "SyncMapLoadAndDelete", value: "SyncMapLoadAndDeleteFunc"},
	"(*sync.Map).Delete":           {op: event.AtomicStore, Fn: "SyncMapDelete", value: "SyncMapDeleteFunc"},
	"(*sync.Map).Swap":             {op: event.AtomicSwap, Fn: "SyncMapSwap", value: "SyncMapSwapFunc"},
	"(*sync.Map).CompareAndSwap":   {op: event.AtomicCAS, Fn: "SyncMapCAS", value: "SyncMapCASFunc"},
	"(*sync.Map).CompareAndDelete": {op: event.AtomicCAS, Fn: "SyncMapCompareAndDelete", value: "SyncMapCompareAndDeleteFunc"},
	"(*sync.Map).Range":            {op: event.AtomicLoad, Fn: "SyncMapRange", value: "SyncMapRangeFunc"},
	"(*sync.Map).Clear":            {op: event.AtomicStore, Fn: "SyncMapClear", value: "SyncMapClearFunc"},
}
