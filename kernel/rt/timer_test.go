package rt

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/internal/rttest"
)

// What is told here of timers is told of Go's own, of ours in a program that is
// not recorded, in one that is, and under a scheduler. It must be the same, word
// for word.

var sTimer = site(event.Timer, "t.C", event.KindNone)

func init() {
	programs["timers-go"] = func() { timerStories(goTimers) }
	programs["timers"] = func() { timerStories(ourTimers) }
}

func TestTimers(t *testing.T) {
	want := rttest.RunPlain(t, "timers-go")
	if n := strings.Count(want.Stdout, "\n"); want.Exit != 0 || n < 20 {
		t.Fatalf("exit %d after %d lines\n%s%s", want.Exit, n, want.Stdout, want.Stderr)
	}
	check := func(name string, got rttest.Result) {
		t.Helper()
		if got.Exit != 0 || got.Stdout != want.Stdout {
			t.Errorf("%s: exit %d\ngot\n%swant\n%s%s", name, got.Exit, got.Stdout, want.Stdout, got.Stderr)
		}
	}
	check("not recorded", rttest.RunPlain(t, "timers"))
	check("recorded", rttest.Run(t, "timers"))
	for seed := range 10 {
		spec := fmt.Sprintf("T101_CONTROL=seed=%d clock=virtual", seed)
		check(spec, rttest.Run(t, "timers", spec))
	}
}

type timerAPI struct {
	after       func(time.Duration) <-chan time.Time
	tick        func(time.Duration) <-chan time.Time
	newTimer    func(time.Duration) *time.Timer
	newTicker   func(time.Duration) *time.Ticker
	afterFunc   func(time.Duration, func()) *time.Timer
	stop        func(*time.Timer) bool
	reset       func(*time.Timer, time.Duration) bool
	stopTicker  func(*time.Ticker)
	resetTicker func(*time.Ticker, time.Duration)
	now         func() time.Time
	sleep       func(time.Duration)
	wait        func(<-chan time.Time) time.Time
	send        func(chan time.Time)
}

var goTimers = timerAPI{
	time.After, time.Tick, time.NewTimer, time.NewTicker, time.AfterFunc, (*time.Timer).Stop, (*time.Timer).Reset,
	(*time.Ticker).Stop, (*time.Ticker).Reset, time.Now, time.Sleep,
	func(c <-chan time.Time) time.Time { return <-c }, func(c chan time.Time) { c <- time.Time{} },
}

var ourTimers = timerAPI{
	Bind1R1(sTimer, TimeAfter), Bind1R1(sTimer, TimeTick), Bind1R1(sTimer, NewTimer), Bind1R1(sTimer, NewTicker), Bind2R1(sTimer, AfterFunc),
	func(t *time.Timer) bool { return TimerStopFunc(sTimer, t)() },
	func(t *time.Timer, d time.Duration) bool { return TimerResetFunc(sTimer, t)(d) },
	func(t *time.Ticker) { TickerStopFunc(sTimer, t)() },
	func(t *time.Ticker, d time.Duration) { TickerResetFunc(sTimer, t)(d) },
	TimeNow, Bind1R0(sTimer, Sleep),
	func(c <-chan time.Time) time.Time { return R(c).Recv(sTimer) }, func(c chan time.Time) { S(c).Send(sTimer, time.Time{}) },
}

const ms = time.Millisecond

func timerStories(a timerAPI) {
	defer MainFrom(1, 1)()
	start := a.now()
	past := func(d time.Duration, at time.Time) bool { return at.Sub(start) >= d }

	fmt.Println("after", past(5*ms, a.wait(a.after(5*ms))), past(5*ms, a.now()))
	fmt.Println("at once", past(0, a.wait(a.after(0))), past(0, a.wait(a.after(-1))))

	t := a.newTimer(time.Hour)
	fmt.Println("stop", a.stop(t), a.stop(t), a.reset(t, 3*ms), a.reset(t, 4*ms))
	fmt.Println("fired", past(4*ms, a.wait(t.C)), a.stop(t), a.reset(t, ms))
	a.sleep(20 * ms)
	fmt.Println("fired, not noticed", a.stop(t), empty(t.C), a.stop(t), a.reset(t, ms))
	a.sleep(20 * ms)
	fmt.Println("reset when fired", a.reset(t, time.Hour), empty(t.C), a.stop(t))

	ticker := a.newTicker(2 * ms)
	var last time.Time
	for range 3 {
		at := a.wait(ticker.C)
		fmt.Println("tick", at.Sub(last) > 0)
		last = at
	}
	a.sleep(30 * ms)
	a.stopTicker(ticker)
	fmt.Println("stopped", empty(ticker.C))
	a.resetTicker(ticker, 3*ms)
	fmt.Println("again", past(3*ms, a.wait(ticker.C)))
	a.sleep(30 * ms)
	a.resetTicker(ticker, time.Hour)
	fmt.Println("reset", empty(ticker.C))
	a.stopTicker(ticker)
	fmt.Println("tick", past(0, a.wait(a.tick(ms))), a.tick(0) == nil)

	done := make(chan time.Time)
	f := a.afterFunc(ms, func() { a.send(done) })
	a.wait(done)
	fmt.Println("function", f.C == nil, a.stop(f), a.reset(f, ms))
	a.wait(done)
	fmt.Println("once more", a.stop(f), a.reset(f, time.Hour), a.reset(f, time.Hour), a.stop(f), a.stop(f))
	timerPanics(a)
}

// empty says whether there is nothing to receive now.
func empty(c <-chan time.Time) bool {
	select {
	case <-c:
		return false
	default:
		return true
	}
}

func timerPanics(a timerAPI) {
	for _, f := range []func(){
		func() { a.newTicker(0) }, func() { a.stop(new(time.Timer)) }, func() { a.reset(new(time.Timer), 1) },
		func() { a.resetTicker(new(time.Ticker), -1) }, func() { a.resetTicker(new(time.Ticker), 1) }, func() { a.stopTicker(new(time.Ticker)) },
		func() { a.stop(nil) }, func() { a.afterFunc(time.Hour, nil) },
	} {
		func() {
			defer func() { fmt.Println(recover()) }()
			f()
		}()
	}
}

// Go's own Stop and Reset, called by code that is not ours, find a timer that Go
// knows, and nothing to stop.
func TestTimersInOtherHands(t *testing.T) {
	r := rttest.Run(t, "timers-elsewhere", "T101_CONTROL=seed=1 clock=virtual")
	if want := "false false\n1m0s\ntrue\n"; r.Exit != 0 || r.Stdout != want {
		t.Errorf("exit %d\n%s%s", r.Exit, r.Stdout, r.Stderr)
	}
}

func init() {
	programs["timers-elsewhere"] = func() {
		defer MainFrom(1, 1)()
		a, tick := NewTimer(sTimer, time.Minute), NewTicker(sTimer, time.Hour)
		fmt.Println(a.Stop(), a.Reset(time.Hour))
		fmt.Println(R(a.C).Recv(sTimer).Sub(control.Began).Round(time.Second))
		tick.Stop()
		tick.Reset(time.Hour)
		fmt.Println(R(tick.C).Recv(sTimer).After(control.Began))
	}
}
