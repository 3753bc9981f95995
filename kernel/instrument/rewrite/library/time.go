package library

import "threading101/kernel/event"

// Sleeping, stepping aside, timers and the clock.
var timeFunctions = map[string]Function{
	"time.Sleep":      {op: event.Sleep, Fn: "Sleep", bind: true},
	"runtime.Gosched": {op: event.Gosched, Fn: "Gosched"},

	"time.After":     {op: event.Timer, Fn: "TimeAfter", bind: true},
	"time.Tick":      {op: event.Timer, Fn: "TimeTick", bind: true},
	"time.NewTimer":  {op: event.Timer, Fn: "NewTimer", bind: true},
	"time.NewTicker": {op: event.Timer, Fn: "NewTicker", bind: true},
	"time.AfterFunc": {op: event.Go, Fn: "AfterFunc", bind: true, runs: 2},

	"time.Now":   {Fn: "TimeNow", Bare: true},
	"time.Since": {Fn: "TimeSince", Bare: true},
	"time.Until": {Fn: "TimeUntil", Bare: true},
}

var timeMethods = map[string]method{
	"(*time.Timer).Stop":   {op: event.StopTimer, Fn: "TimerStop", value: "TimerStopFunc"},
	"(*time.Timer).Reset":  {op: event.Timer, Fn: "TimerReset", value: "TimerResetFunc"},
	"(*time.Ticker).Stop":  {op: event.StopTimer, Fn: "TickerStop", value: "TickerStopFunc"},
	"(*time.Ticker).Reset": {op: event.Timer, Fn: "TickerReset", value: "TickerResetFunc"},
}
