package words

import (
	"strings"
	"time"
)

// FoundAllEndless heads a complete exploration of a program with a loop that waits
// by looking again and again: how often it looks makes no difference.
func FoundAllEndless(classes int) string {
	s := "All interleavings tried. There are endlessly many, because a waiting loop can check again any number of times: "
	if classes == 1 {
		return s + "they are all one class."
	}
	return s + "they are " + Count(classes, "class") + "."
}

// FoundAll heads a complete exploration; interleavings is "" if they were not counted.
func FoundAll(interleavings string, classes int) string {
	switch they := Count(classes, "class"); {
	case interleavings == "" && classes == 1:
		return "All interleavings tried: they are all one class."
	case interleavings == "":
		return "All interleavings tried: they are " + they + "."
	case interleavings == "1":
		return "The only interleaving tried: there is no other."
	case classes == 1:
		return "All " + interleavings + " interleavings tried: they are all one class."
	case interleavings == Number(classes):
		return "All " + interleavings + " interleavings tried: each is a class of its own."
	default:
		return "All " + interleavings + " interleavings tried: they are " + they + "."
	}
}

// FoundControlled heads an exploration of a program that is controlled only in part:
// ledger has the places that are not recorded, packages those that are not controlled.
func FoundControlled(interleavings string, ledger, packages []string) string {
	const most = 3
	named := ledger[:min(most, len(ledger))]
	if more := len(ledger) - len(named); more > 0 {
		named = append(named[:len(named):len(named)], "and "+Number(more)+" more")
	}
	if len(packages) > 0 {
		named = append(named[:len(named):len(named)], "what happens inside "+List(packages))
	}
	return "All orders of what is controlled tried" + numbered(interleavings) + ". Not controlled: " + strings.Join(named, "; ") + "."
}

// FoundFixed heads one that tried all orders, with some choices always the same.
func FoundFixed(interleavings string, fixed []string) string {
	return "All orders tried" + numbered(interleavings) + ", with " + List(fixed) + ". Others were not tried."
}

func numbered(interleavings string) string {
	if interleavings == "" {
		return ""
	}
	return " (" + amount(interleavings, "interleaving") + ")"
}

// FoundEndless heads an exploration in which some runs were stopped.
func FoundEndless(runs int) string {
	return "Tried " + Count(runs, "schedule") + ", but not all came to an end. Nobody knows how the others would have continued."
}

// FoundBounded heads an exploration that tried all schedules with few preemptions.
func FoundBounded(runs, preemptions int) string {
	all := "all with at most " + Count(preemptions, "preemption")
	if preemptions == 0 {
		all = "all without a preemption"
	}
	return "Tried " + Count(runs, "schedule") + ": " + all + ", then a sample. More may exist."
}

// FoundSample heads an exploration that tried some schedules.
func FoundSample(runs int) string {
	return "Tried " + Count(runs, "schedule") + ", a sample. More may exist."
}

// FoundNothing heads an exploration that did not get to the end of a single run.
const FoundNothing = "No schedule was tried to its end."

// FoundEnds counts the outcomes.
func FoundEnds(n int, complete bool) string {
	switch {
	case n == 1 && complete:
		return "Whatever the order, the outcome is the same."
	case n == 1:
		return "Those that were tried had the same outcome; others may not."
	case complete:
		return "There are " + Count(n, "outcome") + "."
	}
	return "Those that were tried had " + Count(n, "outcome") + "; there may be more."
}

// FoundStopped says why an exploration ended before its time.
func FoundStopped(reason string) string {
	return "Ended early: " + strings.TrimSuffix(reason, ".") + "."
}

// FoundSize says how much work it was.
func FoundSize(runs int, elapsed time.Duration, clock string) string {
	s := Count(runs, "run") + " in " + Elapsed(elapsed)
	if clock != "" {
		s += " · " + clock + " clock"
	}
	return s
}

// FoundInterleavings, FoundInClasses and FoundRuns say how often an outcome came.
func FoundInterleavings(n, of string) string { return "in " + n + " of " + amount(of, "interleaving") }

// FoundInClasses is said where the interleavings were not counted.
func FoundInClasses(n, of string) string { return "in " + n + " of " + amount(of, "class") }

// FoundRuns is said where not all were tried.
func FoundRuns(n, of string) string { return "in " + n + " of " + amount(of, "run") + " tried" }

// The heads of the table of outcomes.
const (
	HeadOutcome = "outcome"
	HeadHowMany = "in how many"
	HeadToSee   = "to see its shortest run"
)

// FoundEmpty, FoundNoValue and FoundUnknown stand where an outcome has no text.
const (
	FoundEmpty   = "prints nothing"
	FoundNoValue = "main does not reach its end"
	FoundUnknown = "the values were not noted"
)

// FoundPrints is an outcome that is told by what was printed.
func FoundPrints(text string) string { return "prints “" + text + "”" }

