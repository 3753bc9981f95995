package instrument

import "threading101/kernel/event"

// sync.WaitGroup. Go also starts a goroutine: see gostmt.go.
var waitgroupMethods = map[string]method{
	"(*sync.WaitGroup).Add":  {op: event.WGAdd, fn: "WGAdd", value: "WGAddFunc"},
	"(*sync.WaitGroup).Done": {op: event.WGDone, fn: "WGDone", value: "WGDoneFunc"},
	"(*sync.WaitGroup).Wait": {op: event.WaitWant, fn: "WGWait", value: "WGWaitFunc"},
	"(*sync.WaitGroup).Go":   {op: event.Go, fn: "WGGo", value: "WGGoFunc"},
}
