package picture

import (
	"slices"

	"threading101/kernel/render/walk"
	"threading101/kernel/words"
)

// follow fills in the rows.
func (p *Picture) follow() {
	f := walk.Follow(p.Run)
	next := 0
	for next < len(p.rows) && p.rows[next].to < 0 {
		p.snapshot(f, &p.rows[next])
		next++
	}
	for s := range p.Steps.List {
		if next < len(p.rows) && p.rows[next].kind == isStep && p.rows[next].from == s {
			p.describe(f, &p.rows[next])
		}
		f.Apply(&p.Steps.List[s])
		for next < len(p.rows) && p.rows[next].to <= s {
			p.snapshot(f, &p.rows[next])
			next++
		}
	}
}

// describe puts the step of a row in words.
func (p *Picture) describe(f *walk.Follower, r *row) {
	r.Telling = f.Describe(r.from, r.event)
	r.wrote = slices.IndexFunc(p.vars, func(v variable) bool {
		return v.object < 0 && p.world(r) != "" || v.object >= 0 && v.object == p.Execution.Events[r.event].Object
	})
}

// snapshot writes down how things stand after a row.
func (p *Picture) snapshot(f *walk.Follower, r *row) {
	r.state = make([]walk.State, len(p.lanes))
	for i, l := range p.lanes {
		r.state[i] = f.States[l.g]
	}
	r.held = make([]holding, len(p.locks))
	for i, l := range p.locks {
		if h := f.Holders[l.object]; len(h) > 0 {
			r.held[i] = holding{lane: p.laneOf[h[0]], who: f.HeldBy(l.object)}
			switch {
			case len(h) > 1 && p.headOfLock(l) == words.HeadLocked:
				r.held[i].who = words.LockedBy(len(h))
			case len(h) > 1:
				r.held[i].who = words.Readers(len(h))
			}
		}
	}
	r.values = make([]string, len(p.vars))
	for i, v := range p.vars {
		if v.object < 0 {
			r.values[i] = p.world(r)
		} else {
			r.values[i] = words.Plain(f.Values[v.object], 14)
		}
	}
}
