package rt

import (
	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// SelectedRecv is Selected for a case that received v; ok is false where the
// channel was closed and empty.
func SelectedRecv[T any](s uint32, i int, v T, ok bool) {
	if record.Ring != nil {
		selectedRecv(s, i, ok, record.ValueOf(&v))
	}
}

// SelectedDrop is Selected for a case that received a value nobody wants.
func SelectedDrop(s uint32, i int, ok bool) {
	if record.Ring != nil {
		selectedRecv(s, i, ok, record.Value{Flags: event.FlagNoValue})
	}
}

//go:norace
func selectedRecv(s uint32, i int, ok bool, v record.Value) {
	if control.Active != nil {
		control.Active.Selected(s, i, v)
		return
	}
	if !ok {
		v = record.Value{Flags: event.FlagClosed | event.FlagNoValue}
	}
	g := record.Current()
	chosen := g.SelectChosen(i)
	t := record.Lock()
	record.Put(t, g, event.Select, 0, s, chosen.C, uint64(i))
	flags, aux := v.Put()
	record.Put(t, g, event.Recv, flags|event.FlagSelect, s, chosen.C, aux)
	record.Unlock()
}
