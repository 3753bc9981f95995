package instrument

import "threading101/kernel/event"

// Sleeping, and stepping aside.
var timeFunctions = map[string]function{
	"time.Sleep":      {op: event.Sleep, fn: "Sleep"},
	"runtime.Gosched": {op: event.Gosched, fn: "Gosched"},
}
