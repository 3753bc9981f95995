package control

// group is all who announced an operation that each of them can do, or none:
// to lock one mutex. A thousand that wait for it are not asked one by one when
// it is unlocked, and again when one of them has it.
type Group struct {
	All    []*G
	unsaid []*G // announced it when it could be done: that they wait is not recorded
	opened bool // it can be done
}

func (o *Object) joinGroup(c *Scheduler, g *G) {
	g.at = len(o.Group.All)
	o.Group.All = append(o.Group.All, g)
	if !g.Pending.can(o.Ptr) {
		c.want(g)
		return
	}
	o.Group.unsaid = append(o.Group.unsaid, g)
	o.openGroup(c)
}

func (o *Object) leaveGroup(c *Scheduler, g *G) {
	all := o.Group.All
	last := len(all) - 1
	moved := all[last]
	all[g.at], moved.at = moved, g.at
	all[last] = nil
	o.Group.All = all[:last]
	g.at = -1
	if last == 0 {
		o.closeGroup(c)
		o.Group.unsaid = o.Group.unsaid[:0]
	}
}

// reconsiderGroup asks once for all.
func (o *Object) reconsiderGroup(c *Scheduler) {
	if o.Group.All[0].Pending.can(o.Ptr) {
		o.openGroup(c)
		return
	}
	o.closeGroup(c)
	for _, g := range o.Group.unsaid {
		if g.at >= 0 && g.Pending.WaitsOn == o && g.Pending.can != nil {
			c.want(g)
		}
	}
	o.Group.unsaid = o.Group.unsaid[:0]
}

func (o *Object) openGroup(c *Scheduler) {
	if !o.Group.opened {
		o.Group.opened = true
		c.Open = append(c.Open, o)
	}
}

func (o *Object) closeGroup(c *Scheduler) {
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
