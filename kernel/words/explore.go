package words

import (
	"fmt"
	"strings"
	"time"

	"threading101/kernel/explore/wire"
)

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

// limitMet says which limit a search met; at is where, "" if that is not known. It
// is "" if kind is not a limit. what is the limit's number, for limits that vary.
func limitMet(kind wire.Kind, what, at string) string {
	switch kind {
	case wire.NoteRounds:
		return "round limit: a waiting loop" + at + " may count its rounds, or remember something from round to round. After 16 rounds without anything new the others continued; " +
			"more rounds in a row were not tried. Wait with a channel, a sync.Cond or a sync.WaitGroup instead, and everything can be tried"
	case wire.NoteTicks:
		return "tick limit: on the free clock a ticker, or a sleep or timer" + at + " in a loop, may fire any number of times while the others do nothing. " +
			"After 4 ticks, or 8 rounds, it waited until no other goroutine could continue; more were not tried. On the virtual clock each fires at its time: add -clock virtual"
	case wire.NoteSteps:
		return "step limit: runs were cut off after " + Grouped(what) + " steps" + at + "; how they would have continued was not tried. Fewer rounds or smaller numbers help"
	case wire.NoteSeeds:
		return "every run of the search would have been cut off, so random seeds were tried instead"
	case wire.NoteWork:
		return "work limit: a run computed" + at + " until the time for the search was up, and was cut off. A longer budget or smaller numbers help"
	case wire.NoteEndless:
		return "time limit: a run was stopped because one step" + at + " took longer than the time that was left. A longer budget or smaller numbers help"
	}
	return ""
}

// SearchFault says that a search that had tried all schedules has missed a run.
func SearchFault(status, value, token string) string {
	return "this is a bug in Threading 101, not in your program: its search, which should have tried all schedules, missed an outcome (" + status + ", " + quote(value, 40) +
		") that a random seed reached: " + token + ". So nothing is claimed about all interleavings. Please report it, with the program"
}

// SearchRaced is SearchFault for a program with a data race: perhaps another one is
// in a library, unseen, and the outcome comes of that.
func SearchRaced(status, value, token string) string {
	return "a random seed reached an outcome (" + status + ", " + quote(value, 40) + ") that the search of all schedules had missed: " + token +
		". So nothing is claimed about all interleavings. The program has a data race. Where goroutines race inside a library, or through unsafe, no search can find everything that may follow; " +
		"if yours do not, this is a bug in Threading 101: please report it, with the program"
}

// SearchUnseen is SearchFault for a program of which something is not controlled: the
// outcome may come of that.
func SearchUnseen(status, value, token string) string {
	return "a random seed reached an outcome (" + status + ", " + quote(value, 40) + ") that the search of all schedules had missed: " + token +
		". Not all that this program does is controlled, and no search can find everything that may follow from the rest"
}

// SearchInterrupted says that the learner ended a search.
const SearchInterrupted = "interrupted: what was found so far counts"

// SearchViolated says that a search ended because it had its answer.
const SearchViolated = "a run that answers the question was found"

// SearchDied says why a program that searched ended in the middle of it.
func SearchDied(why string) string {
	line, _, _ := strings.Cut(why, "\n")
	return "the program ended while its schedules were being tried (" + line + "): what was found so far counts"
}

// SearchUnrepeatable says that a program is not one whose schedules can be
// tried. what and place may be "".
func SearchUnrepeatable(what, place string) string {
	s := "the same schedule did not give the same run twice"
	if what != "" || place != "" {
		s += ": " + searchAt(what, place)
	}
	return s + ". Whatever a program reads from outside (the clock, files, the network, the keyboard) can differ from run to run, so not all of its runs can be tried"
}

func searchAt(what, place string) string {
	switch {
	case what == "":
		return "see " + place
	case place == "":
		return what
	}
	return what + " at " + place
}

// SearchContradiction says that two searches of one program do not agree.
const SearchContradiction = "a second search found an outcome that the first, complete search had missed: the program depends on more than its schedule"

