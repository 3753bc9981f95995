package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// observer is a source that sees more of a run than the moments at which it is
// asked who is next: a search is one. It is told what is done, by a call for each
// kind of thing that is no event of its own, and it is asked for the choices of
// which a source learns only how many alternatives they have.
//
// All calls are made by the goroutine that has the turn. An observer must not
// announce anything, and may end the run only where it says so.
type observer interface {
	sched.Source

	// Choices. Each returns an index; Choose, of a source, is asked by an observer's
	// run also where only one goroutine can go on. It may abandon the run.

	pickPartner(all []partner) int           // of those who can take part in a communication
	pickCase(can []int) int                  // of a select's cases that can be chosen, elseCase for its default
	pickOwn(n int) int                       // of a goroutine's own alternatives, which were announced
	pickFirst(n int) int                     // of so many that no search tries all: the first
	passes(g *g, op event.Op, s uint32) bool // an access to memory is no step for others to come between

	// Goroutines and alarms.

	joins(g *g)                    // the running goroutine has started g, or set an alarm
	joinsLater(g *g)               // g, which something else has started, begins
	alone(g *g)                    // main ends, and nobody is left whom that cuts off
	counts(g *g)                   // g looks who is still there
	prevents(g *g)                 // an alarm will not ring
	rings(g *g)                    // it does
	computes(s uint32)             // a goroutine computes, in a loop at s; may abandon the run
	putsAside(s uint32, pure bool) // a goroutine waits for a change, in a loop at s
	concluded(ended *result)       // the run is over; may be called twice

	// What is done.

	noted(g *g, op event.Op, flags uint8, s, ord uint32, ptr unsafe.Pointer, v record.Value) // an event
	touches(g *g, o *object, kind event.Touch)                                               // without an event of its own, or before one that a panic may prevent
	retakes(g *g, o *object)                                                                 // g takes back a lock that it gave away to wait for a condition
	peeks(g *g, sel *selection)                                                              // g's select is decided, whatever it chose
	wakes(g, w *g)                                                                           // g wakes w, which waits for a condition
	woken(w *g)                                                                              // w goes on because of that
	onceOver(g *g, o *object)                                                                // g has done what is done once
	library(g *g)                                                                            // g does something of which only a library knows whom it concerns
	partOf(g *g, s uint32)                                                                   // a read at s is part of the step that g has begun
	reads(g *g, s uint32, p unsafe.Pointer, n uintptr)                                       // a library reads so many bytes at p
	span(g *g, op event.Op, n uint32)                                                        // a call of the n-th function that is watched begins or ends

	// Time.

	timePassed()             // because nobody could go on
	plans(g *g)              // g begins to wait for a time, has somebody wait for one, or no longer
	revokes(g *g, o *object) // g stops a timer, or sets it again
	drains(o *object)        // with that, the time in its channel is gone
	looks(g *g, later int)   // g has looked at the clock, and which of the times it found
	sleptOn(g *g)            // on the virtual clock, g's sleep is over

	// Output.

	printed(errors bool, text string) // to a standard stream
	printsTo(g *g)                    // g writes to something, of which the first comes first
	printsHeld(s uint32)              // at a moment at which nobody can come before

	// What is held fixed: it would have too many alternatives.

	fixesOrder()  // of the keys of a map
	fixesRandom() // a random number
	drawsPause()  // a random number that says only how long somebody waits
}

// unobserved is the observer of a run whose source sees no more than a source does.
type unobserved struct{ sched.Source }

func (unobserved) pickPartner([]partner) int                 { return 0 }
func (unobserved) pickCase([]int) int                        { return 0 }
func (unobserved) pickOwn(int) int                           { return 0 }
func (unobserved) pickFirst(int) int                         { return 0 }
func (unobserved) passes(*g, event.Op, uint32) bool          { return false }
func (unobserved) joins(*g)                                  {}
func (unobserved) joinsLater(*g)                             {}
func (unobserved) alone(*g)                                  {}
func (unobserved) counts(*g)                                 {}
func (unobserved) prevents(*g)                               {}
func (unobserved) rings(*g)                                  {}
func (unobserved) computes(uint32)                           {}
func (unobserved) putsAside(uint32, bool)                    {}
func (unobserved) concluded(*result)                         {}
func (unobserved) touches(*g, *object, event.Touch)          {}
func (unobserved) retakes(*g, *object)                       {}
func (unobserved) peeks(*g, *selection)                      {}
func (unobserved) wakes(_, _ *g)                             {}
func (unobserved) woken(*g)                                  {}
func (unobserved) onceOver(*g, *object)                      {}
func (unobserved) library(*g)                                {}
func (unobserved) partOf(*g, uint32)                         {}
func (unobserved) reads(*g, uint32, unsafe.Pointer, uintptr) {}
func (unobserved) span(*g, event.Op, uint32)                 {}
func (unobserved) timePassed()                               {}
func (unobserved) plans(*g)                                  {}
func (unobserved) revokes(*g, *object)                       {}
func (unobserved) drains(*object)                            {}
func (unobserved) looks(*g, int)                             {}
func (unobserved) sleptOn(*g)                                {}
func (unobserved) printed(bool, string)                      {}
func (unobserved) printsTo(*g)                               {}
func (unobserved) printsHeld(uint32)                         {}
func (unobserved) fixesOrder()                               {}
func (unobserved) fixesRandom()                              {}
func (unobserved) drawsPause()                               {}
func (unobserved) noted(*g, event.Op, uint8, uint32, uint32, unsafe.Pointer, record.Value) {
}
