package words

import (
	"fmt"
	"strings"
	"time"
)

// One line of help for each word.
const (
	MagicReal    = "run under Go's own scheduler, record the run and draw it; with -procs 1,2,4 or -repeat N: measure how much faster more processors make it"
	MagicRace    = "the same with Go's race detector: data races are reported and marked"
	MagicProcs   = "how many processors Go may use at once in this cell (GOMAXPROCS), with %real or %race"
	MagicPicture = "turn the pictures off or on, for the whole session; plain: show runs without explanations, those of this cell, or alone in a cell those of the session"
	MagicWhy     = "show the last run again with the explanations that a plain picture withheld"
	MagicHelp    = "this help"
	MagicSeed    = "run with this seed; without it every run has a new one"
	MagicReplay  = "run exactly the run of this token; with -lenient before it, even if the code has changed; with -quiz behind it, values are hidden and asked for"
	MagicClock   = "how time.Sleep behaves: virtual keeps delays but takes no real time; free may wake a sleeper at any moment; alone in a cell: for the whole session"
	MagicStep    = "be the scheduler yourself, step by step"
	MagicDiff    = "show two runs side by side, from the step where they differ; without tokens, the last two"
	MagicExplore = "try all interleavings, or as many as the time allows, and list every outcome; alone in a cell: for the program that ran last"
	MagicOutcome = "tell outcomes apart by these values when main ends, instead of by what is printed"
	MagicFreeze  = "stop the program where this cell ends: the goroutines do not go on until the next cell"
	MagicEnd     = "main returns: the program of the cells so far ends, and what still runs is cut off"
	MagicNew     = "forget the program of the cells so far: the next cell begins another"
	MagicProgram = "show the program of the cells so far as one Go file"
	MagicRemove  = "take this cell out of the program; with a name instead of a number: forget a declaration"
	MagicPredict = "say what you expect before the cell runs; what you said is shown beside what it was (-number, -step, -order, -answer X: other kinds of questions)"
	MagicHint    = "the next of three hints: where to look, what is missing, what to write; on a lesson's cell, a failed %check, or what the compiler said"
)

// MagicCheck lists the properties, as they are written.
func MagicCheck(usages []string) string {
	return "test over all schedules: " + strings.Join(usages, " ") + "; -schedules 2000 for a number of schedules instead of a time; for graders: -points race-free:1 …, -unproven pass|fail|half"
}

// CheckWhat answers a %check without a property.
const CheckWhat = "%check what? Name a property that should hold in every interleaving"

// CheckBadUnproven answers %check -unproven with something else than those.
func CheckBadUnproven(text string) string {
	return fmt.Sprintf("%%check -unproven is pass, fail or half, not %q: what a property is worth if it did not fail and not everything could be tried", text)
}

// CheckBadSchedules answers a number of schedules that is none. where is what it was
// written behind: "%check -schedules" or "-schedules".
func CheckBadSchedules(where, text string, most int) string {
	return fmt.Sprintf("%s needs a whole number from 1 to %s, not %q: so many schedules are tried at most", where, Number(most), text)
}

// CheckNoPoints answers %check -points where a property has none.
func CheckNoPoints(property string) string {
	return fmt.Sprintf("%%check -points: how many points is %s worth? Write them after each property, as in race-free:1", Plain(property, 60))
}

// What does not go together in %check.
const (
	CheckHalfOfWhat      = "%check -unproven half needs points: half of what? Write %check -points race-free:2 -unproven half"
	CheckTimeOrSchedules = "%explore gives the search a time and %check -schedules a number of schedules: choose one"
)

// CheckPoints says how many of the points a check has given.
func CheckPoints(earned, all string) string { return earned + " of " + all + " points" }

// CheckUnproven says that a property did not fail and is not proven.
func CheckUnproven(property string) string {
	return property + " is not proven: it did not fail, but not all interleavings were tried"
}

// CheckUnprovenHint says what helps then.
const CheckUnprovenHint = "fewer goroutines, fewer rounds, or more -schedules"

// CheckHint lists those there are. help is as in [WhichProperty].
func CheckHint(help [][2]string) string {
	return "for example %check race-free. " + Properties(help)
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
	return fmt.Sprintf("%%%s: %s is opened but not closed on this line", word, what)
}

// OutcomeNoExpression answers a part of %outcome that is no expression.
func OutcomeNoExpression(part string) string {
	return fmt.Sprintf("%%outcome takes Go expressions, and %q is not one", part)
}

// OutcomeHint says how expressions are written.
const OutcomeHint = "spaces separate expressions: write a+b, or (a + b)"

// OutcomeTwice answers an expression that was named before.
func OutcomeTwice(expr string) string { return fmt.Sprintf("%%outcome names %s twice", expr) }

// ExploreOrSeed and its like say which word to leave out where an exploration
// and a single run are asked for at once. word is "explore" or "check".
func ExploreOrSeed(word string) string {
	return fmt.Sprintf("%%%s tries all schedules, so a seed has nothing to choose: leave out %%seed", word)
}

// ExploreOrReplay is said of %replay.
func ExploreOrReplay(word string) string {
	return fmt.Sprintf("a token names one schedule, and %%%s tries all: leave out %%replay, or replay the token in a cell of its own", word)
}

