package oracle

import (
	"errors"
	"fmt"
)

// End is one way to end: how, in package trace's words, and what was printed until
// then.
type End struct {
	Status, Output string
}

// String is as tests show it.
func (e End) String() string { return fmt.Sprintf("%s %q", e.Status, e.Output) }

// Ends is how a program can end.
type Ends struct {
	All     map[End]bool
	States  int
	Orders  float64 // how many sequences of steps there are; not counted where the program may go on for ever
	Endless bool    // it can come to where it never ends
}

// ErrLarge says that there are more states than may be visited.
var ErrLarge = errors.New("too many states")

// Ends visits every state of the program, at most so many: once with all accesses to
// memory as steps, to see which race, and once more with those that do.
func (p *Program) Ends(most int) (*Ends, error) {
	m := ready(p)
	found := map[access]bool{}
	if _, err := m.ends(most, found); err != nil {
		return nil, err
	}
	m.racing = found
	return m.ends(most, nil)
}

// ends visits every state, and notes which accesses race.
func (m *machine) ends(most int, races map[access]bool) (ends *Ends, err error) {
	defer func() {
		switch x := recover().(type) {
		case nil:
		case fault:
			err = x
		default:
			panic(x)
		}
	}()
	c := &checker{m: m, races: races, most: most, orders: map[string]float64{}, ends: &Ends{All: map[End]bool{}}}
	r := &run{state: c.m.first(), m: c.m}
	r.settle(0)
	c.ends.Orders = c.visit(r)
	if c.large {
		return nil, ErrLarge
	}
	c.ends.States = len(c.orders)
	c.ends.Endless = c.endless()
	return c.ends, nil
}

// checker visits states.
type checker struct {
	m      *machine
	races  map[access]bool
	most   int
	large  bool
	orders map[string]float64 // of each state: how many ways lead on; under way where -1
	ends   *Ends
	before map[string][]string // of states in a program with loops: from where one comes there
	over   []string            // states in which it ends
}

// visit follows all that can come after a state, and counts the ways.
func (c *checker) visit(r *run) float64 {
	if r.end != "" {
		c.ends.All[End{r.end, r.out}] = true
		return 1
	}
	key := r.key()
	if n, known := c.orders[key]; known {
		return n
	}
	if c.large = c.large || len(c.orders) >= c.most; c.large {
		return 0
	}
	c.orders[key] = -1
	if c.races != nil {
		c.m.note(r.state, c.races)
	}
	n := 0.0
	moves := c.m.moves(r.state)
	if len(moves) == 0 {
		c.ends.All[End{"deadlock", r.out}] = true
		c.ended(key)
		n = 1
	}
	for _, v := range moves {
		next := c.m.after(r.state, v)
		n += c.visit(next)
		c.link(key, next)
	}
	c.orders[key] = n
	return n
}

// ended and link keep what is needed to find where a program never ends.
func (c *checker) ended(key string) { c.over = append(c.over, key) }

func (c *checker) link(from string, r *run) {
	switch {
	case !c.m.p.Loops():
	case r.end != "":
		c.ended(from)
	default:
		if c.before == nil {
			c.before = map[string][]string{}
		}
		to := r.key()
		c.before[to] = append(c.before[to], from)
	}
}

// endless says whether there is a state from which no end can be reached.
func (c *checker) endless() bool {
	if !c.m.p.Loops() {
		return false
	}
	reached := map[string]bool{}
	for list := c.over; len(list) > 0; {
		last := list[len(list)-1]
		list = list[:len(list)-1]
		if !reached[last] {
			reached[last] = true
			list = append(list, c.before[last]...)
		}
	}
	return len(reached) < len(c.orders)
}
