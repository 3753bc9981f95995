package oracle

import "slices"

// Smaller are the programs with one statement less, with what a statement has in it
// in its place, or with less room in a channel.
func (p *Program) Smaller() (all []*Program) {
	add := func(change func(*Program)) {
		q := *p
		q.Room, q.After, q.Deadline = slices.Clone(p.Room), slices.Clone(p.After), slices.Clone(p.Deadline)
		change(&q)
		all = append(all, &q)
	}
	for _, body := range without(p.Body) {
		add(func(q *Program) { q.Body = body })
	}
	for i, room := range p.Room {
		if room > 0 && p.uses(i, onChannel...) {
			add(func(q *Program) { q.Room[i] = room - 1 })
		}
	}
	for i, do := range p.After {
		for _, less := range without(do) {
			add(func(q *Program) { q.After[i] = less })
		}
	}
	for i := range p.Deadline {
		if p.limited(i) {
			add(func(q *Program) { q.Deadline[i] = false })
		}
	}
	return all
}

// without is list with one statement less, larger ones first, or with a smaller one.
func without(list []Stmt) (all [][]Stmt) {
	put := func(i int, by ...Stmt) {
		all = append(all, slices.Concat(list[:i], by, list[i+1:]))
	}
	for i := range list {
		put(i)
	}
	for i, s := range list {
		for _, within := range [][]Stmt{s.Then, s.Else} {
			if len(within) > 0 && s.Op != Go && s.Op != GroupGo {
				put(i, within...)
			}
		}
		for _, less := range reduced(s) {
			put(i, less)
		}
	}
	return all
}

// reduced are smaller forms of a statement.
func reduced(s Stmt) (all []Stmt) {
	add := func(change func(*Stmt)) {
		less := s
		change(&less)
		all = append(all, less)
	}
	for _, then := range without(s.Then) {
		add(func(less *Stmt) { less.Then = then })
	}
	for _, other := range without(s.Else) {
		add(func(less *Stmt) { less.Else = other })
	}
	for i, c := range s.Cases {
		if len(s.Cases) > 1 {
			add(func(less *Stmt) { less.Cases = slices.Delete(slices.Clone(s.Cases), i, i+1) })
		}
		for _, one := range reduced(c) {
			add(func(less *Stmt) {
				less.Cases = slices.Clone(s.Cases)
				less.Cases[i] = one
			})
		}
	}
	if s.Op == Repeat && s.N > 1 {
		add(func(less *Stmt) { less.N-- })
	}
	if s.Op == GroupGo {
		add(func(less *Stmt) { less.Op = Go })
	}
	return all
}
