package library

import "threading101/kernel/event"

// sync.Cond.
var condMethods = map[string]method{
	"(*sync.Cond).Wait":      {op: event.CondWant, Fn: "CondWait", value: "CondWaitFunc"},
	"(*sync.Cond).Signal":    {op: event.Signal, Fn: "CondSignal", value: "CondSignalFunc"},
	"(*sync.Cond).Broadcast": {op: event.Broadcast, Fn: "CondBroadcast", value: "CondBroadcastFunc"},
}
