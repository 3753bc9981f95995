package step

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/explore/property"
	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// Aim is a goal, as it was read.
type Aim struct {
	Text string

	kind     goalKind
	property property.Property // of a value
	output   string            // what is to be printed
}

// goalKind is a kind of goal: what an outcome, or a run, must be to reach it.
type goalKind struct {
	name    string
	status  model.Status // that the run is to end with, "" for any
	race    bool         // two accesses are to race
	lost    bool         // an update is to be lost
	value   bool         // an expression is to have a value
	printed bool         // something is to be printed
}

// goalKinds are the goals that have a name.
var goalKinds = []goalKind{
	{name: "deadlock", status: model.Deadlock},
	{name: "leak", status: model.Leak},
	{name: "cut-off", status: model.CutOff},
	{name: "panic", status: model.Panicked},
	{name: "exit", status: model.Exited},
	{name: "race", race: true},
	{name: "lost", lost: true},
}

// outputGoal is what begins a goal that is about what is printed.
const outputGoal = "output"

// Goals lists how goals are written.
func Goals() (all []string) {
	for _, k := range goalKinds {
		all = append(all, k.name)
	}
	return append(all, "EXPR==VALUE", outputGoal+" TEXT")
}

// ParseGoal reads a goal. The error is for the learner.
func ParseGoal(text string) (Aim, error) {
	text = strings.TrimSpace(text)
	for _, k := range goalKinds {
		if text == k.name {
			return Aim{Text: text, kind: k}, nil
		}
	}
	if wanted, ok := strings.CutPrefix(text, outputGoal); ok && wanted != "" && strings.ContainsAny(wanted[:1], " =:\t") {
		return Aim{Text: text, kind: goalKind{name: outputGoal, printed: true}, output: unquoted(strings.TrimSpace(wanted[1:]))}, nil
	}
	if !strings.Contains(text, "=") {
		return Aim{}, errors.New(words.StepBadGoal(text, Goals()))
	}
	all, err := property.Parse([]string{"outcome " + text})
	if err != nil || len(all) != 1 {
		return Aim{}, errors.New(words.StepBadGoal(text, Goals()))
	}
	return Aim{Text: text, kind: goalKind{name: "outcome", value: true}, property: all[0]}, nil
}

func unquoted(text string) string {
	if plain, err := strconv.Unquote(text); err == nil {
		return plain
	}
	return text
}

// Values are the expressions whose values the program must tell.
func (a *Aim) Values() []string {
	if !a.kind.value {
		return nil
	}
	return a.property.Needs().Values
}

// told says whether a program that tells these values can show the goal.
func (a *Aim) told(values []string) bool {
	return !slices.ContainsFunc(a.Values(), func(v string) bool { return !slices.Contains(values, v) })
}

// by says whether an outcome reaches the goal. Of an update that was lost an outcome
// says nothing.
func (a *Aim) by(o *model.Outcome, values []string) bool {
	switch {
	case unfinished(o.Status):
		return false
	case a.kind.status != "":
		return o.Status == a.kind.status
	case a.kind.race:
		return o.Has("race")
	case a.kind.value:
		p := a.property.Among(values)
		return !p.Violated(o)
	case a.kind.printed:
		return strings.Contains(o.Value, a.output) || strings.Contains(o.Stderr, a.output)
	}
	return false
}

// mixed says whether a goal is about what is printed and a run prints to both streams:
// what a learner sees is the two mixed, of which an outcome says nothing.
func (a *Aim) mixed(r *model.Result) bool {
	return a.kind.printed && slices.ContainsFunc(r.Outcomes, func(o model.Outcome) bool { return o.Value != "" && o.Stderr != "" })
}

// unfinished: nobody knows what would have become of a run that was stopped.
func unfinished(s model.Status) bool {
	return s == model.Limit || s == model.Interrupted || s == model.Asked
}

// in is the step in which a run reaches the goal, 0 if it does not. A race and a lost
// update show before the run is over.
func (a *Aim) in(p *position, values []string) int {
	x, steps := p.x, trace.Steps(p.x)
	switch {
	case a.kind.race:
		return firstRace(x, &steps)
	case a.kind.lost:
		return firstLost(x, &steps)
	case p.asks():
		return 0
	}
	o := model.Outcome{Status: x.Status, Values: x.Values, Value: x.Stdout, Stderr: p.result.Stderr}
	if !a.by(&o, values) || len(steps.List) == 0 {
		return 0
	}
	return steps.List[len(steps.List)-1].N
}

// firstLost is the step in which the first update was lost, 0 if none was.
func firstLost(x *model.Execution, steps *model.Steps) int {
	for i := range x.Events {
		if x.Events[i].Stale {
			return numberOf(steps, i)
		}
	}
	return 0
}

// firstRace is the step of the second access of the race that was complete first.
func firstRace(x *model.Execution, steps *model.Steps) (first int) {
	for _, r := range x.Races {
		if n := max(numberOf(steps, r.A.Event), numberOf(steps, r.B.Event)); n > 0 && (first == 0 || n < first) {
			first = n
		}
	}
	return first
}

// numberOf is the number of the step that shows an event, 0 if none does.
func numberOf(steps *model.Steps, i int) int {
	if i < 0 || i >= len(steps.Of) || steps.Of[i] < 0 {
		return 0
	}
	return steps.List[steps.Of[i]].N
}
