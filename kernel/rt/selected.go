package rt

import "threading101/kernel/event"

// SelectedRecv is Selected for a case that received v; ok is false where the
// channel was closed and empty.
func SelectedRecv[T any](s uint32, i int, v T, ok bool) {
	if ring != nil {
		selectedRecv(s, i, ok, valueOf(&v))
	}
}

// SelectedDrop is Selected for a case that received a value nobody wants.
func SelectedDrop(s uint32, i int, ok bool) {
	if ring != nil {
		selectedRecv(s, i, ok, value{flags: event.FlagNoValue})
	}
}

//go:norace
func selectedRecv(s uint32, i int, ok bool, v value) {
	if ctl != nil {
		ctl.selected(s, i, v)
		return
	}
	if !ok {
		v = value{flags: event.FlagClosed | event.FlagNoValue}
	}
	g := cur()
	chosen := g.selectChosen(i)
	t := lock()
	put(t, g, event.Select, 0, s, chosen.c, uint64(i))
	flags, aux := v.put()
	put(t, g, event.Recv, flags|event.FlagSelect, s, chosen.c, aux)
	unlock()
}
