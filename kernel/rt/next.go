package rt

import "threading101/kernel/event"

// next decides who has the next turn.
func (c *control) next() *g {
	for {
		if c.gate.open() {
			c.admit()
		}
		c.serveLibrary()
		if g := c.ahead(); g != nil {
			return g
		}
		c.due()
		switch n := len(c.ready); {
		case n == 0:
			c.rest()
			continue
		case n == 1:
			if g := c.ready[0]; g.fire == nil {
				return g
			}
		}
		if g := c.decide(); g.fire == nil {
			return g
		} else {
			c.ring(g)
		}
	}
}

// ahead returns one that must go on before anything is decided.
func (c *control) ahead() *g {
	if len(c.forward) == 0 {
		return nil
	}
	g := c.forward[0]
	copy(c.forward, c.forward[1:])
	c.forward = c.forward[:len(c.forward)-1]
	return g
}

// decide asks the source.
func (c *control) decide() *g {
	if len(c.ready) == 1 {
		return c.ready[0]
	}
	c.at.Step, c.at.Current = c.steps, 0
	if c.running != nil {
		c.at.Current = c.running.id
	}
	chosen := c.source.Choose(&c.at)
	c.checkReplay()
	return c.ready[chosen]
}

// rest is for when nobody can go on who is not tired: time passes, or the tired
// go on, or somebody comes in from outside; or the run is over.
func (c *control) rest() {
	switch {
	case len(c.alarms.all) > 0:
		c.advance()
	case len(c.tired) > 0:
		c.refresh()
	case c.expecting():
		c.waitForArrival()
	default:
		c.stuck()
	}
}

// stuck ends the run: nobody can go on, and nothing can change that.
func (c *control) stuck() {
	c.stop(event.StopDeadlock, 0, nil)
}
