package instrument

import "threading101/kernel/event"

// Sleeping, stepping aside, timers and the clock.
var timeFunctions = map[string]function{
	"time.Sleep":      {op: event.Sleep, fn: "Sleep", bind: true},
	"runtime.Gosched": {op: event.Gosched, fn: "Gosched"},

	"time.After":     {op: event.Timer, fn: "TimeAfter", bind: true},
	"time.Tick":      {op: event.Timer, fn: "TimeTick", bind: true},
	"time.NewTimer":  {op: event.Timer, fn: "NewTimer", bind: true},
	"time.NewTicker": {op: event.Timer, fn: "NewTicker", bind: true},
	"time.AfterFunc": {op: event.Go, fn: "AfterFunc", bind: true, runs: 2},

	"time.Now":   {fn: "TimeNow", bare: true},
	"time.Since": {fn: "TimeSince", bare: true},
	"time.Until": {fn: "TimeUntil", bare: true},
}

var timeMethods = map[string]method{
	"(*time.Timer).Stop":   {op: event.StopTimer, fn: "TimerStop", value: "TimerStopFunc"},
	"(*time.Timer).Reset":  {op: event.Timer, fn: "TimerReset", value: "TimerResetFunc"},
	"(*time.Ticker).Stop":  {op: event.StopTimer, fn: "TickerStop", value: "TickerStopFunc"},
	"(*time.Ticker).Reset": {op: event.Timer, fn: "TickerReset", value: "TickerResetFunc"},
}
