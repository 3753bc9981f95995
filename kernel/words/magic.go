package words

import (
	"fmt"
	"time"
)

// One line of help for each word.
const (
	MagicReal    = "run under Go's own scheduler, record the run and draw it"
	MagicRace    = "the same with Go's race detector: two accesses without an order between them are reported and marked"
	MagicProcs   = "how many processors Go may use at once in this cell (GOMAXPROCS), with %real or %race"
	MagicPicture = "stop drawing pictures, or draw them again; holds for the whole session"
	MagicHelp    = "this help"
	MagicSeed    = "run the schedule with that number; without it each run has a new one"
	MagicReplay  = "run exactly the schedule with that token; -lenient before it: also if the code was changed"
	MagicClock   = "what time.Sleep means: delays are kept (virtual), or promise no order (free); alone in a cell: for the whole session"
	MagicStep    = "be the scheduler yourself, step by step"
	MagicDiff    = "two runs side by side, from the step where they part; without tokens: the last two"
	MagicExplore = "try all schedules, as many as the time allows, and count what comes out; alone in a cell: of the program that was run last"
	MagicOutcome = "what counts as the outcome of a run: values when main ends, in place of what is printed"
	MagicPredict = "say what you expect before you see it"
	MagicCheck   = "test over all schedules: deadlock-free race-free leak-free panic-free joined no-overlap F order A<B outcome EXPR==VALUE"
	MagicHint    = "the next hint for this cell"
)

// CheckWhat answers a %check without a property.
const CheckWhat = "%check what? It needs a property that is to hold in every interleaving"

// CheckHint lists those there are. help is as in [WhichProperty].
func CheckHint(help [][2]string) string {
	return "write for example %check race-free. The properties are:\n" + propertyList(help)
}

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

// MagicBadSeed answers %seed with something else than a number it can take.
func MagicBadSeed(arg string) string {
	return fmt.Sprintf("%%seed needs a whole number of at most 20 digits, 1 or more, not %q", arg)
}

// MagicSeedIsToken is the hint where a token was given as a seed.
const MagicSeedIsToken = "this looks like a token: %replay shows its run again"

// MagicSeedTooLarge is the hint for a number that no seed can be.
const MagicSeedTooLarge = "the largest seed is 18446744073709551615"

// MagicSeedAsToken answers %replay with a number.
func MagicSeedAsToken(arg string) string { return "%replay needs a token, not the number " + arg }

// MagicTokenIsSeed is the hint where a seed was given as a token.
const MagicTokenIsSeed = "this looks like a seed: %seed runs it. A token stands under the picture of a run and begins with t2-"

// MagicBadClock answers %clock with a clock that does not exist.
func MagicBadClock(arg string) string {
	return fmt.Sprintf("%%clock is written %%clock virtual or %%clock free, not %q", arg)
}

// MagicClockHint says what the two clocks are.
const MagicClockHint = "virtual: delays keep their meaning and take no time; free: who sleeps may go on at any moment, since Sleep promises no order"

// MagicDiffOne answers %diff with one token.
const MagicDiffOne = "%diff compares two runs: give it two tokens, or none for the last two runs"

// MagicTwice answers a word that can stand only once in a cell.
func MagicTwice(word string) string { return "%" + word + " stands in this cell twice" }

// MagicTwiceHint says what to do about it.
const MagicTwiceHint = "leave one of them out: a run has one"

// MagicClash answers two words that exclude each other.
func MagicClash(a, b string) string { return fmt.Sprintf("%%%s and %%%s exclude each other", a, b) }

// Why two words exclude each other, and what to do.
const (
	MagicSeedOrReplay  = "the token holds its own seed: leave out %seed"
	MagicReplayOrClock = "the token holds its own clock: leave out %clock"
	MagicRealIsFree    = "%real and %race let Go decide, which takes no seed, token or clock: leave one of the two out"
	MagicProcsIsReal   = "in a controlled run one goroutine moves at a time, on however many processors. To let Go run several at once, add %real"
)

// MagicProcsAlone answers %procs in a controlled run.
const MagicProcsAlone = "%procs says how many processors Go may use, and here it is not Go that decides who runs"

// MagicHelpTitle and MagicHelpNotes frame the help.
const MagicHelpTitle = "Threading 101: words for the first lines of a cell"

// MagicHelpNotes follow the list of words.
var MagicHelpNotes = []string{
	"Without %real and %race a run is controlled: the kernel decides who goes on, by a new seed at each run. The token under the picture gives that run again, to anyone with the same code.",
	"Each word stands on a line of its own. As a Go comment it works too: //t101:race is the same as %race.",
	"What follows a line %% is the body of main. Declarations outside it are remembered for later cells.",
	"%t101 controlled says what “all”, “holds” and “controlled” mean, and where they can be wrong.",
	"GoNB's own commands (%list, %rm, %reset, %args, %test, !shell …) work as well: %help lists them.",
}

// MagicBadHelp says that there is no such page of help.
func MagicBadHelp(page string) string {
	return fmt.Sprintf("%%t101 has no page %q, only: controlled", page)
}

// MagicSeeHelp is the hint where nothing better is known.
const MagicSeeHelp = "%t101 lists the words"

// MagicError puts an error of a word at its line.
func MagicError(line int, message, hint string) string {
	if hint != "" {
		hint = " (" + hint + ")"
	}
	return fmt.Sprintf("line %d: %s%s", line, message, hint)
}

// MagicUnknown answers a word that nobody knows.
func MagicUnknown(word string) string { return word + " is not a known word" }

// MagicDidYouMean suggests the nearest word.
func MagicDidYouMean(word string) string { return "did you mean " + word + "?" }

// MagicNotYet answers a word of a later version.
func MagicNotYet(name, does string) string {
	return fmt.Sprintf("%%%s is not in this version yet; later it will mean: %s", name, does)
}

// MagicUsage answers a word with too many or too few arguments.
func MagicUsage(name, usage string) string {
	if usage == "" {
		return fmt.Sprintf("%%%s stands alone on its line", name)
	}
	return fmt.Sprintf("%%%s is written %%%s %s", name, name, usage)
}

// MagicNoWord answers a //t101: without a word.
func MagicNoWord(sign string) string { return "after " + sign + " a word is missing" }

// MagicBadProcs answers %procs with something else than a count.
func MagicBadProcs(arg string, most int) string {
	return fmt.Sprintf("%%procs needs a whole number from 1 to %d, not %q", most, arg)
}

// MagicBadPicture answers %picture with something else than off or on.
func MagicBadPicture(arg string) string {
	return fmt.Sprintf("%%picture is written %%picture off or %%picture on, not %q", arg)
}

// MagicFirstLine answers a cell word that is not on the first line.
func MagicFirstLine(word string) string { return word + " must be the first line of its cell" }

// MagicScript answers %%script without a program.
const MagicScript = "%%script is written %%script PROGRAM, for example %%script python3"
