package rt

import "threading101/kernel/event"

// A select stays a select:
//
//	rt.Selecting(site, 2)
//	select {
//	case v := <-rt.SelR(site, 0, in):
//		rt.Selected(site, 0)
//	case rt.SelS(site, 1, out) <- x:
//		rt.Selected(site, 1)
//	}
//
// Selecting, SelR and SelS have the same site, that of the statement; Selected
// has its own, that of the case. The sites of the cases follow the statement's.

// sel is a select that a goroutine is about to do, or a case of it.
type sel struct {
	site uint32
	i    int     // the case; -1 for the statement
	c    uintptr // its channel
	send bool
}

// maxSelects bounds what selects leave behind that were left by a panic.
const maxSelects = 256

// Selecting notes that the goroutine waits in a select with n cases.
//
//go:norace
func Selecting(s uint32, n int) {
	if ring == nil {
		return
	}
	if ctl != nil {
		ctl.selecting(s, n)
		return
	}
	more := cur().rare()
	if len(more.selects) > maxSelects {
		more.selects = more.selects[:0]
	}
	more.selects = append(more.selects, sel{site: s, i: -1})
	note(event.SelectWant, 0, s, 0, uint64(n))
}

// SelR is the channel of a receiving case.
func SelR[T any](s uint32, i int, c <-chan T) <-chan T {
	if ctl != nil {
		return selRecv(s, i, c)
	}
	if ring != nil {
		cur().selectCase(sel{s, i, chanAddr(c), false})
	}
	return c
}

// SelS is the channel of a sending case.
func SelS[T any](s uint32, i int, c chan<- T) chan<- T {
	if ctl != nil {
		return selSend(s, i, c)
	}
	if ring != nil {
		cur().selectCase(sel{s, i, chanAddr(c), true})
	}
	return c
}

// selectCase keeps a case of the select in hand. What lies above its statement
// was left there by a select that never chose, because of a panic.
//
//go:norace
func (g *routine) selectCase(c sel) {
	all := g.rare().selects
	n := len(all)
	for n > 0 && all[n-1].site != c.site {
		n--
	}
	if n > 0 {
		g.more.selects = append(all[:n], c)
	}
}

// Selected notes which case was chosen, and what was done with its channel.
//
//go:norace
func Selected(s uint32, i int) {
	if ring == nil {
		return
	}
	if ctl != nil {
		ctl.selected(s, i, value{})
		return
	}
	g := cur()
	chosen := g.selectChosen(i)
	t := lock()
	put(t, g, event.Select, 0, s, chosen.c, uint64(i))
	if chosen.c != 0 {
		op := event.Recv
		if chosen.send {
			op = event.Send
		}
		put(t, g, op, event.FlagSelect|event.FlagNoValue, s, chosen.c, 0)
	}
	unlock()
}

// selectChosen returns case i of the last select begun, and forgets that select. The
// default case has no channel.
//
//go:norace
func (g *routine) selectChosen(i int) (c sel) {
	all := g.rare().selects
	n := len(all) - 1
	for ; n >= 0 && all[n].i >= 0; n-- {
		if all[n].i == i {
			c = all[n]
		}
	}
	g.more.selects = all[:max(n, 0)]
	return c
}
