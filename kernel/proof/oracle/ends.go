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

// Ends is how a program can end. A search must find all of Must, and nothing that is
// not in May.
type Ends struct {
	Must    map[End]bool // with what the kernel promises to be steps
	May     map[End]bool // with everything as a step: also where a goroutine ends, and what nobody else can see
	States  int
	Orders  float64 // how many sequences of steps there are; not counted where the program may go on for ever
	Endless bool    // it can come to where it never ends
	Circles bool    // it can come to a state again, and so go on for ever
}

// ErrLarge says that there are more states than may be visited.
var ErrLarge = errors.New("too many states")

// Ends visits every state of the program, at most so many: once with everything as a
// step, which also shows what races, and once with the steps that are promised.
func (p *Program) Ends(most int) (*Ends, error) {
	m := ready(p)
	m.fine, m.racing = true, map[access]bool{}
	may, err := m.ends(most)
	if err != nil {
		return nil, err
	}
	m.fine = false
	must, err := m.ends(most)
	if err == nil {
		must.May = may.Must
	}
	return must, err
}

// ends visits every state. Where everything is a step, it notes what races.
func (m *machine) ends(most int) (ends *Ends, err error) {
	defer func() {
		switch x := recover().(type) {
		case nil:
		case fault:
			err = x
		default:
			panic(x)
		}
	}()
	c := &checker{m: m, most: most, orders: map[string]float64{}, ends: &Ends{Must: map[End]bool{}}}
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
	most   int
	large  bool
	orders map[string]float64 // of each state: how many ways lead on; under way where -1
	ends   *Ends
	before map[string][]string // of states in a program with loops: from where one comes there
	over   []string            // states in which it ends
}

// visit follows all that can come after a state, and counts the ways.
func (c *checker) visit(r *run) float64 {
	c.m.look(r.state, r.end != "")
	if r.end != "" {
		c.ends.Must[End{r.end, r.out}] = true
		return 1
	}
	key := r.key()
	if n, known := c.orders[key]; known {
		c.ends.Circles = c.ends.Circles || n < 0
		return max(n, 0)
	}
	if c.large = c.large || len(c.orders) >= c.most; c.large {
		return 0
	}
	c.orders[key] = -1
	if c.m.fine {
		c.m.note(r.state)
	}
	n := 0.0
	moves := c.m.moves(r.state)
	if len(moves) == 0 {
		c.m.look(r.state, true)
		c.ends.Must[End{"deadlock", r.out}] = true
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
	case !c.m.loops:
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
	if !c.m.loops {
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
