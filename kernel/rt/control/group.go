package control

// group is all who announced an operation that each of them can do, or none:
// to lock one mutex. A thousand that wait for it are not asked one by one when
// it is unlocked, and again when one of them has it.
type Group struct {
	All    []*G
	unsaid []*G // announced it when it could be done: that they wait is not recorded
	opened bool // it can be done
}

func (c *Scheduler) joinGroup(g *G, o *Object) {
	g.at = len(o.Group.All)
	o.Group.All = append(o.Group.All, g)
	if !g.Pending.can(o.Ptr) {
		c.want(g)
		return
	}
	o.Group.unsaid = append(o.Group.unsaid, g)
	c.openGroup(o)
}

func (c *Scheduler) leaveGroup(g *G, o *Object) {
	all := o.Group.All
	last := len(all) - 1
	moved := all[last]
	all[g.at], moved.at = moved, g.at
	all[last] = nil
	o.Group.All = all[:last]
	g.at = -1
	if last == 0 {
		c.closeGroup(o)
		o.Group.unsaid = o.Group.unsaid[:0]
	}
}

// reconsiderGroup asks once for all.
func (c *Scheduler) reconsiderGroup(o *Object) {
	if o.Group.All[0].Pending.can(o.Ptr) {
		c.openGroup(o)
		return
	}
	c.closeGroup(o)
	for _, g := range o.Group.unsaid {
		if g.at >= 0 && g.Pending.WaitsOn == o && g.Pending.can != nil {
			c.want(g)
		}
	}
	o.Group.unsaid = o.Group.unsaid[:0]
}

func (c *Scheduler) openGroup(o *Object) {
	if !o.Group.opened {
		o.Group.opened = true
		c.Open = append(c.Open, o)
	}
}

func (c *Scheduler) closeGroup(o *Object) {
	if !o.Group.opened {
		return
	}
	o.Group.opened = false
	for i, other := range c.Open {
		if other == o {
			c.Open = append(c.Open[:i], c.Open[i+1:]...)
			return
		}
	}
}
