package rt

// group is all who announced an operation that each of them can do, or none:
// to lock one mutex. A thousand that wait for it are not asked one by one when
// it is unlocked, and again when one of them has it.
type group struct {
	all    []*g
	unsaid []*g // announced it when it could be done: that they wait is not recorded
	opened bool // it can be done
}

func (c *control) joinGroup(g *g, o *object) {
	g.at = len(o.group.all)
	o.group.all = append(o.group.all, g)
	if !g.pend.can(o.ptr) {
		c.want(g)
		return
	}
	o.group.unsaid = append(o.group.unsaid, g)
	c.openGroup(o)
}

func (c *control) leaveGroup(g *g, o *object) {
	all := o.group.all
	last := len(all) - 1
	moved := all[last]
	all[g.at], moved.at = moved, g.at
	all[last] = nil
	o.group.all = all[:last]
	g.at = -1
	if last == 0 {
		c.closeGroup(o)
		o.group.unsaid = o.group.unsaid[:0]
	}
}

// reconsiderGroup asks once for all.
func (c *control) reconsiderGroup(o *object) {
	if o.group.all[0].pend.can(o.ptr) {
		c.openGroup(o)
		return
	}
	c.closeGroup(o)
	for _, g := range o.group.unsaid {
		if g.at >= 0 && g.pend.obj == o && g.pend.can != nil {
			c.want(g)
		}
	}
	o.group.unsaid = o.group.unsaid[:0]
}

func (c *control) openGroup(o *object) {
	if !o.group.opened {
		o.group.opened = true
		c.open = append(c.open, o)
	}
}

func (c *control) closeGroup(o *object) {
	if !o.group.opened {
		return
	}
	o.group.opened = false
	for i, other := range c.open {
		if other == o {
			c.open = append(c.open[:i], c.open[i+1:]...)
			return
		}
	}
}
