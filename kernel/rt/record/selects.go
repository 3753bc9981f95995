package record

// Case is a select that a goroutine is about to do, or a case of it.
type Case struct {
	Site uint32
	I    int     // the case; -1 for the statement
	C    uintptr // its channel
	Send bool
}

// MaxSelects bounds what selects leave behind that were left by a panic.
const MaxSelects = 256

// SelectCase keeps a case of the select in hand. What lies above its statement
// was left there by a select that never chose, because of a panic.
//
//go:norace
func (g *G) SelectCase(c Case) {
	all := g.NeedExtra().Selects
	n := len(all)
	for n > 0 && all[n-1].Site != c.Site {
		n--
	}
	if n > 0 {
		g.Extra.Selects = append(all[:n], c)
	}
}

// SelectChosen returns case i of the last select begun, and forgets that select. The
// default case has no channel.
//
//go:norace
func (g *G) SelectChosen(i int) (c Case) {
	all := g.NeedExtra().Selects
	n := len(all) - 1
	for ; n >= 0 && all[n].I >= 0; n-- {
		if all[n].I == i {
			c = all[n]
		}
	}
	g.Extra.Selects = all[:max(n, 0)]
	return c
}
