package picture

import (
	"slices"

	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// link says that one goroutine was waiting for what another held when the run ended.
type link struct {
	from, to int // lanes
	object   string
	says     string // "waits for mu, held by B"
	brief    string // "A → B: mu"
	where    string
	circle   bool // it is part of a circle
}

// mostLinks is how many links are drawn.
const mostLinks = 8

// chooseLinks finds the links of a deadlock or a leak, first those of the circle.
func (p *Picture) chooseLinks() {
	if !p.ForGood() || p.Bare {
		return
	}
	waits := p.Stuck()
	circle := trace.Circle(waits)
	for k, i := range circle {
		next := waits[circle[(k+1)%len(circle)]].G
		h := slices.IndexFunc(waits[i].For, func(h model.Hold) bool { return h.G == next })
		p.link(waits[i], waits[i].For[h], true)
	}
	for i, w := range waits {
		if !slices.Contains(circle, i) && len(w.For) > 0 {
			p.link(w, w.For[0], false)
		}
	}
}

func (p *Picture) link(w model.Wait, h model.Hold, circle bool) {
	from, to := p.laneOf[w.G], p.laneOf[h.G]
	if from < 0 || to < 0 || len(p.links) == mostLinks || w.Object < 0 {
		return
	}
	l := link{from: from, to: to, object: words.Plain(p.Execution.Objects[w.Object].Name, 24), where: p.Where(p.Execution.Events[w.Event].Pos), circle: circle}
	if l.says = words.WaitsOn(l.object, p.lanes[to].name, from == to); h.Queued {
		l.says = words.WaitsBehind(l.object, p.lanes[to].name)
	}
	l.brief = words.WaitsBrief(p.lanes[from].name, p.lanes[to].name, l.object)
	p.links = append(p.links, l)
}

// texts are what a link can be told by, the longest first.
func (p *Picture) texts(l *link) []string {
	return []string{p.lanes[l.from].name + " " + l.says, l.says, l.brief}
}
