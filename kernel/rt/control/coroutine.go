package control

import (
	"iter"
	"runtime"

	"threading101/kernel/event"
)

// coroutines holds goroutines as coroutines of package iter: half as dear to
// switch as a baton, and gone when a run is over. All of a run is one thread.
// Workers are kept from run to run.
type coroutines struct {
	next  *G        // who has the turn
	idle  []*worker // coroutines without a goroutine
	all   []*G      // of this run
	ended Result    // how it ended

	made   int // workers
	before int // goroutines that there were before the first run
}

// worker is a coroutine that runs one goroutine after another.
type worker struct {
	g      *G
	resume func() (struct{}, bool)
	yield  func(struct{}) bool
	active bool // it was resumed, and has not yielded since
}

// OwnPanic says whether a panic is the scheduler's.
func OwnPanic(v any) bool {
	switch v.(type) {
	case Unwind, goexit:
		return true
	}
	return false
}

// Result is how a run ended that is one of many.
type Result struct {
	Stop   event.Stop
	panics any // the value of a panic that nobody recovered
	Failed bool
	Exit   bool
	Code   int
}

// Unwind is panicked with by goroutines that are left over at the end of a run:
// their deferred calls must let it pass.
type Unwind struct{}

func (h *coroutines) wait(*G) {}

// switchTo resumes next from within from, where that is one switch. Those who
// wait for somebody they resumed are a chain; one of them is reached by going
// back along it. Each link is made once and gone back once, so a switch is two
// at the most, on the average.
func (h *coroutines) switchTo(from, next *G) {
	for h.next = next; h.next != from; {
		if g := h.next; g != nil && !g.worker.resuming() {
			h.turn(g)
			continue
		}
		from.worker.yield(struct{}{})
		if Active.Dying && h.next != from {
			panic(Unwind{})
		}
	}
}

// resuming says whether a worker is in the chain.
func (w *worker) resuming() bool { return w != nil && w.active }

func (h *coroutines) leave(next *G) { h.next = next }

func (h *coroutines) closed() bool { return true }

// unmanaged: none can come in.
func (h *coroutines) unmanaged(*Scheduler) int { return 0 }

// others: all but the coroutines and those who were there before the first run.
func (h *coroutines) others(*Scheduler) int {
	return runtime.NumGoroutine() - h.made - h.before - int(Tame.Load())
}

func (h *coroutines) stop(c *Scheduler, why event.Stop) {
	h.ended = Result{Stop: why}
	h.over(c)
}

func (h *coroutines) gone(*G) {}

// Fatal ends the run, as Go would end the program.
func (h *coroutines) Fatal(c *Scheduler, text string) {
	c.LookAtEnd()
	h.ended = Result{Failed: true, panics: "fatal error: " + text}
	h.over(c)
}

// Goexit runs the deferred calls: Go's own Goexit would end the coroutine.
func (h *coroutines) Goexit() { panic(goexit{}) }

// goexit is panicked with in place of runtime.Goexit.
type goexit struct{}

// done: main has returned, and cuts the others off.
func (h *coroutines) done(c *Scheduler) {
	c.Dying, h.next = true, nil
}

func (h *coroutines) Exit(c *Scheduler, code int) {
	h.ended = Result{Exit: true, Code: code}
	h.over(c)
}

// over ends the run from within one of its goroutines.
func (h *coroutines) over(c *Scheduler) {
	c.Observer.Concluded(&h.ended) // before what is deferred announces something else
	c.Dying = true
	h.next = nil
	panic(Unwind{})
}

// body keeps what the goroutine is to run. There is no goroutine of Go's for it.
func (h *coroutines) body(g *G, f func()) func() {
	g.fn = f
	h.all = append(h.all, g)
	return nil
}

// drive gives turns until the run is over, and then clears away what is left.
func (h *coroutines) drive(c *Scheduler, main *G) {
	for h.next = main; h.next != nil; {
		h.turn(h.next)
	}
	c.Dying = true
	c.Observer.Concluded(&h.ended)
	for _, g := range h.all {
		if g.worker != nil {
			c.Running = g
			g.worker.resume()
		}
	}
	c.spare = append(c.spare, h.all...)
	clear(h.all)
	h.all = h.all[:0]
}

// turn lets g go on until it switches.
func (h *coroutines) turn(g *G) {
	if g.worker == nil {
		g.worker = h.worker()
		g.worker.g = g
	}
	w := g.worker
	w.active = true
	w.resume()
	w.active = false
}

func (h *coroutines) worker() *worker {
	if n := len(h.idle); n > 0 {
		w := h.idle[n-1]
		h.idle = h.idle[:n-1]
		return w
	}
	w := &worker{}
	h.made++
	w.resume, _ = iter.Pull(func(yield func(struct{}) bool) {
		for w.yield = yield; ; {
			h.run(w)
			if !yield(struct{}{}) {
				return
			}
		}
	})
	return w
}

// run runs one goroutine to its end.
func (h *coroutines) run(w *worker) {
	defer h.finish(w)
	w.g.fn()
}

// finish is deferred: it ends the run if the goroutine panicked.
func (h *coroutines) finish(w *worker) {
	if v := recover(); v != nil {
		if !OwnPanic(v) {
			h.ended = Result{panics: v, Failed: true}
			Active.Dying = true
			h.next = nil
		}
	}
	w.g.worker, w.g = nil, nil
	h.idle = append(h.idle, w)
}
