package words

import (
	"fmt"
	"strings"
	"time"
)

// --- exploring: %explore, %outcome and %check in cells, and on the command line ---

// ExploreBadBudget answers a time to search that is none. where is what it was
// written behind: "%explore" or "-budget".
func ExploreBadBudget(where, arg string, most time.Duration) string {
	return fmt.Sprintf("%s takes the time to search, at most %.0f minutes, not %q", where, most.Minutes(), arg)
}

// ExploreBudgetHint says how a time to search is written.
const ExploreBudgetHint = "2s, 500ms and 1m are times; a number alone is in seconds"

// OutcomeBroken answers a line of expressions that cannot be split.
func OutcomeBroken(word, what string) string {
	return fmt.Sprintf("%%%s: %s is opened and not closed in this line", word, what)
}

// OutcomeNoExpression answers a part of %outcome that is no expression.
func OutcomeNoExpression(part string) string {
	return fmt.Sprintf("%%outcome takes Go expressions, and %q is none", part)
}

// OutcomeHint says how expressions are written.
const OutcomeHint = "blanks separate expressions: write a+b, or (a + b)"

// OutcomeTwice answers an expression that was named before.
func OutcomeTwice(expr string) string { return fmt.Sprintf("%%outcome names %s twice", expr) }

// OutcomeValueIs is an expression with its value; OutcomeOfRun says which values
// a run had where main ended.
func OutcomeValueIs(expr, value string) string { return expr + " = " + value }

// OutcomeOfRun is said below the picture of a run.
func OutcomeOfRun(values []string) string {
	return "Where main ended: " + strings.Join(values, ", ") + "."
}

// OutcomeNone is said of a run that has no values.
const OutcomeNone = "main did not reach its end, so there are no values to show."

// ExploreOrSeed and its like say which word to leave out where an exploration
// and a single run are asked for at once. word is "explore" or "check".
func ExploreOrSeed(word string) string {
	return fmt.Sprintf("%%%s tries all schedules, so no seed chooses one: leave out %%seed", word)
}

// ExploreOrReplay is said of %replay.
func ExploreOrReplay(word string) string {
	return fmt.Sprintf("a token names one schedule, and %%%s tries all: leave out %%replay, or replay the token in a cell of its own", word)
}

// ExploreOrReal is said of %real.
func ExploreOrReal(word string) string {
	return fmt.Sprintf("only schedules that are controlled can be tried one by one: leave out %%real, or %%%s", word)
}

// ExploreOrRace is said of %race.
func ExploreOrRace(word string) string {
	return fmt.Sprintf("%%check race-free looks for data races in every schedule it tries: leave out %%race, or %%%s", word)
}

// ExploreOrDiff is said of %diff.
func ExploreOrDiff(word string) string {
	return fmt.Sprintf("%%diff compares two runs, and %%%s makes thousands: put %%diff into a cell of its own", word)
}

// ExploreWithCommand answers a command of GoNB's that takes the program's run
// out of our hands.
func ExploreWithCommand(word, command string) string {
	return fmt.Sprintf("%%%s cannot go with %%%s", word, command)
}

// ExploreCommandHint says why, and what to do.
func ExploreCommandHint(command string) string {
	switch command {
	case "test":
		return "Go's test runner decides there what runs: call what is to be explored from main, without %test"
	case "wasm":
		return "a program for the browser is not run here: leave out %wasm"
	}
	return "nothing of what explored runs print or read is passed on: leave out %" + command
}

// ExploreNothingHint follows an exploration of nothing: no cell was run yet.
const ExploreNothingHint = "write it above code with a main, or run such a cell first"

// ExploreNoMain answers an exploration of declarations.
func ExploreNoMain(word string) string {
	return fmt.Sprintf("%%%s has nothing to run in this cell: it declares, and has no main", word)
}

// ExploreAlone answers an exploration of a program that starts no goroutine.
func ExploreAlone(uncontrolled []string) string {
	if len(uncontrolled) > 0 {
		return "there is nothing to explore in this program: it starts no goroutine itself, and what happens inside " + List(uncontrolled) + " is not controlled"
	}
	return "there is nothing to explore in this program: it has one goroutine, so its steps have only one order"
}

