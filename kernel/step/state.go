package step

import (
	"path/filepath"
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// How much of a run a state shows.
const (
	mostGoroutines = 64
	mostShown      = 400 // steps, the last of them
	mostChoices    = 64
	mostText       = 120 // characters of a value, or of what is printed
	mostValues     = 32
)

// view makes a state of a position.
type view struct {
	*position
	steps model.Steps
	state *State
}

// state is the state of the session's position.
func (s *Session) state() *State {
	p := s.at
	v := &view{position: p, steps: trace.Steps(p.x), state: &State{
		Version: s.version, Token: p.token(s), Clock: s.clock.String(), Made: len(p.choices),
		Undo: len(s.past) > 0 || len(p.choices) > 0, Output: p.output, Cut: p.cut, Notes: s.notes,
		Goroutines: []Goroutine{}, Steps: []Step{}, Choices: []Choice{}, Values: []Value{},
	}}
	if p.result.ReadStdin {
		v.state.Notes = append(slices.Clone(s.notes), words.StepNoInput)
	}
	v.choose()
	v.goroutines()
	v.stepsSoFar()
	v.values()
	v.spins()
	v.end()
	return v.state
}

// name is how a goroutine is called.
func (v *view) name(g int) string { return words.Name(v.x.Goroutines[g].Name) }

// place is a place as a state has it.
func place(p model.Pos) Place {
	if p.Cell > 0 {
		return Place{Cell: p.Cell, Line: p.Line, In: p.In}
	}
	return Place{File: filepath.Base(p.File), Line: p.Line, In: p.In}
}

// choose lists what can be next.
func (v *view) choose() {
	for i := range v.x.Offers {
		if i == mostChoices {
			v.state.MoreWays = len(v.x.Offers) - mostChoices
			break
		}
		v.state.Choices = append(v.state.Choices, v.choice(i))
	}
	if v.asks() {
		v.state.Asks = v.question(&v.x.Offers[0])
	}
}

func (v *view) question(o *model.Offer) string {
	switch o.Asks {
	case event.AsksCase:
		return words.StepCase(v.name(o.G))
	case event.AsksPartner:
		return words.StepPartner
	case event.AsksChance:
		return words.StepChance
	}
	return words.StepWho
}

var kinds = map[event.Asks]Kind{event.AsksTurn: Turn, event.AsksCase: Case, event.AsksPartner: Partner, event.AsksChance: Chance}

func (v *view) choice(i int) Choice {
	o := &v.x.Offers[i]
	c := Choice{Key: i + 1, Kind: kinds[o.Asks], Op: o.Op.String(), Object: v.x.ObjectName(o.Object), Place: place(o.Pos)}
	if o.G < 0 {
		c.Name, c.Does, c.Op = words.StepTimer, words.StepTimerRings, ""
		return c
	}
	c.Goroutine, c.Name, c.Last = v.x.Goroutines[o.G].ID, v.name(o.G), o.Asks == event.AsksTurn && o.G == v.last()
	act := v.act(o)
	switch {
	case o.Asks == event.AsksChance:
		c.Does = words.StepAlternative(o.Nth+1, len(v.x.Offers))
	case o.Asks == event.AsksCase && o.Op == event.Select:
		c.Does = words.StepDefault
	default:
		c.Does = words.StepOffer(act)
	}
	return c
}

// act is what an offer says that is about to be done.
func (v *view) act(o *model.Offer) words.Act {
	e := model.Event{G: o.G, Op: o.Op, Object: o.Object, Site: o.Site, Value: o.Value, Partner: -1}
	act := words.ActOf(v.x, &e, false)
	if act.Object == "" && o.Site != nil {
		act.Object = words.Plain(o.Site.Object, 24)
	}
	return act
}

// last is who made the last step, -1 if there is none.
func (v *view) last() int {
	if n := len(v.steps.List); n > 0 {
		return v.x.Events[v.steps.List[n-1].Event].G
	}
	return -1
}

// stepN is the number of the step that shows an event, 0 if none does.
func (v *view) stepN(i int) int {
	if i < 0 || i >= len(v.steps.Of) || v.steps.Of[i] < 0 {
		return 0
	}
	return v.steps.List[v.steps.Of[i]].N
}

// stepsSoFar lists the last steps.
func (v *view) stepsSoFar() {
	list := v.steps.List
	v.state.Earlier = max(0, len(list)-mostShown)
	before := -1
	if v.state.Earlier > 0 {
		before = list[v.state.Earlier-1].Event
	}
	for i := range list[v.state.Earlier:] {
		s := &list[v.state.Earlier+i]
		v.state.Steps = append(v.state.Steps, v.step(s, before))
		before = s.Event
	}
}

// step is one step, before which the one that shows event before was made.
func (v *view) step(s *model.Step, before int) Step {
	e := &v.x.Events[s.Event]
	return Step{
		N: s.N, Goroutine: v.x.Goroutines[e.G].ID, Op: e.Op.String(), Object: v.x.ObjectName(e.Object),
		Value: words.Plain(e.Value, mostText), Does: words.Does(words.ActOfStep(v.x, s)), Waited: s.Waited, Place: place(e.Pos),
		Chosen: v.x.Chosen(before, s.Event),
	}
}

// values lists what the shared variables hold.
func (v *view) values() {
	at := map[int]int{}
	for i := range v.x.Events {
		e := &v.x.Events[i]
		row := &event.Table[e.Op]
		if e.Object < 0 || e.Value == "" || e.OfMap() || e.Failed() || row.Class != event.ClassMemory && row.Class != event.ClassAtomic || v.steps.Of[i] < 0 {
			continue
		}
		n, known := at[e.Object]
		if !known {
			if n = len(v.state.Values); n == mostValues {
				continue
			}
			at[e.Object] = n
			v.state.Values = append(v.state.Values, Value{Name: v.x.ObjectName(e.Object)})
		}
		value := &v.state.Values[n]
		value.Value = words.Plain(e.Value, mostText)
		if row.Stores() {
			value.By, value.Step = v.x.Goroutines[e.G].ID, v.stepN(i)
		}
	}
}

// manyInARow is how often one goroutine goes on before it is offered to let others.
const manyInARow = 12

// spins offers to let others go on, where one was chosen again and again.
func (v *view) spins() {
	n, all := 0, v.choices
	for i := len(all) - 1; i >= 0 && all[i].To == all[len(all)-1].To; i-- {
		n++
	}
	if n < manyInARow || len(v.x.Offers) < 2 {
		return
	}
	if last := v.last(); last >= 0 {
		v.state.Spins = words.StepSpins(v.name(last), n)
	}
}

// end says how the run ended, if it did.
func (v *view) end() {
	if v.asks() {
		return
	}
	x := v.x
	v.state.Ended = &End{
		Status: string(x.Status), Reason: x.Reason, ExitCode: x.ExitCode, Races: len(x.Races), Lost: lost(x),
		Values: x.Values, Says: x.Explanation,
	}
}

// lost says whether a run shows an update that was lost.
func lost(x *model.Execution) bool {
	return slices.ContainsFunc(x.Events, func(e model.Event) bool { return e.Stale })
}
