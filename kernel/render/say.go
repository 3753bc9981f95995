package render

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// sayHead words what stands above the lanes.
func (p *picture) sayHead() {
	goroutines := len(p.ex.Goroutines) + p.ex.Unseen
	elapsed := time.Duration(p.elapsed())
	p.size = words.Size(p.stepCount(), goroutines, elapsed)
	found := words.RacesFound
	switch p.ex.Mode {
	case model.RaceDetector:
		p.mode = words.RaceRun(p.ex.Procs)
	case model.Controlled:
		p.token = words.Plain(p.ex.Token, 400)
		p.mode = words.ControlledRun(p.ex.Seed, words.Truncate(p.token, 60), p.ex.Clock)
		p.size = words.ControlledSize(p.stepCount(), goroutines, elapsed)
		found = words.RacesHere
	default:
		p.mode = words.RealRun(p.ex.Procs)
	}
	p.status = p.sayStatus()
	if n := len(p.ex.Races); n > 0 {
		p.status = found(n) + p.status
	}
	p.bad = p.ex.Status == model.Deadlock || p.ex.Status == model.Panicked || len(p.ex.Races) > 0
	if slices.Contains(p.ex.Uncontrolled, words.NotControllable) {
		p.explanation = append(p.explanation, words.NotControllable)
	}
	for _, s := range p.ex.Explanation {
		if len(p.explanation) < mostExplained {
			p.explanation = append(p.explanation, words.Plain(s, 500))
		}
	}
}

// mostExplained is how many sentences stand under the status.
const mostExplained = 10

func (p *picture) stepCount() int {
	if n := len(p.steps.List); n > 0 {
		return p.steps.List[n-1].N
	}
	return 0
}

// elapsed is the time of the last event; events may not be in the order of time.
func (p *picture) elapsed() int64 {
	var t int64
	for i := range p.ex.Events {
		t = max(t, p.ex.Events[i].T)
	}
	return t
}

func (p *picture) sayStatus() string {
	reason := words.Plain(p.ex.Reason, 120)
	switch p.ex.Status {
	case model.CutOff:
		return words.CutOff(p.ended(model.WasCutOff, model.WasBlocked))
	case model.Leak:
		return words.Leaked(p.ended(model.WasBlocked))
	case model.Deadlock:
		if p.ex.Goroutines[0].End == model.DidExit && len(p.ended(model.WasBlocked)) == 0 {
			return words.MainLeft
		}
		return words.Deadlocked(p.ended(model.WasBlocked))
	case model.Panicked:
		if p.ex.Fatal {
			return words.FatalIn(words.List(p.ended(model.DidPanic)), reason)
		}
		return words.PanickedWith(p.panicked(), reason)
	case model.Exited:
		return words.ExitedBy(words.List(p.ended(model.DidExit)), p.ex.ExitCode)
	case model.Limit:
		return words.StoppedBy(reason)
	case model.Interrupted:
		return words.StoppedByYou
	}
	if len(p.ended(model.Returned, model.DidExit)) == len(p.ex.Goroutines) {
		return words.AllReturned
	}
	return words.MainReturned
}

// panicked is the goroutine whose panic Go told first, "" if none is known.
// Others may have panicked while the program was ending.
func (p *picture) panicked() string {
	if e := p.firstPanic(); e >= 0 {
		return p.name(p.ex.Events[e].G)
	}
	return words.List(p.ended(model.DidPanic))
}

func (p *picture) firstPanic() int {
	return slices.IndexFunc(p.ex.Events, func(e model.Event) bool { return e.Op == event.Panic })
}

// ended are the names of the goroutines that ended in one of the ways.
func (p *picture) ended(ways ...model.Ending) []string {
	var names []string
	for g := range p.ex.Goroutines {
		for _, way := range ways {
			if p.ex.Goroutines[g].End == way {
				names = append(names, p.name(g))
			}
		}
	}
	return names
}

// sayNotes words what stands below the lanes.
func (p *picture) sayNotes() {
	p.sayHidden()
	if p.ex.Mode == model.Controlled && p.ex.RacesPartial {
		p.notes = append(p.notes, words.RacesPartly)
	}
	p.sayUncontrolled()
}

// sayUncontrolled lists what a controlled run did not control, and what the
// record of any run does not show.
func (p *picture) sayUncontrolled() {
	const most = 6
	var list []string
	for _, s := range p.ex.Uncontrolled {
		if len(list) < most && s != words.NotControllable {
			list = append(list, words.Plain(s, 240))
		}
	}
	if p.ex.Mode == model.Controlled && len(list) > 0 {
		list = []string{words.NotUnderControl(list)}
	}
	p.notes = append(p.notes, list...)
}

// sayHidden counts the goroutines that have no lane, and their steps.
func (p *picture) sayHidden() {
	hidden := len(p.ex.Goroutines) - len(p.lanes)
	if hidden == 0 {
		return
	}
	ways := []model.Ending{model.Returned, model.WasCutOff, model.WasBlocked, model.DidPanic, model.DidExit}
	counts := make([]int, len(ways))
	for g, l := range p.laneOf {
		for i, way := range ways {
			if l < 0 && p.ex.Goroutines[g].End == way {
				counts[i]++
			}
		}
	}
	var ends []string
	for i, n := range counts {
		if n > 0 {
			ends = append(ends, words.Ended(string(ways[i]), n))
		}
	}
	steps := 0
	for i := range p.steps.List {
		if p.laneOfStep(i) < 0 {
			steps++
		}
	}
	p.notes = append(p.notes, words.MoreGoroutines(hidden, ends, steps))
}

// at is a place in a sentence: "cell 3, line 9" or "main.go:9".
func (p *picture) at(pos model.Pos) string {
	if pos.Line <= 0 {
		return ""
	}
	return words.Place(pos.Cell, words.Plain(base(pos.File), 40), pos.Line)
}

// roster says for each lane who it is and how it ended.
func (p *picture) roster() []string {
	var out []string
	for _, l := range p.lanes {
		g := &p.ex.Goroutines[l.g]
		out = append(out, words.Lane(l.name, p.name(g.Creator), p.at(g.Pos), string(g.End), p.at(g.BlockedAt)))
	}
	return out
}

// title is a row in one sentence.
func (p *picture) title(r *row) string {
	if r.kind != isStep {
		return r.does
	}
	s := words.StepTitle(r.n, p.lanes[r.lane].name, r.does)
	for _, m := range r.marks {
		s += " · ⚠ " + m
	}
	e := &p.ex.Events[r.event]
	if at := p.at(e.Pos); at != "" {
		s += " · " + at
	}
	switch t := time.Duration(e.T); {
	case p.ex.Mode != model.Controlled:
		s += " · " + words.Elapsed(t)
	case t > 0:
		s += " · " + words.Virtual(t)
	}
	return s
}

func base(file string) string {
	if file == "" {
		return ""
	}
	return path.Base(file)
}

func itoa(n int) string { return strconv.Itoa(n) }

// summary is the picture in one breath.
func (p *picture) summary() string {
	return strings.Join(append([]string{p.status}, p.explanation...), " ") + " " + p.mode + " · " + p.size
}

// description is the picture for those who cannot see it: who there was.
func (p *picture) description() string {
	s := words.LanesAre + "."
	for _, l := range p.roster() {
		s += " " + l + "."
	}
	for _, l := range p.links {
		s += " " + p.lanes[l.from].name + " " + l.says + "."
	}
	for _, n := range p.notes {
		s += " " + n
	}
	return s
}
