package search

// deed is what one step did to the counter of a wait group.
type deed struct {
	step int32
	site uint32
	n    int // added; what is taken away is below 0
}

// Adds is told, before the step touches the group, that p adds n to its counter, or
// takes away. Where in another order of the same steps there would be less than what
// is taken away, it matters when each of them is made: they become steps.
func (s *Search) Adds(p int, ord, site uint32, n int) {
	h := &s.History
	o := h.object(ord)
	o.deeds = append(o.deeds, deed{h.now(), site, n})
	if o.sum += n; o.sum < 0 {
		o.lacked = true
	}
	s.AboutToAdd(ord, site)
	if o.read || n > 0 && h.missed(p, o) {
		s.Watch(site)
	}
	if n >= 0 || !o.lacked && !h.mayLack(p, o) {
		return
	}
	for _, d := range o.deeds {
		if d.step == h.now() || !h.knows(p, d.step) {
			s.lack(d.site)
		}
	}
}

// ReadsGroup is told that somebody reads what a wait group holds: all that is done to
// it becomes steps.
func (s *Search) ReadsGroup(ord uint32) {
	o := s.History.object(ord)
	o.read = true
	for _, d := range o.deeds {
		s.Watch(d.site)
	}
}

// Waits is told that p waits for a group, or would next. Others may have added to it
// before, or not yet: that becomes a step.
func (s *Search) Waits(p int, ord uint32) {
	h := &s.History
	for _, d := range h.object(ord).deeds {
		if d.n > 0 && !h.steps[d.step].counted && !h.knows(p, d.step) {
			s.Watch(d.site)
		}
	}
}

// missed says whether somebody unknown to p has waited for a group.
func (h *History) missed(p int, o *object) bool {
	for _, e := range o.reads {
		if !h.knows(p, e) {
			return true
		}
	}
	return false
}

// AboutToAdd is told what somebody would have done to a group next. Where there has
// been too little in it, that might have been early enough, or one too many.
func (s *Search) AboutToAdd(ord, site uint32) {
	if s.History.object(ord).lacked {
		s.lack(site)
	}
}

// lack makes a step of what is done at a site with a group, from the next run on, and
// one that conflicts with what is done at others of them.
func (s *Search) lack(site uint32) {
	s.Watch(site)
	s.renew = mark(&s.lacks, site) || s.renew
}

// Lacks says whether that is known of a site.
func (s *Search) Lacks(site uint32) bool { return shows(s.lacks, site) }

// mayLack says whether the counter of a group could be below 0 after the step that p
// is making, if of the steps that p does not know of others were made before.
func (h *History) mayLack(p int, o *object) bool {
	left, lacks := 0, 0
	var unknown []deed
	for _, d := range o.deeds {
		switch {
		case d.step == h.now() || h.knows(p, d.step):
			left += d.n
		default:
			unknown = append(unknown, d)
			lacks -= min(d.n, 0)
		}
	}
	return len(unknown) > 0 && left < lacks && left < h.most(unknown)
}

// most is how much can be taken away by some of the steps, each with all that come
// before it: the closure of the greatest weight, which is what they take away, less
// a flow from those that take to those that add before them.
func (h *History) most(all []deed) (taken int) {
	f := flow{h: h, all: all, left: make([]int, len(all)), sent: make([][]int, len(all))}
	for i, d := range all {
		f.left[i], f.sent[i] = d.n, make([]int, len(all))
	}
	for i, d := range all {
		for range -d.n {
			if !f.augment(i, make([]bool, len(all))) {
				taken++
			}
		}
	}
	return taken
}

// flow is how much of what each step takes away was added by which step before it.
type flow struct {
	h    *History
	all  []deed
	left []int   // of what each has added
	sent [][]int // by who takes, and who adds
}

// augment finds one more that was added for step i, and says whether there is one.
func (f *flow) augment(i int, seen []bool) bool {
	for j, d := range f.all {
		if d.n <= 0 || seen[j] || !f.h.precedes(d.step, f.all[i].step) {
			continue
		}
		seen[j] = true
		if f.left[j] > 0 {
			f.left[j]--
			f.sent[i][j]++
			return true
		}
		for k := range f.all {
			if f.sent[k][j] > 0 && f.augment(k, seen) {
				f.sent[k][j]--
				f.sent[i][j]++
				return true
			}
		}
	}
	return false
}

// precedes says whether step a comes before step b wherever that is made.
func (h *History) precedes(a, b int32) bool {
	s := &h.steps[a]
	return h.clockOf(b)[s.proc] >= s.own
}
