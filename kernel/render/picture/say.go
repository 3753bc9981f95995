package picture

import (
	"strings"
	"time"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// sayNotes words what stands below the lanes.
func (p *Picture) sayNotes() {
	p.sayHidden()
	if p.Execution.Mode == model.Controlled && p.Execution.RacesPartial {
		p.notes = append(p.notes, words.RacesPartly)
	}
	p.sayUncontrolled()
}

// sayUncontrolled lists what a controlled run did not control, and what the
// record of any run does not show.
func (p *Picture) sayUncontrolled() {
	const most = 6
	var list []string
	for _, s := range words.Uncontrolled(p.Execution) {
		if len(list) < most && s != words.NotControllable {
			list = append(list, words.Plain(s, 240))
		}
	}
	if p.Execution.Mode == model.Controlled && len(list) > 0 {
		list = []string{words.NotUnderControl(list)}
	}
	p.notes = append(p.notes, list...)
}

// sayHidden counts the goroutines that have no lane, and their steps.
func (p *Picture) sayHidden() {
	hidden := len(p.Execution.Goroutines) - len(p.lanes)
	if hidden == 0 {
		return
	}
	ways := []model.Ending{model.Returned, model.WasCutOff, model.WasBlocked, model.AtPrompt, model.DidPanic, model.DidExit}
	counts := make([]int, len(ways))
	for g, l := range p.laneOf {
		for i, way := range ways {
			if l < 0 && p.Execution.Goroutines[g].End == way {
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
	for i := range p.Steps.List {
		if p.laneOfStep(i) < 0 {
			steps++
		}
	}
	p.notes = append(p.notes, words.MoreGoroutines(hidden, ends, steps))
}

// roster says for each lane who it is and how it ended.
func (p *Picture) roster() []string {
	var out []string
	for _, l := range p.lanes {
		g := &p.Execution.Goroutines[l.g]
		out = append(out, words.Lane(l.name, p.Name(g.Creator), p.Place(g.Pos), string(g.End), p.Place(g.BlockedAt)))
	}
	return out
}

// title is a row in one sentence.
func (p *Picture) title(r *row) string {
	if r.kind != isStep {
		return r.Does
	}
	s := words.StepTitle(r.n, p.lanes[r.lane].name, r.Does)
	for _, m := range r.Marks {
		s += " · ⚠ " + m
	}
	e := &p.Execution.Events[r.event]
	if at := p.Place(e.Pos); at != "" {
		s += " · " + at
	}
	switch t := time.Duration(e.T); {
	case p.Execution.Mode != model.Controlled:
		s += " · " + words.Elapsed(t)
	case t > 0:
		s += " · " + words.Virtual(t)
	}
	return s
}

// summary is the picture in one breath.
func (p *Picture) summary() string {
	return strings.Join(append([]string{p.Status}, p.Explanation...), " ") + " " + p.Mode + " · " + p.Size
}

// description is the picture for those who cannot see it: who there was.
func (p *Picture) description() string {
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
