package instrument

import "threading101/kernel/event"

// sync.Cond.
var condMethods = map[string]method{
	"(*sync.Cond).Wait":      {op: event.CondWant, fn: "CondWait", value: "CondWaitFunc"},
	"(*sync.Cond).Signal":    {op: event.Signal, fn: "CondSignal", value: "CondSignalFunc"},
	"(*sync.Cond).Broadcast": {op: event.Broadcast, fn: "CondBroadcast", value: "CondBroadcastFunc"},
}