// ExploreRaced answers an exploration of a program with Go's race detector.
const ExploreRaced = "a program with Go's race detector in it runs under Go's own scheduler only"

// ExploreRacedHint says what can be done about it.
const ExploreRacedHint = "%goflags without -race turns it off; %check race-free looks for data races in every schedule it tries"

// ExploreNotRecorded answers an exploration of a program that could not be
// rewritten, with the builder's reason.
func ExploreNotRecorded(why string) string {
	return "this program cannot be explored, because its steps are not known: the program could only be built as it is (" + why + ")"
}

// ExploreOutside answers an exploration of a program that is mostly not ours to
// control.
func ExploreOutside(packages []string) string {
	return "this program cannot be explored: it spends its time in " + strings.Join(packages, ", ") + ", which no scheduler of ours controls"
}

// ExploreOutsideHint says what can be done about it.
const ExploreOutsideHint = "put a function of your own in the place of what is outside: one that waits, or answers, as that would"

// ExploreTalks answers an exploration of a program that talks to the notebook.
const ExploreTalks = "this program cannot be explored: it shows things in the notebook while it runs, and would do so thousands of times"

// ExploreTalksHint says what can be done about it.
const ExploreTalksHint = "explore it without its widgets and displays"

// ExploreFailed is said where the search itself could not be made.
func ExploreFailed(err error) string { return "the program was not explored: " + err.Error() }

// ExploreNotDrawn stands where a drawing could not be made.
const ExploreNotDrawn = "What was found could not be drawn."

// ExploreProgress is the line that changes while an exploration works. A budget
// of 0 is not known yet.
func ExploreProgress(level string, runs, outcomes int, elapsed, budget time.Duration) string {
	s := "Exploring … "
	if runs > 0 {
		s += Count(runs, "schedule") + " tried · " + Count(outcomes, "outcome") + " so far · "
	}
	s += level
	if budget > 0 {
		s += fmt.Sprintf(" · %.1f s of %s", elapsed.Seconds(), Elapsed(budget))
	}
	return s
}

// What an exploration works on.
const (
	ExploreAll    = "all interleavings"
	ExploreSample = "a sample of the schedules"
)

// ExploreBounded is said where not all can be tried in the time there is.
func ExploreBounded(preemptions int) string {
	if preemptions == 0 {
		return "all schedules without a preemption"
	}
	return "all schedules with at most " + Count(preemptions, "preemption")
}

// CheckFailed says that a property does not hold; why is the explanation of a
// run that shows it, "" if there is none.
func CheckFailed(property, why string) string {
	s := property + " does not hold"
	if why != "" {
		s += ": " + why
	}
	return s
}

// CheckReplay opens the run that shows it.
func CheckReplay(token string) string { return "%replay " + token + " shows this run again" }

// CheckFails say how a property is violated where the end of the run does not.
var CheckFails = map[string]string{
	"race-free":  "there is a data race",
	"joined":     "main ends before a goroutine has",
	"no-overlap": "a call begins while another is under way",
	"order":      "the second can begin before the first has returned",
}

// --- on the command line ---

// ExploreNeedsFile answers a call without a program.
func ExploreNeedsFile(command string) string {
	s := "threading101 " + command + ": which program?\nhint: threading101 " + command
	if command == "check" {
		s += " -property race-free"
	}
	return s + " FILE.go, or a folder that holds package main."
}

// ExploreBadClock answers -clock with a clock that does not exist.
func ExploreBadClock(arg string) string {
	return fmt.Sprintf("-clock is virtual or free, not %q.\nhint: %s", arg, FlagClockHint)
}

// ExploreNoExpression answers an -outcome that is no expression.
func ExploreNoExpression(expr string) string {
	return fmt.Sprintf("-outcome takes a Go expression, and %q is none.\nhint: -outcome total -outcome 'len(log)'", expr)
}

// ExploreReplay says how one of the runs is seen.
func ExploreReplay(file string) string {
	return "To see a run: threading101 run -replay TOKEN " + file
}

// CheckRun heads the run that shows that a property does not hold.
func CheckRun(property string) string {
	return "A run in which " + property + " does not hold:"
}

// RunReplay says how that run is seen again.
func RunReplay(token, file string) string {
	return "The same run again: threading101 run -replay " + token + " " + file
}
