package words

import (
	"strconv"
	"strings"
	"time"
)

// --- the picture of a controlled run, and the difference of two runs ---

// ControlledRun labels a run whose order the scheduler of this course chose.
// Where the token's switches decided, there is no seed to name.
func ControlledRun(seed uint64, token, clock string) string {
	s := "controlled run"
	if parts := strings.Split(token, "-"); seed != 0 || len(parts) < 3 || !strings.HasPrefix(parts[2], "s") {
		s += " · seed " + strconv.FormatUint(seed, 10)
	}
	if token != "" {
		s += " · token " + token
	}
	switch clock {
	case "virtual", "free":
		s += " · " + clock + " clock"
	}
	return s
}

// ControlledSize says how long a controlled run was. Its time is no measured one.
func ControlledSize(steps, goroutines int, virtual time.Duration) string {
	s := Count(steps, "step") + " · " + Count(goroutines, "goroutine")
	if virtual > 0 {
		s += " · " + Virtual(virtual)
	}
	return s
}

// Virtual is a time that passed in the run only.
func Virtual(d time.Duration) string { return Elapsed(d) + " of virtual time" }

// TokenIs stands before the token, ReplayIt after it.
const (
	TokenIs  = "Anyone with the same code sees this run with "
	ReplayIt = "%replay "
)

// Deadlocked says who waits in a deadlock.
func Deadlocked(names []string) string {
	if len(names) == 0 {
		return "Deadlock: nobody can go on."
	}
	return "Deadlock: " + List(names) + verb(names, " waits", " wait") + ", and nobody is left who could end that."
}

// RacesHere counts the races that were found in a controlled run.
func RacesHere(n int) string {
	return Count(n, "data race") + " in this run, whatever it printed. "
}

// RacesPartly says that not all accesses were compared.
const RacesPartly = "Data races were looked for only in a part of this run."

// RacesWith marks an access that raced, with the steps of the others.
func RacesWith(steps []int) string {
	switch len(steps) {
	case 0:
		return DataRace
	case 1:
		return raceBrief + " with step " + strconv.Itoa(steps[0])
	}
	var all []string
	for _, n := range steps {
		all = append(all, strconv.Itoa(n))
	}
	return raceBrief + " with steps " + List(all)
}

const raceBrief = "race"

// LostBrief and StaleBrief mark the two halves of a lost update where there is no
// room for more.
const (
	LostBrief  = "lost update"
	StaleBrief = "out of date"
)

// MarkBrief is the warning of a step in as few words as it can be said.
func MarkBrief(mark string) string {
	if strings.HasSuffix(mark, notOver) || strings.HasSuffix(mark, notBegun) {
		return EarlyBrief
	}
	for _, m := range [...]struct{ prefix, brief string }{
		{LostBrief, LostBrief}, {StaleBrief, StaleBrief}, {raceBrief, raceBrief}, {insideCall, InsideBrief},
	} {
		if strings.HasPrefix(mark, m.prefix) {
			return m.brief
		}
	}
	return mark
}

// KeyRace and KeyWaitsFor explain the lines of races and of waiting in the picture.
const (
	KeyRace     = "data race: nothing orders the two"
	KeyWaitsFor = "waits for what the other holds"
	KeyParts    = "parts from the run before"
)

// NotUnderControl lists what the scheduler did not control.
func NotUnderControl(list []string) string {
	return "What this run could not control: " + strings.Join(list, "; ") + ". " + SeeControlled
}

// WaitsOn is one link of a deadlock, in the picture.
func WaitsOn(object, holder string, itself bool) string {
	if itself {
		return "waits for " + object + ", held by itself"
	}
	return "waits for " + object + ", held by " + holder
}

// WaitsBehind is such a link where the other only comes first.
func WaitsBehind(object, other string) string {
	return "waits for " + object + " behind " + other + ", which waits to write"
}

// WaitsBrief is such a link where there is no room for more.
func WaitsBrief(who, other, object string) string { return who + " → " + other + ": " + object }

// PartsHere marks the step from which on a run goes another way than the one
// before; there is what that one did instead, "" if it had ended.
func PartsHere(there string) string {
	if there == "" {
		return "here the run before had ended"
	}
	return "from here on another way: before, " + there
}

// EndsEarlier marks the end of a run which is the beginning of the one before.
func EndsEarlier(there string) string { return "the run before went on: " + there }

// The two runs of a difference.
const (
	DiffFirst  = "first run"
	DiffSecond = "second run"
)

// DiffSame says that two runs are the same.
func DiffSame(steps int) string {
	return "The two runs are the same: " + Count(steps, "step") + " in the same order."
}

// DiffParts says where two runs part.
func DiffParts(step int, first, second string) string {
	s := "The two runs are the same up to step " + strconv.Itoa(step-1) + ". Then "
	if step == 1 {
		s = "The two runs differ from the first step on: "
	}
	switch {
	case first == "":
		return s + "the first had ended; in the second " + second + "."
	case second == "":
		return s + "the second had ended; in the first " + first + "."
	}
	return s + "in the first " + first + ", in the second " + second + "."
}

// DiffAlike stands for the steps before, which are the same in both.
const DiffAlike = "what came before is the same in both"

// DiffEnded is what stands where a run had ended.
const DiffEnded = "— ended —"

// DiffOf captions the table of a difference.
const DiffOf = "Two runs, step by step"

// DiffHere marks the rows in which the two part.
const DiffHere = "here they part"
