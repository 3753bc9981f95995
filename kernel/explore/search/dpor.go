package search

// tree is a depth-first search: the decisions of the run under way, and at each
// of them what is still to be tried. Each run begins like the one before, and
// then does otherwise at the last decision where something is left.
type tree struct {
	h     *History
	nodes []node
	kind  treeKind
	fresh int  // decisions from here on are new
	most  int  // so many preemptions are allowed; -1: any number
	cut   bool // something was left out because of that
	share share
}

// treeKind says which of the alternatives are tried.
type treeKind uint8

const (
	sourceSets treeKind = iota // those that races ask for, and none that sleeps
	sleepSets                  // all but those that sleep
	allOrders                  // all
)

// node is one decision.
type node struct {
	moves   []Move
	enabled uint64 // the goroutines that can go on
	todo    uint64 // those to try
	asleep  []sleeper
	proc    int
	partner int
	key     uint32
	sign    uint64
	spent   int    // preemptions before this decision
	shared  int    // decisions before this one at which all parts of the search try everything
	path    uint32 // hash of what was decided at those
	stays   int    // the goroutine to leave which is one; -1: none
}

// sleeper is a move that was tried elsewhere, and would lead to nothing new.
type sleeper struct {
	proc int
	key  uint32
	ends bool // it conflicts with everything: the goroutine panicked before its next operation, or exited
}

func newTree(h *History, kind treeKind) *tree {
	t := &tree{h: h, kind: kind, most: -1}
	if kind == sourceSets {
		h.racing = t.race
	}
	return t
}

// planned returns the node of a decision that was made in an earlier run, nil if
// it is a new one.
func (t *tree) planned(depth int) *node {
	if depth < len(t.nodes) {
		return &t.nodes[depth]
	}
	return nil
}

// choose makes a new decision: the place of a move, or -1 if all sleep.
func (t *tree) choose(c *Choice) int {
	n := t.push()
	for _, m := range c.Moves {
		n.moves = append(n.moves, m)
		n.enabled |= 1 << m.Proc
	}
	if c.Current >= 0 && n.enabled>>c.Current&1 != 0 {
		n.stays = c.Current
	}
	if t.kind != allOrders {
		t.inherit(n, c)
	}
	i := n.first(c.Current)
	if i < 0 || !t.share.has(n) {
		t.nodes = t.nodes[:len(t.nodes)-1]
		return -1
	}
	n.take(&n.moves[i])
	if n.moves[i].Edge {
		n.stays = -1
	}
	n.want(1 << n.proc)
	if (t.kind != sourceSets || t.share.top(n)) && !n.moves[i].Edge {
		n.todo = t.allowed(n)
	}
	return i
}

// cost is 1 if it is a preemption to let p go on here.
func (n *node) cost(p int) int {
	if n.stays >= 0 && p != n.stays {
		return 1
	}
	return 0
}

// allowed are the goroutines that may go on with no more than the preemptions
// that are allowed.
func (t *tree) allowed(n *node) uint64 {
	if t.most < 0 || n.stays < 0 || n.spent < t.most {
		return n.enabled
	}
	t.cut = t.cut || n.enabled != 1<<n.stays
	return 1 << n.stays
}

// spent is the number of preemptions of the run that was made.
func (t *tree) spent() int {
	if len(t.nodes) == 0 {
		return 0
	}
	n := &t.nodes[len(t.nodes)-1]
	return n.spent + n.cost(n.proc)
}

// want adds goroutines to those to try; and with one that takes part in a move
// with another all who could do something with either of both.
func (n *node) want(procs uint64) {
	for procs &^= n.todo; procs != 0; procs &^= n.todo {
		n.todo |= procs
		var both uint64
		for i := range n.moves {
			if m := &n.moves[i]; m.Partner >= 0 && m.both()&procs != 0 {
				both |= m.both()
			}
		}
		for i := range n.moves {
			if m := &n.moves[i]; m.both()&both != 0 {
				procs |= 1 << m.Proc
			}
		}
	}
}

// both are those who take part in a move.
func (m *Move) both() uint64 {
	all := uint64(1) << m.Proc
	if m.Partner >= 0 {
		all |= 1 << m.Partner
	}
	return all
}

func (n *node) take(m *Move) {
	n.proc, n.partner, n.key, n.sign = m.Proc, m.Partner, m.Key, m.Sign
}

// push adds a node, with the memory of one that was here before.
func (t *tree) push() *node {
	d := len(t.nodes)
	if d < cap(t.nodes) {
		t.nodes = t.nodes[:d+1]
	} else {
		t.nodes = append(t.nodes, node{})
	}
	n := &t.nodes[d]
	*n = node{moves: n.moves[:0], asleep: n.asleep[:0], partner: -1, stays: -1}
	if d > 0 {
		before := &t.nodes[d-1]
		n.spent = before.spent + before.cost(before.proc)
		n.shared, n.path = before.below()
	}
	return n
}

// inherit keeps asleep what slept at the decision before, unless the step made
// since has to do with it.
func (t *tree) inherit(n *node, c *Choice) {
	d := len(t.nodes) - 1
	if d == 0 {
		return
	}
	before := &t.nodes[d-1]
	made := t.h.lastAccesses()
	for _, s := range before.asleep {
		if s.proc == before.proc || s.proc == before.partner || s.ends {
			continue
		}
		if m := c.find(s); m != nil && !dependent(made, c.accesses(m)) {
			n.asleep = append(n.asleep, s)
		}
	}
}

