package words

import (
	"fmt"
)

// --- notebook: seeds, tokens and reruns in cells ---

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

// ClockSet says from when on %clock holds.
func ClockSet(clock string) string {
	if clock == "free" {
		return "From now on the clock is free in this session: a goroutine that sleeps may go on at any moment. %clock virtual changes it back."
	}
	return "From now on the clock is virtual in this session: delays keep their meaning and take no time."
}

// NothingToRun answers a %seed or %replay above nothing.
func NothingToRun(word string) string { return "%" + word + " has nothing to run in this cell" }

// NothingToRunHint says where to put it.
const NothingToRunHint = "write it above the code that it is to run"

// --- notebook: tokens that cannot be replayed ---

// ReplayKnown says which cell of this session a token was shown by.
func ReplayKnown(cell int) string {
	return fmt.Sprintf("the token's run was made by cell %d; a token belongs to all the code that its cell used", cell)
}

// ReplayNoCodeHint follows where a token is given to a program that has nothing to decide.
const ReplayNoCodeHint = "a token belongs to the code it was made with, and that had goroutines"

// LenientFrom opens a comparison with a token's own run.
const LenientFrom = "The code is not the token's. Compared with the token's own run:"

// --- notebook: ends that the scheduler made ---

// ReportStop names an end that the scheduler made, where nothing more exact is known.
const ReportStop = "the scheduler ended the run"

// ReportStepsHint and its like say what to try.
const (
	ReportStepsHint  = "the last part of the picture shows what was done over and over"
	ReportSpinHint   = "a loop that asks again and again waits for ever when nobody else can go on. Wait with a channel, a sync.Cond or a sync.WaitGroup instead"
	ReportBusyHint   = "a long computation without any step that others could see holds all of them up here. %real runs it under Go's own scheduler"
	ReportReplayHint = "the token's decisions name goroutines or choices that this program does not have at that step"
)

// --- notebook: two runs side by side ---

// Answers of %diff that has nothing to show.
const (
	DiffNoRuns      = "%diff compares two runs, and there are not two yet"
	DiffNoRunsHint  = "run a cell with goroutines twice, then %diff"
	DiffGoneHint    = "run that cell again with %replay and this token, then %diff"
	DiffOtherScheme = "one was controlled, the other was not: only runs of one kind can be compared step by step"
)

// DiffUnknown answers a token whose run is not there any more.
func DiffUnknown(token string) string {
	return "the run " + token + " is not remembered, and no program of its code is left here to make it again"
}

// DiffStrayed answers a token whose run could not be made again.
func DiffStrayed(token string) string {
	return "the run " + token + " is not remembered, and made once more it went another way"
}
