package instrument

import "threading101/kernel/event"

// sync.Map, noted as an atomic variable that is the whole map.
var syncMapMethods = map[string]method{
	"(*sync.Map).Load":             {op: event.AtomicLoad, fn: "SyncMapLoad", value: "SyncMapLoadFunc"},
	"(*sync.Map).Store":            {op: event.AtomicStore, fn: "SyncMapStore", value: "SyncMapStoreFunc"},
	"(*sync.Map).LoadOrStore":      {op: event.AtomicSwap, fn: "SyncMapLoadOrStore", value: "SyncMapLoadOrStoreFunc"},
	"(*sync.Map).LoadAndDelete":    {op: event.AtomicSwap, fn: "SyncMapLoadAndDelete", value: "SyncMapLoadAndDeleteFunc"},
	"(*sync.Map).Delete":           {op: event.AtomicStore, fn: "SyncMapDelete", value: "SyncMapDeleteFunc"},
	"(*sync.Map).Swap":             {op: event.AtomicSwap, fn: "SyncMapSwap", value: "SyncMapSwapFunc"},
	"(*sync.Map).CompareAndSwap":   {op: event.AtomicCAS, fn: "SyncMapCAS", value: "SyncMapCASFunc"},
	"(*sync.Map).CompareAndDelete": {op: event.AtomicCAS, fn: "SyncMapCompareAndDelete", value: "SyncMapCompareAndDeleteFunc"},
	"(*sync.Map).Range":            {op: event.AtomicLoad, fn: "SyncMapRange", value: "SyncMapRangeFunc"},
	"(*sync.Map).Clear":            {op: event.AtomicStore, fn: "SyncMapClear", value: "SyncMapClearFunc"},
}
