package run

import (
	"bytes"
	"errors"
	"os"
	"sync"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/share"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

const raceMode = model.RaceDetector

var errNoInput = errors.New("no input")

// How often the program is looked at from outside. One that ends in the first
// few milliseconds, as most do, is never looked at.
const (
	sizeEvery  = 10 * time.Millisecond  // its memory, when that could soon be too much
	sizeSeldom = 100 * time.Millisecond // and when it could not
	growth     = 2 << 30                // bytes a program can come to use in a second
	askEvery   = 20 * time.Millisecond  // whether it waits for input, at first
	askSeldom  = 50 * time.Millisecond  // and when it has not for a while
	stuckEvery = 100 * time.Millisecond
	stuckFor   = 400 * time.Millisecond // nothing moves for so long before it is called stuck
)

// timesNice is how often a program is made nice: a thread that just begins is missed.
const timesNice = 2

// defaultMemory is a kernel's share of what there is.
var defaultMemory = sync.OnceValue(func() int64 { return share.Read().Bytes })

// watch looks at the program while it runs: its memory, its time, whether it
// waits for input, and whether nothing in it can ever move again.
func (r *Run) watch() {
	w := &watchdog{Run: r, begun: time.Now(), askEvery: askEvery}
	w.askNext, w.stuckNext = w.begun.Add(askEvery), w.begun.Add(stuckEvery)
	w.limits = r.spec.Limits
	if w.limits.MemoryBytes == 0 {
		w.limits.MemoryBytes = defaultMemory()
	}
	timer := time.NewTimer(sizeEvery)
	defer timer.Stop()
	defer func() { w.meter.close() }()
	for {
		select {
		case <-r.ended:
			return
		case now := <-timer.C:
			timer.Reset(w.look(now))
		}
	}
}

// watchdog is what watch knows between two looks.
type watchdog struct {
	*Run
	limits Limits
	meter  *meter
	begun  time.Time

	sizeNext  time.Time
	askNext   time.Time
	askEvery  time.Duration // growing
	stuckNext time.Time

	still   string // what the threads did when last looked at
	since   time.Time
	settled bool // it was found stuck, or can never be called so

	nice int // how often it was made nice
}

// look looks at what is due and returns when to look again.
func (w *watchdog) look(now time.Time) time.Duration {
	if now.After(w.sizeNext) {
		w.sizeNext = now.Add(w.lookSize())
	}
	if w.nice < timesNice && w.proc.giveWay() {
		w.nice++
	}
	if most := w.limits.Wall; most > 0 && now.Sub(w.begun) > most {
		w.end(words.TimeLimit(most.String()))
	}
	if now.After(w.askNext) {
		w.askNext = now.Add(w.askEvery)
		w.askEvery = min(w.askEvery+time.Millisecond, askSeldom)
		w.lookInput()
	}
	if w.ring != nil && !w.settled && !w.controlled() && now.After(w.stuckNext) {
		w.stuckNext = now.Add(stuckEvery)
		w.lookStuck(now)
	}
	return w.wait(time.Now())
}

// wait returns the time until something is due.
func (w *watchdog) wait(now time.Time) time.Duration {
	next := w.sizeNext
	for _, t := range []time.Time{w.askNext, w.stuckNext} {
		if t.Before(next) && t.After(now) {
			next = t
		}
	}
	wait := next.Sub(now)
	if most := w.limits.Wall; most > 0 {
		wait = min(wait, w.begun.Add(most).Sub(now))
	}
	return max(wait, time.Millisecond)
}

// lookSize ends a program that uses too much memory. It returns for how long
// it cannot become too much.
func (w *watchdog) lookSize() time.Duration {
	if w.meter == nil {
		w.meter = newMeter(w.proc.pid)
	}
	most := w.limits.MemoryBytes
	if most < 0 {
		return sizeSeldom
	}
	left := most - w.meter.resident()
	if left < 0 {
		w.end(words.MemoryLimit(most))
	}
	safe := time.Duration(float64(left) / growth * float64(time.Second))
	return min(max(safe, sizeEvery), sizeSeldom)
}

// lookInput has somebody asked when the program waits for input.
func (w *watchdog) lookInput() {
	if !w.stdin.idle() {
		return
	}
	waits, known := waitsForInput(w.proc.pid, w.stdin.fd)
	if waits || !known && w.spec.MentionsStdin {
		w.ask()
	}
}

// lookStuck finds the deadlocks that Go's own check does not: with the race
// detector, with cgo, with a signal handler or a network connection. Every
// thread has slept in a futex for a while, nothing was recorded meanwhile, and
// every recorded goroutine has ended or waits for another. A scheduler of ours
// finds its own, and knows better.
func (w *watchdog) lookStuck(now time.Time) {
	still := asleep(w.proc.pid)
	if still == "" {
		w.still = ""
		return
	}
	still += string(w.ring[event.OffCount : event.OffCount+8])
	if still != w.still {
		w.still, w.since = still, now
		return
	}
	if now.Sub(w.since) < stuckFor {
		return
	}
	if handlesSignals(w.spec.Path) {
		w.settled = true
		return
	}
	if x, err := w.read(trace.Options{Status: model.Deadlock}); err != nil || !allWait(x) {
		w.since = now.Add(time.Second)
		return
	}
	w.settled = true
	w.endStuck()
}

// handlesSignals says whether the binary contains the goroutine that waits for
// signals. Such a program can be woken from outside at any time.
func handlesSignals(path string) bool {
	b, err := os.ReadFile(path)
	return err != nil || bytes.Contains(b, []byte("os/signal.loop"))
}

// allWait says whether no goroutine of a recording can move: each has ended or
// waits for another.
func allWait(x *model.Execution) bool {
	if x == nil || len(x.Goroutines) == 0 {
		return false
	}
	last := make([]event.Op, len(x.Goroutines))
	for _, e := range x.Events {
		last[e.G] = e.Op
	}
	for _, op := range last {
		waits := event.Table[op].Wait != event.None && op != event.Sleep
		if !waits && op != event.End && op != event.Goexit && op != event.Never {
			return false
		}
	}
	return true
}

// endStuck ends a program that is stuck, by the signal at which Go's runtime
// says where every goroutine stands.
func (r *Run) endStuck() {
	r.mu.Lock()
	r.stuck = true
	r.mu.Unlock()
	r.proc.quit()
	r.killAfter(2 * grace)
}
