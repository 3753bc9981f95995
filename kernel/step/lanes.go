package step

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// goroutines lists who can go on and why others cannot. Of very many those are left out
// first that have ended, then those that wait.
func (v *view) goroutines() {
	lanes := v.lanes()
	kept := map[int]bool{0: true}
	for _, is := range []Is{Can, Waits, Aside, Over} {
		for g := range lanes {
			if lanes[g].Is == is && len(kept) < mostGoroutines {
				kept[g] = true
			}
		}
	}
	for g := range lanes {
		if kept[g] {
			v.state.Goroutines = append(v.state.Goroutines, lanes[g])
		}
	}
	v.state.More = len(lanes) - len(v.state.Goroutines)
}

// lanes are all goroutines.
func (v *view) lanes() []Goroutine {
	lanes := make([]Goroutine, len(v.x.Goroutines))
	last := v.lastEvents()
	for g := range lanes {
		x := &v.x.Goroutines[g]
		lanes[g] = Goroutine{ID: x.ID, Name: v.name(g), Is: Aside, Does: words.StepAside, Place: place(x.Pos)}
		switch {
		case over(x, v.asks()):
			lanes[g].Is, lanes[g].Does = Over, ""
		case last[g] >= 0:
			v.stands(&lanes[g], last[g])
		}
	}
	for _, w := range trace.Waits(v.x) {
		if lanes[w.G].Is != Over {
			v.waits(&lanes[w.G], &w)
		}
	}
	for i := range v.x.Offers {
		if o := &v.x.Offers[i]; o.G >= 0 && lanes[o.G].Is != Can {
			c := v.choice(i)
			lanes[o.G].Is, lanes[o.G].Does, lanes[o.G].Why, lanes[o.G].From, lanes[o.G].By, lanes[o.G].Place = Can, c.Does, "", 0, "", c.Place
		}
	}
	return lanes
}

// over says whether a goroutine has ended, or will do nothing more.
func over(g *model.Goroutine, asks bool) bool {
	switch g.End {
	case model.Returned, model.DidPanic, model.DidExit:
		return true
	case model.WasCutOff:
		return !asks
	}
	return false
}

// stands says how one stands who did event i last.
func (v *view) stands(g *Goroutine, i int) {
	e := &v.x.Events[i]
	g.Place = place(e.Pos)
	switch e.Op {
	case event.Sleep:
		g.Is, g.Does, g.From = Waits, words.Does(words.ActOf(v.x, e, false)), v.stepN(i)
	case event.Outside:
		g.Is, g.Does, g.From = Waits, words.StepOutside, v.stepN(i)
	}
}

// waits says what one waits for, and who is in the way.
func (v *view) waits(g *Goroutine, w *model.Wait) {
	e := &v.x.Events[w.Event]
	g.Is, g.Does, g.From, g.Place = Waits, words.StepWaits(words.ActOf(v.x, e, true)), v.stepN(w.Event), place(e.Pos)
	switch {
	case len(w.For) > 0:
		g.Why = v.inTheWay(e, &w.For[0])
		if len(w.For) == 1 {
			g.By = v.x.Goroutines[w.For[0].G].ID
		}
	case e.Op == event.WaitWant && w.Count > 0:
		g.Why = words.StepCount(w.Count)
	}
}

func (v *view) inTheWay(e *model.Event, h *model.Hold) string {
	by, since := v.name(h.G), v.stepN(h.Event)
	if h.G == e.G {
		by = words.Itself
	}
	switch {
	case e.Op == event.OnceWant:
		return words.StepDoing(by, since)
	case h.Queued:
		return words.StepBehind(by, since)
	}
	return words.StepHeld(by, h.Reads, since)
}

// lastEvents is the index of the last event of each goroutine, -1 if it has none.
func (v *view) lastEvents() []int {
	last := make([]int, len(v.x.Goroutines))
	for g := range last {
		last[g] = -1
	}
	for i := range v.x.Events {
		if e := &v.x.Events[i]; e.Op != event.Name {
			last[e.G] = i
		}
	}
	return last
}
