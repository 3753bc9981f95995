package render

import (
	"cmp"
	"slices"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// chooseLanes picks the goroutines that get a lane: all of them if they are
// few; else main, and those that matter most.
func (p *picture) chooseLanes(most int) { p.drawFirst(most, inCircle) }

// chooseColumnLanes does it where there is room for fewer: there main makes way
// for those who are at the heart of a fault.
func (p *picture) chooseColumnLanes(most int) { p.drawFirst(most, isMain) }

// drawFirst gives lanes to those that matter most, in the order in which they
// were created. Main has at least the rank that is given.
func (p *picture) drawFirst(most, main int) {
	p.laneOf = slices.Repeat([]int{-1}, len(p.ex.Goroutines))
	drawn := make([]int, len(p.laneOf))
	for g := range drawn {
		drawn[g] = g
	}
	if len(drawn) > most {
		rank := p.matters(main)
		slices.SortStableFunc(drawn, func(a, b int) int { return cmp.Compare(rank[a], rank[b]) })
		drawn = drawn[:most]
		slices.Sort(drawn)
	}
	for i, g := range drawn {
		p.laneOf[g] = i
		p.lanes = append(p.lanes, lane{g: g, name: p.name(g), created: -1, first: -1})
	}
}

// The ranks of goroutines, by how much they matter.
const (
	inCircle = iota // each waits for the next
	atHeart         // of another fault, or named in the explanation
	isStuck         // or lost an update
	isMain
	isCutOff
	isOther
)

// matters ranks the goroutines, main at least as is given.
func (p *picture) matters(main int) []int {
	rank := slices.Repeat([]int{isOther}, len(p.ex.Goroutines))
	better := func(g, level int) {
		if g >= 0 && g < len(rank) && rank[g] > level {
			rank[g] = level
		}
	}
	better(0, main)
	for g := range rank {
		switch p.ex.Goroutines[g].End {
		case model.DidPanic, model.DidExit:
			better(g, atHeart)
		case model.WasBlocked:
			better(g, isStuck)
		case model.WasCutOff:
			better(g, isCutOff)
		}
	}
	for _, w := range p.circle() {
		better(w.G, inCircle)
	}
	for _, w := range p.stuck() {
		for _, h := range w.For {
			better(h.G, atHeart)
		}
	}
	for _, r := range p.ex.Races {
		for _, a := range []model.Access{r.A, r.B} {
			if a.Event >= 0 && a.Event < len(p.ex.Events) {
				better(p.ex.Events[a.Event].G, atHeart)
			}
		}
	}
	for i := range p.ex.Events {
		if p.ex.Events[i].Stale {
			better(p.ex.Events[i].G, isStuck)
		}
	}
	for g, named := range p.named() {
		if named {
			better(g, atHeart)
		}
	}
	return rank
}

// stuck are the waits that never ended.
func (p *picture) stuck() []model.Wait {
	return slices.DeleteFunc(trace.Waits(p.ex), func(w model.Wait) bool { return p.ex.Goroutines[w.G].End != model.WasBlocked })
}

// circle are those of them in which each waits for the next.
func (p *picture) circle() []model.Wait {
	var circle []model.Wait
	waits := p.stuck()
	for _, i := range trace.Circle(waits) {
		circle = append(circle, waits[i])
	}
	return circle
}

// named are the goroutines that the explanation names.
func (p *picture) named() []bool {
	said := strings.Join(p.ex.Explanation, " ")
	who := make([]bool, len(p.ex.Goroutines))
	for g := range who {
		who[g] = mentions(said, p.name(g))
	}
	return who
}

// name is a goroutine's name as it may be shown.
func (p *picture) name(g int) string {
	if g < 0 || g >= len(p.ex.Goroutines) {
		return ""
	}
	name := words.Name(p.ex.Goroutines[g].Name)
	if name == "" {
		return words.Name(p.ex.Goroutines[g].ID)
	}
	return name
}