// ExploreOrReal is said of %real.
func ExploreOrReal(word string) string {
	return fmt.Sprintf("only controlled runs can be tried one by one: leave out %%real, or %%%s", word)
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
	return fmt.Sprintf("%%%s cannot be combined with %%%s", word, command)
}

// ExploreCommandHint says why, and what to do.
func ExploreCommandHint(command string) string {
	switch command {
	case "test":
		return "with %test Go's test runner decides what runs: call what you want to explore from main, without %test"
	case "wasm":
		return "a program for the browser is not run here: leave out %wasm"
	}
	return "explored runs show no output and ask for no input: leave out %" + command
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
const MagicTokenIsSeed = "this looks like a seed: %seed runs it. A token is under the picture of a run and begins with t2-"

// MagicBadClock answers %clock with a clock that does not exist.
func MagicBadClock(arg string) string {
	return fmt.Sprintf("%%clock is written %%clock virtual or %%clock free, not %q", arg)
}

// MagicDiffOne answers %diff with one token.
const MagicDiffOne = "%diff compares two runs: give it two tokens, or none for the last two runs"

// MagicTwice answers a word that can stand only once in a cell.
func MagicTwice(word string) string { return "%" + word + " is in this cell twice" }

// MagicTwiceHint says what to do about it.
const MagicTwiceHint = "leave one of them out: a run has only one"

// MagicClash answers two words that exclude each other.
func MagicClash(a, b string) string { return fmt.Sprintf("%%%s and %%%s exclude each other", a, b) }

// Why two words exclude each other, and what to do.
const (
	MagicSeedOrReplay  = "the token already has a seed: leave out %seed"
	MagicReplayOrClock = "the token already has a clock: leave out %clock"
	MagicRealIsFree    = "with %real and %race Go decides, and Go takes no seed, token or clock: leave one of the two out"
	MagicProcsIsReal   = "in a controlled run only one goroutine runs at a time, however many processors there are. To let Go run several at once, add %real"
)

// MagicProcsAlone answers %procs in a controlled run.
const MagicProcsAlone = "%procs says how many processors Go may use, but here Go does not decide who runs"

// MagicHelpTitle and MagicHelpNotes frame the help.
const MagicHelpTitle = "Threading 101: commands for the first lines of a cell"

// MagicHelpNotes follow the list of words.
var MagicHelpNotes = []string{
	"Without %real or %race a run is controlled: the kernel decides which goroutine continues, with a new seed for each run. The token under the picture brings that run back, for anyone with the same code.",
	"Each command goes on a line of its own. It also works as a Go comment: //t101:race is the same as %race.",
	"Whatever follows a line with %% is the body of main. Declarations outside it are remembered for later cells.",
	"%t101 progress says how many of your predictions came out as you said, and where they are kept. %t101 progress 10 lists the lessons that begin with 10 and marks those you have solved.",
	"%t101 controlled says what “all”, “holds” and “controlled” mean, and where they can be wrong.",
	"GoNB's own commands (%list, %rm, %reset, %args, %test, !shell …) work as well: %help lists them.",
}

// MagicBadHelp says that there is no such page of help.
func MagicBadHelp(page string) string {
	return fmt.Sprintf("%%t101 has no page %q, only: controlled, progress", page)
}

// MagicSeeHelp is the hint where nothing better is known.
const MagicSeeHelp = "%t101 lists the commands"

// MagicError puts an error of a word at its line.
func MagicError(line int, message, hint string) string {
	if hint != "" {
		hint = " (" + hint + ")"
	}
	return fmt.Sprintf("line %d: %s%s", line, message, hint)
}

// MagicUnknown answers an unknown command.
func MagicUnknown(word string) string { return word + " is not a known command" }

// DidYouMean suggests the nearest word.
func DidYouMean(word string) string { return "did you mean " + word + "?" }

// MagicNotYet answers a word of a later version.
func MagicNotYet(name, does string) string {
	return fmt.Sprintf("%%%s is not in this version yet; later it will mean: %s", name, does)
}

// MagicUsage answers a word with too many or too few arguments.
func MagicUsage(name, usage string) string {
	if usage == "" {
		return fmt.Sprintf("%%%s takes nothing after it", name)
	}
	return fmt.Sprintf("%%%s is written %%%s %s", name, name, usage)
}

// MagicNoWord answers a //t101: without a word.
func MagicNoWord(sign string) string { return "a command is missing after " + sign }

// MagicBadRemove answers %rm with what is no number of a cell.
func MagicBadRemove(arg string) string {
	return fmt.Sprintf("%%rm takes the number beside a cell, for example %%rm 3, not %q", arg)
}

// MagicBadProcs answers %procs with something else than a count.
func MagicBadProcs(arg string, most int) string {
	return fmt.Sprintf("%%procs needs a whole number from 1 to %d, not %q", most, arg)
}

// MagicBadPicture answers %picture with something else than those.
func MagicBadPicture(arg string) string {
	return fmt.Sprintf("%%picture is written %%picture off, on or plain, not %q", arg)
}

// MagicFirstLine answers a cell word that is not on the first line.
func MagicFirstLine(word string) string { return word + " must be the first line of its cell" }

// MagicScript answers %%script without a program.
const MagicScript = "%%script is written %%script PROGRAM, for example %%script python3"
