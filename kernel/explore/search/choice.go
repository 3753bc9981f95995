package search

// Choice is one decision: what can be done next. It is used again and again.
type Choice struct {
	Moves   []Move
	Current int // who made the last step; -1: nobody who could go on

	all []Access
}

// Begin forgets the moves.
func (c *Choice) Begin(current int) {
	c.Moves, c.all, c.Current = c.Moves[:0], c.all[:0], current
}

// Add adds a move.
func (c *Choice) Add(m Move, accesses ...Access) {
	m.first = len(c.all)
	c.all = append(c.all, accesses...)
	m.end = len(c.all)
	c.Moves = append(c.Moves, m)
}

func (c *Choice) accesses(m *Move) []Access { return c.all[m.first:m.end] }

// find returns the move that s is, nil if it is no longer one.
func (c *Choice) find(s sleeper) *Move {
	for i := range c.Moves {
		if m := &c.Moves[i]; m.Proc == s.proc && m.Key == s.key {
			return m
		}
	}
	return nil
}

// lastAccesses are those of the step made last.
func (h *History) lastAccesses() []Access {
	if len(h.steps) == 0 {
		return nil
	}
	return h.accs[h.steps[len(h.steps)-1].first:]
}
