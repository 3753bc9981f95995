package control

import (
	"syscall"

	"threading101/kernel/sched"
)

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
