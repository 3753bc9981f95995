package render

import (
	"slices"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// head is what stands above a run: how it was made, how it ended, and why.
type head struct {
	mode, size, status string
	bad                bool     // the status is one to mend: deadlock, panic
	token              string   // with which anyone sees this run again, "" if there is none
	explanation        []string // what the run shows, below the status
}

// head words it.
func (t *tale) head() head {
	var h head
	goroutines := len(t.ex.Goroutines) + t.ex.Unseen
	elapsed := time.Duration(t.elapsed())
	h.size = words.Size(t.stepCount(), goroutines, elapsed)
	found := words.RacesFound
	switch t.ex.Mode {
	case model.RaceDetector:
		h.mode = words.RaceRun(t.ex.Procs)
	case model.Controlled:
		h.token = words.Plain(t.ex.Token, 400)
		h.mode = words.ControlledRun(t.ex.Seed, words.Truncate(h.token, 60), t.ex.Clock)
		h.size = words.ControlledSize(t.stepCount(), goroutines, elapsed)
		found = words.RacesHere
	default:
		h.mode = words.RealRun(t.ex.Procs)
	}
	h.status = t.sayStatus()
	if n := len(t.ex.Races); n > 0 {
		h.status = found(n) + h.status
	}
	h.bad = t.ex.Status == model.Deadlock || t.ex.Status == model.Panicked || len(t.ex.Races) > 0
	if slices.Contains(t.ex.Uncontrolled, words.NotControllable) {
		h.explanation = append(h.explanation, words.NotControllable)
	}
	for _, s := range t.ex.Explanation {
		if len(h.explanation) < mostExplained {
			h.explanation = append(h.explanation, words.Plain(s, 500))
		}
	}
	return h
}

// mostExplained is how many sentences stand under the status.
const mostExplained = 10

// elapsed is the time of the last event; events may not be in the order of time.
func (t *tale) elapsed() int64 {
	var last int64
	for i := range t.ex.Events {
		last = max(last, t.ex.Events[i].T)
	}
	return last
}

func (t *tale) sayStatus() string {
	reason := words.Plain(t.ex.Reason, 120)
	switch t.ex.Status {
	case model.CutOff:
		return words.CutOff(t.ended(model.WasCutOff, model.WasBlocked))
	case model.Leak:
		return words.Leaked(t.ended(model.WasBlocked))
	case model.Deadlock:
		if t.ex.Goroutines[0].End == model.DidExit && len(t.ended(model.WasBlocked)) == 0 {
			return words.MainLeft
		}
		return words.Deadlocked(t.ended(model.WasBlocked))
	case model.Panicked:
		if t.ex.Fatal {
			return words.FatalIn(words.List(t.ended(model.DidPanic)), reason)
		}
		return words.PanickedWith(t.panicked(), reason)
	case model.Exited:
		return words.ExitedBy(words.List(t.ended(model.DidExit)), t.ex.ExitCode)
	case model.Limit:
		return words.StoppedBy(reason)
	case model.Interrupted:
		return words.StoppedByYou
	}
	if len(t.ended(model.Returned, model.DidExit)) == len(t.ex.Goroutines) {
		return words.AllReturned
	}
	return words.MainReturned
}

// panicked is the goroutine whose panic Go told first, "" if none is known.
// Others may have panicked while the program was ending.
func (t *tale) panicked() string {
	if e := t.firstPanic(); e >= 0 {
		return t.name(t.ex.Events[e].G)
	}
	return words.List(t.ended(model.DidPanic))
}

func (t *tale) firstPanic() int {
	return slices.IndexFunc(t.ex.Events, func(e model.Event) bool { return e.Op == event.Panic })
}

// ended are the names of the goroutines that ended in one of the ways.
func (t *tale) ended(ways ...model.Ending) []string {
	var names []string
	for g := range t.ex.Goroutines {
		for _, way := range ways {
			if t.ex.Goroutines[g].End == way {
				names = append(names, t.name(g))
			}
		}
	}
	return names
}
