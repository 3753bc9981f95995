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

// has says whether this part is to go on at n.
func (s share) has(n *node) bool {
	return s.parts <= 1 || n.shared < topDecisions || s.owns(n.path)
}

func (s share) owns(path uint32) bool { return s.parts <= 1 || int(path>>8)%s.parts == s.part }

// counts says whether the run that was made counts for this part of the search. All
// make those that come to their end within the first decisions.
func (t *tree) counts() bool {
	if len(t.nodes) == 0 {
		return t.share.owns(0)
	}
	_, path := t.nodes[len(t.nodes)-1].below()
	return t.share.owns(path)
}

// below are shared and path of what comes after n.
func (n *node) below() (shared int, path uint32) {
	if n.shared == topDecisions || !n.branches() {
		return n.shared, n.path
	}
	return n.shared + 1, (n.path ^ uint32(n.proc)<<8 ^ n.key) * 0x9e3779b1
}

// branches says whether there was more than one way to go on.
func (n *node) branches() bool { return n.todo&(n.todo-1) != 0 }