// FoundToStderr comes before what an outcome printed to its standard error.
const FoundToStderr = "to stderr: "

// FoundWhole is the label of the fold that holds all of a long text.
const FoundWhole = "all of it"

// FoundEndings are the words for how an outcome ends, by status.
var FoundEndings = map[string]string{
	"ok": "all goroutines end", "cut-off": "main returns, others are cut off", "leak": "main returns, others wait for ever",
	"deadlock": "deadlock", "panic": "panic", "exit": "ends itself with os.Exit",
	"limit": "stopped: it did not come to an end", "interrupted": "stopped",
}

// FoundSwitches counts the switches of a run.
func FoundSwitches(n int) string {
	return Number(n) + Verb(n, " switch", " switches")
}

// FoundNoToken stands where a run could not be named.
const FoundNoToken = "no token"

// FoundFewest says that a run cannot be made simpler.
const FoundFewest = "No run with fewer preemptions ends this way."

// FoundMore counts the entries of a list that are not shown.
func FoundMore(n int, noun string) string {
	return "and " + Number(n) + " more " + plural(n == 1, noun)
}

// FoundRaces counts the data races of all runs.
func FoundRaces(n int) string { return Count(n, "data race") + ", whatever comes out:" }

// FoundNoRace says that there is none.
func FoundNoRace(complete bool) string {
	if complete {
		return "No data race in any interleaving."
	}
	return "No data race in the runs tried."
}

// FoundRace is one race, by its two places.
func FoundRace(object, a, b string) string {
	where := a + " and " + b
	if a == b || b == "" {
		where = a + ", in two goroutines"
	}
	return OrElse(object, "a variable") + ": " + where + " — no rule says which is first"
}

// FoundSomewhere stands for a place that is not known.
const FoundSomewhere = "a place that is not known"

// FoundClasses heads the list of classes.
func FoundClasses(classes int, interleavings string) string {
	in := ", in " + Count(classes, "class")
	switch interleavings {
	case "":
		return "All interleavings" + in
	case "1":
		return "The only interleaving" + in
	}
	return "All " + interleavings + " interleavings" + in
}

// FoundClassMeans says what makes two interleavings one class.
const FoundClassMeans = "Interleavings that differ only in the order of unrelated steps are one class: they cannot be told apart, so one of them is tried for all."

// FoundClassHas says how many interleavings a class has.
func FoundClassHas(n string) string {
	if n == "" {
		return "some interleavings"
	}
	return amount(n, "interleaving")
}

// The heads of the table of classes.
const (
	HeadNumber   = "no."
	HeadHas      = "has"
	HeadEndsWith = "ends with"
	HeadSeeIt    = "to see it"
)

// FoundNotes heads what an exploration could not vary.
const FoundNotes = "What was not tried:"

// What the words of an exploration mean, for its foot.
const (
	FoundMeaning    = "An interleaving is one order of the steps that others can notice: shared variables, locks, channels, waits, prints. An outcome is how the program ended and what came out."
	FoundNoOdds     = "These are counts of orders, not odds: Go's own scheduler prefers some orders and hardly ever takes others."
	FoundNoOddsHere = "These are counts of the runs that were tried, not odds: they say nothing about how often Go's own scheduler would do the same."
	FoundPreemption = "A preemption is a switch away from a goroutine that could have gone on."
)

// FoundPicture describes the bars for those who cannot see them.
const FoundPicture = "Each bar shows the share of all."

// VerdictAll says that a property holds, and was seen to.
func VerdictAll(property, interleavings string) string {
	switch interleavings {
	case "":
		return "holds in all interleavings" + Before(", ", whenever(property, "holds"))
	case "1":
		return "holds in the only interleaving there is" + Before(", ", whenever(property, "holds"))
	}
	return "holds in all " + interleavings + " interleavings" + Before(", ", whenever(property, "holds"))
}

// VerdictTried says that nothing was found against a property.
func VerdictTried(property string, runs int) string {
	if runs == 0 {
		return "was not tried: no run came to its end"
	}
	return "held in the " + Count(runs, "run") + " tried" + Before(", ", whenever(property, "held")) + " — more may exist"
}

// whenever says at which moments a property was looked at, "" where that is plain.
func whenever(property, holds string) string {
	if !strings.HasPrefix(property, "always ") {
		return ""
	}
	return "whenever nobody " + holds + " a lock"
}

// VerdictUncalled says that a property is about functions that no run has called.
func VerdictUncalled(functions []string) string {
	return "was not checked: nothing calls " + List(functions)
}

// VerdictFails says what a run does that violates a property; how is "" if there
// are no words for it.
func VerdictFails(how string) string {
	return "fails" + Before(": ", strings.TrimSuffix(how, "."))
}

// VerdictsOf captions the list of verdicts.
const VerdictsOf = "What was checked"
