package words

import (
	"fmt"
	"strings"
)

// Banner greets in a console.
func Banner(version string) string {
	return "Threading 101 " + version + ": plain Go, and a picture of what ran when. %t101 lists the commands a cell can begin with."
}

// HelpLinks are the entries of a front end's help menu.
func HelpLinks() []map[string]string {
	return []map[string]string{
		{"text": "A Tour of Go: concurrency", "url": "https://go.dev/tour/concurrency/1"},
		{"text": "Package sync", "url": "https://pkg.go.dev/sync"},
		{"text": "The Go memory model", "url": "https://go.dev/ref/mem"},
		{"text": "GoNB, which keeps the cells", "url": "https://github.com/janpfeifer/gonb"},
	}
}

// PictureStays labels the picture of the run before while the cell runs again.
const PictureStays = "the previous run"

// UnknownRequest answers a request the kernel does not know.
func UnknownRequest(kind string) string {
	return fmt.Sprintf("this kernel does not answer %q", kind)
}

// NoCode answers an execute_request without code.
const NoCode = "the request contains no code"

// NoExpressions answers user_expressions.
const NoExpressions = "Go has no values outside a running program, so expressions cannot be evaluated between cells"

// NoInputHere answers %with_inputs where the front end takes no input.
const NoInputHere = "this front end cannot be asked for input, so %with_inputs and %with_password do not work here"

// InputEnded explains why a program met the end of its input.
const InputEnded = "The program reads its standard input, but this front end cannot ask you for input, so it found the input empty.\n"

// NoGonb says that GoNB cannot be had.
func NoGonb(err error) string {
	return fmt.Sprintf("GoNB, which keeps the cells, cannot be reached: %v\nhint: threading101 doctor says what is missing", err)
}

// GoplsNotThere answers who asks what a name means before gopls is built.
const GoplsNotThere = "Completion and help for Go names are not ready yet. The first \"make lab\" builds them in the background, which takes a minute or two; try again then. To see whether something is missing: bin/threading101 doctor."

// ClockSet says from when on %clock holds.
func ClockSet(clock string) string {
	if clock == "free" {
		return "From now on this session uses the free clock: a sleeping goroutine may wake at any moment. %clock virtual changes it back."
	}
	return "From now on this session uses the virtual clock: delays keep their length but take no real time."
}

// NothingToRun answers a %seed or %replay above nothing.
func NothingToRun(word string) string { return "%" + word + " has nothing to run in this cell" }

// NothingToRunHint says where to put it.
const NothingToRunHint = "write it above the code it should run"

// ReplayKnown says which cell of this session a token was shown by.
func ReplayKnown(cell int) string {
	return fmt.Sprintf("cell %d made the token's run; a token belongs to all the code its cell used", cell)
}

// ReplayNoCodeHint follows where a token is given to a program that has nothing to decide.
const ReplayNoCodeHint = "a token belongs to the code it was made for, and that code had goroutines"

// LenientFrom opens a comparison with a token's own run.
const LenientFrom = "The code is not the token's. Compared with the token's own run:"

// OutcomeValueIs is an expression with its value; OutcomeOfRun says which values
// a run had where main ended.
func OutcomeValueIs(expr, value string) string { return expr + " = " + value }

// OutcomeOfRun is said below the picture of a run.
func OutcomeOfRun(values []string) string {
	return "Where main ended: " + strings.Join(values, ", ") + "."
}

// OutcomeNone is said of a run that has no values.
const OutcomeNone = "main did not reach its end, so there are no values to show."

// ExploreNothingHint follows an exploration of nothing: no cell was run yet.
const ExploreNothingHint = "write it above code with a main, or run such a cell first"

// ExploreNoMain answers an exploration of declarations.
func ExploreNoMain(word string) string {
	return fmt.Sprintf("%%%s has nothing to run: this cell only declares, it has no main", word)
}

// ExploreRaced answers an exploration of a program with Go's race detector.
const ExploreRaced = "a program built with Go's race detector runs only under Go's own scheduler"

// ExploreRacedHint says what can be done about it.
const ExploreRacedHint = "%goflags without -race turns it off; %check race-free looks for data races in every schedule it tries"

// ExploreTalks answers an exploration of a program that talks to the notebook.
const ExploreTalks = "this program cannot be explored: it shows things in the notebook while it runs, and would do so thousands of times"

// ExploreTalksHint says what can be done about it.
const ExploreTalksHint = "explore it without its widgets and displays"

// ExploreNotDrawn stands where a drawing could not be made.
const ExploreNotDrawn = "What was found could not be drawn."

// Answers of %diff that has nothing to show.
const (
	DiffNoRuns      = "%diff compares two runs, and there are not two yet"
	DiffNoRunsHint  = "run a cell with goroutines twice, then %diff"
	DiffGoneHint    = "run that cell again with %replay and this token, then %diff"
	DiffOtherScheme = "one was controlled, the other was not: only runs of the same kind can be compared step by step"
)

// DiffUnknown answers a token whose run is not there any more.
func DiffUnknown(token string) string {
	return "the run " + token + " is no longer remembered, and its program is gone, so it cannot be run again"
}

// DiffStrayed answers a token whose run could not be made again.
func DiffStrayed(token string) string {
	return "the run " + token + " is no longer remembered, and running it again gave a different run"
}

// GonbGone and GonbStillborn say why GoNB cannot be reached.
const (
	GonbGone      = "it ended before it answered"
	GonbStillborn = "it ends as soon as it is started"
)
