package search

// share is the part of a search that one of several processes makes. They try
// everything at the first decisions, each for itself; what lies below belongs to
// one of them, by what was decided there.
type share struct {
	part, parts int // parts is 0 if there is only one
}

// topDecisions is how many decisions come before the parts.
const topDecisions = 5

// top says whether n is one of the decisions at which everything is tried.
func (s share) top(n *node) bool { return s.parts > 1 && n.shared < topDecisions }

// has says whether what lies below n's decisions is this part's to try.
func (s share) has(n *node) bool {
	return s.parts <= 1 || n.shared < topDecisions || int(n.path>>8)%s.parts == s.part
}

// branches says whether there was more than one way to go on.
func (n *node) branches() bool { return n.todo&(n.todo-1) != 0 }
