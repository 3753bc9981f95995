package words

import (
	"fmt"
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
