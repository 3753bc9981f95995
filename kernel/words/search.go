package words

import (
	"fmt"
	"strconv"
	"strings"
)

// --- the search through schedules: why it ended, what it could not do ---

// SearchInterrupted says that the learner ended a search.
const SearchInterrupted = "interrupted: what was found until then counts"

// SearchViolated says that a search ended because it had its answer.
const SearchViolated = "ended early: a run was found that answers what was asked"

// SearchDied says why a program that searched ended in the middle of it.
func SearchDied(why string) string {
	return "the program ended while its schedules were tried (" + firstLineOf(why) + "): what was found until then counts"
}

func firstLineOf(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
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
const SearchContradiction = "a second search found an outcome that the first, which tried all schedules, had not: the program depends on more than its schedule"

// SearchNote says what the search met. kind is its name for it; what and place
// may be "".
func SearchNote(kind, what, place string) string {
	at := ""
	if place != "" {
		at = " (" + place + ")"
	}
	switch kind {
	case "limit":
		return or(what, "a limit of the search was reached") + at
	case "fixed-random":
		return or(what, "math/rand") + at + ": random numbers were the same in every run; other numbers were not tried"
	case "fixed-maporder":
		return "the order in which range walks a map" + at + " was the same in every run; other orders were not tried"
	case "fixed-clock":
		return "a look at the clock found that no time had passed, or that a time somebody waits for was just over, or that a day had passed (that at the first 8 looks of each goroutine); times in between were not tried"
	case "unseen-read":
		return "what is printed" + at + " is read by package fmt while others may change it; what is different when that comes earlier or later was not tried"
	case "unseen-print":
		return "something was printed" + at + " that the search did not see: what is different when that comes earlier or later was not tried"
	case "races-partly":
		return "data races were looked for only in a part of each run"
	case "blocked-outside":
		return or(what, "a goroutine") + at + " waited for something outside the program, which no schedule controls"
	}
	return or(limitMet(kind, what, at), or(what, kind)+at)
}

// SearchSlow says that a search had to be ended in the middle of a run.
const SearchSlow = "a run took longer than there was time for: it was cut off in the middle, and is not counted"

// SearchMany says that a program has too many goroutines, SearchManySeeds what
// was done about it.
const (
	SearchMany      = "the program has more goroutines than a search can follow: try it with fewer"
	SearchManySeeds = "the program has more goroutines than a search can follow: the orders of random seeds were tried in its place"
)

// SearchNotRepeated says that a run of the search was another one when it was
// made again.
func SearchNotRepeated(status, value string) string {
	return fmt.Sprintf("an outcome (%s, %s) was found, but its run, made again, was another one: it has no token", status, quotedBrief(value))
}

// SearchNotReplayed says of how many runs there is no token, for want of time.
func SearchNotReplayed(n int) string {
	if n == 1 {
		return "one run was not made again, for want of time, so it has no token: a longer search makes it again"
	}
	return itoa(n) + " runs were not made again, for want of time, so they have no token: a longer search makes them again"
}

func quotedBrief(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strconv.Quote(s)
}

// SearchInside says that goroutines race within a library, at a place.
func SearchInside(object, place string) string {
	if place != "" {
		place = " (" + place + ")"
	}
	return "goroutines use " + or(object, "an object of a library") + place + " at the same time, and nothing orders them: each call of the library was one step here. " +
		"In Go, what the library does in them can also mix, lose data or panic; that was not tried"
}

// SearchOneStep is what [SearchFixed] is of such a race.
const SearchOneStep = "each call of a library as one step, also where two of them race"

// SearchFixed names what was the same in all runs of a search: "All orders tried,
// with …". It is "" for notes of other kinds.
func SearchFixed(kind string) string {
	return map[string]string{
		"fixed-random":   "the random numbers of seed 0",
		"ticks":          "each ticker firing at most 4 times, and each sleep or timer in a loop at most 8 times, before the others go on",
		"fixed-maporder": "large maps walked in one order",
		"fixed-clock":    "a clock that stands still, or moves to a time that somebody waits for, or a day on",
	}[kind]
}
