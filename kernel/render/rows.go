package render

import (
	"slices"

	"threading101/kernel/words"
)

// follow fills in the rows.
func (p *picture) follow() {
	f := newFollower(p.tale)
	next := 0
	for next < len(p.rows) && p.rows[next].to < 0 {
		p.snapshot(f, &p.rows[next])
		next++
	}
	for s := range p.steps.List {
		if next < len(p.rows) && p.rows[next].kind == isStep && p.rows[next].from == s {
			p.describe(f, &p.rows[next])
		}
		f.apply(&p.steps.List[s])
		for next < len(p.rows) && p.rows[next].to <= s {
			p.snapshot(f, &p.rows[next])
			next++
		}
	}
}

// describe puts the step of a row in words.
func (p *picture) describe(f *follower, r *row) {
	r.telling = f.describe(r.from, r.event)
	r.wrote = slices.IndexFunc(p.vars, func(v variable) bool { return v.object == p.ex.Events[r.event].Object })
}

// snapshot writes down how things stand after a row.
func (p *picture) snapshot(f *follower, r *row) {
	r.state = make([]state, len(p.lanes))
	for i, l := range p.lanes {
		r.state[i] = f.state[l.g]
	}
	r.held = make([]holding, len(p.locks))
	for i, l := range p.locks {
		if h := f.holders[l.object]; len(h) > 0 {
			r.held[i] = holding{lane: p.laneOf[h[0]], who: f.who(l.object)}
			if len(h) > 1 {
				r.held[i].who = words.Readers(len(h))
			}
		}
	}
	r.values = make([]string, len(p.vars))
	for i, v := range p.vars {
		r.values[i] = words.Plain(f.value[v.object], 14)
	}
}
