package control

import (
	"syscall"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// Observer is a source that sees more of a run than the moments at which it is asked
// who is next: a search is one. It is told each event, and by a call of its own each
// thing that has no event. Of choices other than who is next a source learns only how
// many alternatives there are; an observer learns what they are.
//
// All calls are made by the goroutine that has the turn. An observer must not
// announce anything, and may end the run only where it says so.
type Observer interface {
	sched.Source

	// Choices. Each returns an index; Choose, of a source, is asked by an observer's
	// run also where only one goroutine can go on. It may abandon the run.

	PickPartner(all []Partner) int           // of those who can take part in a communication
	PickCase(can []int) int                  // of a select's cases that can be chosen, DefaultCase for its default
	PickOwn(n int) int                       // of a goroutine's own alternatives, which were announced
	PickFirst(n int) int                     // of so many that no search tries all: the first
	Passes(g *G, op event.Op, s uint32) bool // an access to memory is no step for others to come between

	// Goroutines and alarms.

	Joins(g *G)                    // the running goroutine has started g, or set an alarm; until its first step it runs within a step of another
	JoinsLater(g *G)               // g, which something else has started, begins
	Alone(g *G)                    // main ends, and nobody is left whom that cuts off
	Counts(g *G)                   // g looks who is still there
	Prevents(g *G)                 // an alarm will not ring
	Rings(g *G)                    // it does
	Computes(s uint32)             // a goroutine computes, in a loop at s; may abandon the run
	PutsAside(s uint32, pure bool) // a goroutine waits for a change, in a loop at s
	Concluded(ended *Result)       // the run is over; may be called twice

	// What is done.

	Noted(g *G, op event.Op, flags uint8, s, ord uint32, ptr unsafe.Pointer, v record.Value) // an event
	Touches(g *G, o *Object, kind event.Touch)                                               // without an event of its own, or before one that a panic may prevent
	MeetsLock(s uint32) bool                                                                 // what is read at s are locks too that others use meanwhile
	LooksInto(g *G, s uint32, p unsafe.Pointer, n uintptr)                                   // g reads so many bytes at p, and the locks that lie there
	Retakes(g *G, o *Object)                                                                 // g takes back a lock that it gave away to wait for a condition
	Peeks(g *G, sel *Selection)                                                              // g's select is decided, whatever it chose
	Wakes(g, w *G)                                                                           // g wakes w, which waits for a condition
	Woken(w *G)                                                                              // w goes on because of that
	Releases(g, w *G)                                                                        // a statement of g lets that of w go on, which waited
	OnceOver(g *G, o *Object)                                                                // g has done what is done once
	Library(g *G)                                                                            // g does something in a library that may concern anybody
	PartOf(g *G, s uint32)                                                                   // a read at s is part of the step that g has begun
	Reads(g *G, s uint32, p unsafe.Pointer, n uintptr)                                       // a library reads so many bytes at p
	Writes(g *G, s uint32, l *Variable, alone bool)                                          // g has written a variable, or is about to: alone in a step, or not, where that step is no decision
	Saw(p unsafe.Pointer, n uintptr, atEnd bool)                                             // so many bytes at p are read for a condition: of all moments, or of the end
	Looked()                                                                                 // the conditions of all moments were looked at
	Span(g *G, op event.Op, n uint32)                                                        // a call of the n-th function that is watched begins or ends
	Values(g *G)                                                                             // the values of expressions are noted, in no step of g
	Returns(g *G)                                                                            // main returns, in a step of its own or as the last

	// Time.

	TimePassed()             // because nobody could go on
	Plans(g *G)              // g begins to wait for a time, has somebody wait for one, or no longer
	Revokes(g *G, o *Object) // g stops a timer, or sets it again
	Drains(o *Object)        // with that, the time in its channel is gone
	Looks(g *G, later int)   // g has looked at the clock, and which of the times it found
	SleptOn(g *G)            // on the virtual clock, g's sleep is over

	// Output.

	Printed(errors bool, text string) // to a standard stream
	PrintsTo(g *G)                    // g writes somewhere: the order of such writes can be seen
	PrintsHeld(s uint32)              // at a moment at which nobody can come before

	// Files.

	StraysTo(s uint32, file string) // what is done at s to that file is not controlled

	// Databases.

	MakesUp(s uint32, what string) // the statement at s has the database make up a value

	// What is held fixed: it would have too many alternatives.

	FixesOrder()  // of the keys of a map
	FixesRandom() // a random number
	DrawsPause()  // a random number that says only how long somebody waits
}

// unobserved is the observer of a run whose source sees no more than a source does.
type unobserved struct{ sched.Source }

func (unobserved) PickPartner([]Partner) int                 { return 0 }
func (unobserved) PickCase([]int) int                        { return 0 }
func (unobserved) PickOwn(int) int                           { return 0 }
func (unobserved) PickFirst(int) int                         { return 0 }
func (unobserved) Passes(*G, event.Op, uint32) bool          { return false }
func (unobserved) Joins(*G)                                  {}
func (unobserved) JoinsLater(*G)                             {}
func (unobserved) Alone(*G)                                  {}
func (unobserved) Counts(*G)                                 {}
func (unobserved) Prevents(*G)                               {}
func (unobserved) Rings(*G)                                  {}
func (unobserved) Computes(uint32)                           {}
func (unobserved) PutsAside(uint32, bool)                    {}
func (unobserved) Concluded(*Result)                         {}
func (unobserved) Touches(*G, *Object, event.Touch)          {}
func (unobserved) MeetsLock(uint32) bool                     { return false }
func (unobserved) Retakes(*G, *Object)                       {}
func (unobserved) Peeks(*G, *Selection)                      {}
func (unobserved) Wakes(_, _ *G)                             {}
func (unobserved) Woken(*G)                                  {}
func (unobserved) Releases(_, _ *G)                          {}
func (unobserved) OnceOver(*G, *Object)                      {}
func (unobserved) Library(*G)                                {}
func (unobserved) PartOf(*G, uint32)                         {}
func (unobserved) Reads(*G, uint32, unsafe.Pointer, uintptr) {}
func (unobserved) Writes(*G, uint32, *Variable, bool)        {}
func (unobserved) Saw(unsafe.Pointer, uintptr, bool)         {}
func (unobserved) Looked()                                   {}
func (unobserved) Span(*G, event.Op, uint32)                 {}
func (unobserved) Values(*G)                                 {}
func (unobserved) Returns(*G)                                {}
func (unobserved) TimePassed()                               {}
func (unobserved) Plans(*G)                                  {}
func (unobserved) Revokes(*G, *Object)                       {}
func (unobserved) Drains(*Object)                            {}
func (unobserved) Looks(*G, int)                             {}
func (unobserved) SleptOn(*G)                                {}
func (unobserved) Printed(bool, string)                      {}
func (unobserved) PrintsTo(*G)                               {}
func (unobserved) PrintsHeld(uint32)                         {}
func (unobserved) StraysTo(uint32, string)                   {}
func (unobserved) MakesUp(uint32, string)                    {}
func (unobserved) FixesOrder()                               {}
func (unobserved) FixesRandom()                              {}
func (unobserved) DrawsPause()                               {}
func (unobserved) LooksInto(*G, uint32, unsafe.Pointer, uintptr) {
}
func (unobserved) Noted(*G, event.Op, uint8, uint32, uint32, unsafe.Pointer, record.Value) {
}

// Searcher is a search: an observer that decides which runs are made.
type Searcher interface {
	Observer
	More() bool // another run is to be made
	Begins()    // it begins, with the goroutine that has the turn as main
	Watch()     // is a goroutine of its own, and ends the process where a run does not come back to the scheduler
}

// newSearcher makes the search that a run's spec asks for. Package seek puts it
// here when it is linked into the program; without it, it is nil.
var newSearcher func(c *Scheduler, spec sched.Spec) Searcher

// RegisterSearch is called by package seek when it is linked into a program.
func RegisterSearch(make func(c *Scheduler, spec sched.Spec) Searcher) { newSearcher = make }

// noSearch is said by a program that is to be searched and was built without.
const noSearch = "threading101: this program was built without a search; build it for exploration\n"

// refuse ends the process: it cannot do what it was started for.
func refuse(why string) {
	syscall.Write(2, []byte(why))
	syscall.Exit(stopStatus)
}
