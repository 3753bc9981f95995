package walk

import (
	"slices"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/judge"
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// Head is what stands above a run: how it was made, how it ended, and why.
type Head struct {
	Mode, Size, Status string
	Bad                bool     // the status is one to mend: deadlock, panic
	Token              string   // with it anyone can see this run again; "" if there is none
	Explanation        []string // what the run shows, below the status
}

// Head returns what stands above the run.
func (t *Run) Head() Head {
	var h Head
	goroutines := len(t.Execution.Goroutines) + t.Execution.Unseen
	elapsed := time.Duration(t.elapsed())
	h.Size = words.Size(t.StepCount(), goroutines, elapsed)
	found := words.RacesFound
	switch t.Execution.Mode {
	case model.RaceDetector:
		h.Mode = words.RaceRun(t.Execution.Procs)
	case model.Controlled:
		h.Token = words.Plain(t.Execution.Token, 400)
		h.Mode = words.ControlledRun(t.Execution.Seed, words.Truncate(h.Token, 60), t.Execution.Clock)
		h.Size = words.ControlledSize(t.StepCount(), goroutines, elapsed)
		found = words.RacesHere
	default:
		h.Mode = words.RealRun(t.Execution.Procs)
	}
	h.Status = t.sayStatus()
	if n := len(t.Execution.Races); n > 0 {
		h.Status = found(n) + h.Status
	}
	h.Bad = t.Execution.Status == model.Deadlock || t.Execution.Status == model.Panicked || len(t.Execution.Races) > 0
	if slices.Contains(t.Execution.Uncontrolled, words.NotControllable) {
		h.Explanation = append(h.Explanation, words.NotControllable)
	}
	for _, s := range t.Execution.Explanation {
		if len(h.Explanation) < mostExplained {
			h.Explanation = append(h.Explanation, words.Plain(s, 500))
		}
	}
	return h
}

// mostExplained is how many sentences stand under the status.
const mostExplained = 10

// elapsed is the time of the last event; events may not be in the order of time.
func (t *Run) elapsed() int64 {
	var last int64
	for i := range t.Execution.Events {
		last = max(last, t.Execution.Events[i].T)
	}
	return last
}

func (t *Run) sayStatus() string {
	reason := words.Plain(t.Execution.Reason, 120)
	switch t.Execution.Status {
	case model.CutOff:
		return words.CutOff(t.ended(model.WasCutOff, model.WasBlocked))
	case model.Waiting:
		return words.WaitingFor(t.left())
	case model.Asked:
		return words.StepAsked
	case model.Leak:
		return words.Leaked(t.ended(model.WasBlocked))
	case model.Deadlock:
		if t.Execution.Goroutines[0].End == model.DidExit && len(t.ended(model.WasBlocked)) == 0 {
			return words.MainLeft
		}
		return words.Deadlocked(t.ended(model.WasBlocked))
	case model.Panicked:
		if t.Execution.Fatal {
			return words.FatalIn(words.List(t.ended(model.DidPanic)), reason)
		}
		return words.PanickedWith(t.panicked(), reason)
	case model.Exited:
		return words.ExitedBy(words.List(t.ended(model.DidExit)), t.Execution.ExitCode)
	case model.Limit:
		return words.StoppedBy(reason)
	case model.Interrupted:
		return words.StoppedByYou
	}
	if len(t.ended(model.Returned, model.DidExit)) == len(t.Execution.Goroutines) {
		return words.AllReturned
	}
	return words.MainReturned
}

// left are those who are left at a prompt, but for main: those who wait, and those who
// could go on.
func (t *Run) left() (waiting, going []string) {
	for g := range t.Execution.Goroutines {
		switch x := &t.Execution.Goroutines[g]; {
		case g == 0 || x.End != model.AtPrompt:
		case x.Left == judge.Able:
			going = append(going, t.Name(g))
		default:
			waiting = append(waiting, t.Name(g))
		}
	}
	return waiting, going
}

// panicked is the goroutine whose panic Go reported first, "" if none is known.
// Others may have panicked while the program was ending.
func (t *Run) panicked() string {
	if e := t.firstPanic(); e >= 0 {
		return t.Name(t.Execution.Events[e].G)
	}
	return words.List(t.ended(model.DidPanic))
}

func (t *Run) firstPanic() int {
	return slices.IndexFunc(t.Execution.Events, func(e model.Event) bool { return e.Op == event.Panic })
}

// ended are the names of the goroutines that ended in one of these ways.
func (t *Run) ended(ways ...model.Ending) []string {
	var names []string
	for g := range t.Execution.Goroutines {
		for _, way := range ways {
			if t.Execution.Goroutines[g].End == way {
				names = append(names, t.Name(g))
			}
		}
	}
	return names
}