// isGlobal says whether a step of the run that was made conflicts with everything.
// That a goroutine is going to panic is not known before its step is made.
func (h *History) isGlobal(step int) bool {
	if step >= len(h.steps) {
		return false // the run was given up before
	}
	end := len(h.accs)
	if step+1 < len(h.steps) {
		end = h.steps[step+1].first
	}
	for _, a := range h.accs[h.steps[step].first:end] {
		if a.Kind == Global {
			return true
		}
	}
	return false
}

func (n *node) sleeps(m *Move) bool {
	for _, s := range n.asleep {
		if s.proc == m.Proc && s.key == m.Key {
			return true
		}
	}
	return false
}

// first returns the move to try first: what is only an edge; or else that of the
// goroutine that made the last step, or of the oldest.
func (n *node) first(current int) int {
	best, rank := -1, 0
	for i := range n.moves {
		m := &n.moves[i]
		r := 1
		switch {
		case n.sleeps(m):
			continue
		case m.Edge && m.Proc == current:
			r = 4
		case m.Edge:
			r = 3
		case m.Proc == current:
			r = 2
		}
		if r > rank || r == rank && m.Proc < n.moves[best].Proc {
			best, rank = i, r
		}
	}
	return best
}

// next goes on to the next run, and says whether there is one.
func (t *tree) next() bool {
	for d := len(t.nodes) - 1; d >= 0; d-- {
		n := &t.nodes[d]
		n.asleep = append(n.asleep, sleeper{n.proc, n.key, t.h.isGlobal(d)})
		for i := range n.moves {
			if m := &n.moves[i]; n.todo>>m.Proc&1 != 0 && !n.sleeps(m) {
				n.take(m)
				t.nodes, t.fresh = t.nodes[:d+1], d
				return true
			}
		}
		t.nodes = t.nodes[:d]
	}
	return false
}

// race is told that step e conflicts with the step of x that is being made, or
// that x is about to make, and that no other order keeps them so. The other way
// round is another class: something that leads there is to be tried before e.
// It says whether x itself could have gone on there.
func (t *tree) race(e int32, x int) (could bool) {
	h := t.h
	end := len(h.steps)
	if h.open {
		end--
	}
	if len(t.nodes) == 0 {
		return true
	}
	if int(e) >= len(t.nodes) {
		e = int32(len(t.nodes) - 1) // main's end, which nobody decides if all others have ended: what comes before it
	}
	n := &t.nodes[e]
	could = n.procsOf(1<<x) != 0
	if end < t.fresh {
		return could // it was seen in an earlier run
	}
	all := t.initials(e, x, end)
	if could && h.open && !n.offers(x, &t.nodes[len(t.nodes)-1]) {
		all &^= 1 << x // not by what it does now; what else it could have done there is tried as well
		n.tryOne(n.procsOf(1 << x))
	}
	can := all & n.enabled // what they can do themselves is not what others can do with them
	if can == 0 {
		can = n.procsOf(all)
	}
	switch {
	case can != 0:
		n.tryOne(can)
	case !could || all != 0:
		n.todo |= n.enabled
	}
	return could
}

// tryOne adds one of some goroutines to those to try, unless one of them is, or was.
func (n *node) tryOne(can uint64) {
	if can&(n.todo|n.sleeping()) == 0 {
		n.want(can & -can)
	}
}

// offers says whether what x does, as was decided at another node, was an alternative
// here. Of who only takes part it is not asked.
func (n *node) offers(x int, made *node) bool {
	if x != made.proc {
		return true
	}
	for i := range n.moves {
		if m := &n.moves[i]; m.Proc == x && m.Key == made.key {
			return true
		}
	}
	return false
}

// initials are the goroutines that could be first after what came before e, if
// e and all that follows it were left out, and then x went on.
func (t *tree) initials(e int32, x, end int) (all uint64) {
	h := t.h
	var firsts [MaxProcs]int32
	at := &h.steps[e]
	var seen uint64
	for k := int(e) + 1; k < end; k++ {
		s := &h.steps[k]
		c := h.clocks.at(s.clock)
		if c[at.proc] >= at.own {
			continue // it follows e
		}
		bit := uint64(1) << s.proc
		if seen&bit != 0 {
			continue
		}
		if alone(c, &firsts, seen) {
			all |= bit
		}
		firsts[s.proc] = s.own
		seen |= bit
	}
	if seen>>x&1 == 0 && alone(h.before(x), &firsts, seen) {
		all |= 1 << x
	}
	return all
}

// alone says whether none of the first steps of others comes before c.
func alone(c clock, firsts *[MaxProcs]int32, seen uint64) bool {
	for p := 0; seen != 0; p++ {
		if seen&1 != 0 && c[p] >= firsts[p] {
			return false
		}
		seen >>= 1
	}
	return true
}

// procsOf returns those of some goroutines, or of those whose steps they take
// part in, that could go on here.
func (n *node) procsOf(all uint64) uint64 {
	can := all & n.enabled
	for i := range n.moves {
		if m := &n.moves[i]; m.Partner >= 0 && all>>m.Partner&1 != 0 {
			can |= 1 << m.Proc
		}
	}
	return can
}

// sleeping are the goroutines of which all moves sleep, those of others in which they take
// part among them.
func (n *node) sleeping() uint64 {
	awake := uint64(0)
	for i := range n.moves {
		if m := &n.moves[i]; !n.sleeps(m) {
			awake |= m.both()
		}
	}
	return n.enabled &^ awake
}
