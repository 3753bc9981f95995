package model

import (
	"math/big"
	"slices"
	"time"
)

// Result is what an exploration found.
type Result struct {
	Level         Level    // how far it got
	Ticks         int      // with [Exhaustive]: all interleavings in which each ticker ticks no more often before the others go on; 0 if there is no such bound
	Preemptions   int      // with [Bounded]: the K up to which all schedules were tried
	Interleavings *big.Int // of all executions, if Complete: how many orders of the visible operations there are; nil if they were not counted
	Endless       bool     // there are endlessly many: a loop that waits may look again any number of times
	Classes       int      // executions that differ in more than the order of independent operations
	Runs          int      // schedules tried, of all levels
	Elapsed       time.Duration
	Clock         string // "virtual" or "free"
	Values        []string
	// Outcomes, those of most interleavings first; of an incomplete search, of most
	// runs.
	Outcomes []Outcome
	Omitted  int     // outcomes that were found and not kept
	Parallel []Class // one execution for each class, the first of them; empty if not Complete
	Races    []FoundRace
	Fault    *Fault   // of the search; nil if none was noticed
	Stopped  string   // why it ended before its budget, in the learner's words: the cell is not repeatable, it was interrupted …; "" if it did not
	Ledger   []string // what in the program itself is not recorded, so that other orders of it were not tried
	Notes    []string // what it could not control or held fixed, in the learner's words

	// Uncontrolled are the packages and functions that the program uses, and that
	// no schedule controls. What they do in another run may be something else.
	Uncontrolled []string

	Called []string // of the functions that are watched, those that were called in some run

	Fixed []string // what is the same in all runs, and might be otherwise: "the random numbers of seed 0"
}

// Untried is all that was not varied: what is not recorded, and what could not be
// controlled or was held fixed.
func (r *Result) Untried() []string { return append(append([]string{}, r.Ledger...), r.Notes...) }

// Complete says whether each interleaving was tried, by itself or by one that
// differs only in the order of independent operations: and that in all that the
// program does, with nothing left out that is not controlled, or held fixed.
func (r *Result) Complete() bool { return r.Level == Exhaustive && len(r.Beyond()) == 0 }

// Beyond is what the search did not try although it tried all schedules: what is
// not recorded, not controlled, or held fixed.
func (r *Result) Beyond() []string { return slices.Concat(r.Ledger, r.Uncontrolled, r.Fixed) }

// Level is how far a search got.
type Level int

// The levels of the ladder, best first.
const (
	Exhaustive Level = iota // all interleavings
	Bounded                 // all with at most so many preemptions
	Sampled                 // some
)

// Outcome is one way in which the program can end.
type Outcome struct {
	Status        Status
	Value         string   // what it printed to its standard output; or, if values were asked for, "total = 3, n = 1"
	Stderr        string   // what it printed to its standard error, never what Go said itself; "" if values were asked for
	Values        []string // the values asked for, in the order of Result.Values; nil if main did not reach its end
	Marks         []string // properties of its runs beyond that: see package property
	Classes       int      // how many classes end so; 0 if the search is not complete
	Interleavings *big.Int // how many interleavings; nil if not counted
	Runs          int      // how many of the runs tried

	// Its shortest run: that with the fewest switches found.
	Token    string
	Switches int
	// Preempted says that in it a goroutine made way that could have gone on: as far as
	// is known the program ends so only by that.
	Preempted bool
	Proven    bool   // none with fewer preemptions exists
	Shows     []Rule // what is asked of calls and is broken in that run for all to see
}

// Class is an execution that stands for all that differ from it only in the
// order of independent operations.
type Class struct {
	Outcome       int      // index in Result.Outcomes
	Interleavings *big.Int // that it stands for; nil if not counted
	Token         string
}

// Fault is a run, made by a seed, that a search should have found, which said that
// it had tried all.
type Fault struct {
	Status Status
	Value  string
	Token  string
}

// FoundRace is a pair of accesses that no rule of the language puts in an order.
type FoundRace struct {
	A, B   Pos    // in the order of the source
	Object string // "" if it has no name
	Token  string // of a run that has it
}
