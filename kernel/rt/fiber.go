package rt

import (
	"unsafe"

	"threading101/kernel/rt/record"
)

// g is one goroutine, as a scheduler knows it.
type g struct {
	record.G

	turn chan struct{} // where it waits, with a baton
	goid int64         // its number in Go's own lists

	epoch   uint64  // of the clock, when it announced that
	pend    pending // the operation it announced
	at      int     // in control.ready; -1 if not in it
	rounds  []round // of the loops it is in, the innermost last
	acts    uint64  // how often it changed something
	queued  int     // its place among those who announced something about the same
	tired   bool    // it repeats itself
	held    bool    // it waits for time, and goes on when nobody else can
	pure    bool    // and each round leaves nothing behind
	foreign bool    // a library started it: between operations it goes on as it likes
	woken   bool    // of a condition it waits for
	bumps   bool    // adds to an atomic, and does not look at the sum
	pauses  bool    // draws a number that says only how long somebody waits
	glanced uint32  // the site of a read noted in the step under way, before it is made
	over    bool    // it has ended
	moved   bool    // it has made a step
	prints  uint32  // the site where it announced that a library is about to print; 0: nowhere
	says    string  // what that is for a picture; "": what is printed
	place   int     // in the history of a search
	seat    int     // in control.all
	waker   int32   // the step that woke it, there
	passed  uint32  // the site of what it did last that is not counted
	exiting bool    // called Goexit
	away    bool    // it waits in code that is not controlled
	creator uint64

	begun     bool // its start is recorded, which is done with its first operation
	startSite uint32
	first     record.Value // its first argument

	selections []*selection // selects that are not decided
	chosen     *selection   // the one whose case comes next

	fn     func()  // of a coroutine: what it runs
	worker *worker // and where

	fire  func() // of an alarm, which is no goroutine: what it does
	alarm *alarm
}

// newFiber returns a goroutine that waits for its turn by its channel.
func newFiber(id uint32) *g {
	g := &g{G: record.G{Controlled: true}, turn: make(chan struct{}, 1), at: -1}
	g.Stamp(id)
	return g
}

// of is what the scheduler of a controlled run knows of a goroutine; nil if it
// knows nothing.
func of(r *record.G) *g {
	if r == nil || !r.Controlled {
		return nil
	}
	return (*g)(unsafe.Pointer(r))
}

// replace makes the running goroutine, which was recorded only, one that is
// controlled.
func replace(r *record.G) *g {
	g := newFiber(r.ID)
	g.goid = goid()
	record.Lock()
	record.Delist(r)
	record.Adopt(&g.G)
	record.Enlist(&g.G)
	record.Unlock()
	return g
}

// newG returns a g, perhaps one of an earlier run, made new.
func (c *control) newG(id uint32) *g {
	n := len(c.spare)
	if n == 0 {
		return newFiber(id)
	}
	old := c.spare[n-1]
	c.spare = c.spare[:n-1]
	*old = g{G: record.G{Controlled: true}, at: -1, rounds: old.rounds[:0]}
	old.Stamp(id)
	return old
}