// SearchNote says what the search met. kind is its name for it; what and place
// may be "".
func SearchNote(kind wire.Kind, what, place string) string {
	at := InParens(place)
	switch kind {
	case wire.NoteRandom:
		return OrElse(what, "math/rand") + at + ": random numbers were the same in every run; other numbers were not tried"
	case wire.NoteMapOrder:
		return "the order in which range walks a map" + at + " was the same in every run; other orders were not tried"
	case wire.NoteClock:
		return "a reading of the clock found that no time had passed, that a time somebody waits for had just passed, or that a day had passed (a day only at the first 8 readings of each goroutine); times in between were not tried"
	case wire.NoteRead:
		return "fmt reads the printed values" + at + " while another goroutine may change them; other moments for that read were not tried"
	case wire.NotePrint:
		return "something was printed" + at + " that the search did not see; other moments for that print were not tried"
	case wire.NoteValues:
		return "the values at main's end were read" + at + " while another goroutine could still go on and change them; later moments for that read were not tried"
	case wire.NoteFiles:
		return "the file " + OrElse(what, "used") + at + " is not controlled: it is outside the working folder, or too large to be copied for each run, or a library uses it in a way that is not seen"
	case wire.NoteDatabase:
		return "something was done to a database" + at + " that the scheduler did not see as a statement; other moments for it were not tried"
	case wire.NoteLimit:
		return "a context or a time limit can end a statement in the database; other moments for that were not tried"
	case wire.NoteMadeUp:
		return OrElse(what, "now()") + " in a statement" + at + ": the database makes up the value, another one in each run; other values were not tried"
	case wire.NoteMoments:
		return "a variable of the condition was changed" + at + " where the search did not see it, or where no other goroutine could come in between; not every moment was looked at"
	case wire.NoteRacesPartly:
		return "data races were looked for only in part of each run"
	case wire.NoteOutside:
		return OrElse(what, "a goroutine") + at + " waited for something outside the program, which no schedule controls"
	}
	return OrElse(limitMet(kind, what, at), OrElse(what, kind.String())+at)
}

// SearchSlow says that a search had to be ended in the middle of a run.
const SearchSlow = "a run took longer than the time that was left: it was cut off, and is not counted"

// SearchMany says that a program has too many goroutines, SearchManySeeds what
// was done about it.
const (
	SearchMany      = "the program has more goroutines than a search can follow: try it with fewer"
	SearchManySeeds = "the program has more goroutines than a search can follow: random seeds were tried instead"
)

// SearchNotRepeated says that a run of the search was another one when it was
// made again.
func SearchNotRepeated(status, value string) string {
	return fmt.Sprintf("one outcome (%s, %s) has no token: running its schedule again gave a different run", status, quote(value, 40))
}

// SearchNotReplayed says of how many runs there is no token, for want of time.
func SearchNotReplayed(n int) string {
	if n == 1 {
		return "one run has no token, because there was no time to run it again: a longer search will"
	}
	return Number(n) + " runs have no token, because there was no time to run them again: a longer search will"
}

// SearchInside says that goroutines race within a library, at a place.
func SearchInside(object, place string) string {
	return "goroutines use " + OrElse(object, "an object of a library") + InParens(place) + " at the same time, and nothing orders them. Each call of the library was one step here; " +
		"in Go two calls can also overlap, lose data or panic, and that was not tried"
}

// SearchOneStep is what [SearchFixed] is of such a race.
const SearchOneStep = "each call of a library as one step, even where two of them race"

// SearchFixed names what was the same in all runs of a search: "All orders tried,
// with …". It is "" for notes of other kinds.
func SearchFixed(kind wire.Kind) string {
	return map[wire.Kind]string{
		wire.NoteRandom:   "the random numbers of seed 0",
		wire.NoteTicks:    "each ticker firing at most 4 times, and each sleep or timer in a loop at most 8 times, before the others continue",
		wire.NoteMapOrder: "large maps walked in one order",
		wire.NoteClock:    "a clock that stands still, jumps to a time that somebody waits for, or jumps a day ahead",
	}[kind]
}
