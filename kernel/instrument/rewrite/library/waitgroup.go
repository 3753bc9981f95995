package library

import "threading101/kernel/event"

// sync.WaitGroup. Go also starts a goroutine: see package flow.
var waitgroupMethods = map[string]method{
	"(*sync.WaitGroup).Add":  {op: event.WGAdd, Fn: "WGAdd", value: "WGAddFunc"},
	"(*sync.WaitGroup).Done": {op: event.WGDone, Fn: "WGDone", value: "WGDoneFunc"},
	"(*sync.WaitGroup).Wait": {op: event.WaitWant, Fn: "WGWait", value: "WGWaitFunc"},
	"(*sync.WaitGroup).Go":   {op: event.Go, Fn: "WGGo", value: "WGGoFunc"},
}
