package rt

import (
	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

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

// Selecting notes that the goroutine waits in a select with n cases.
//
//go:norace
func Selecting(s uint32, n int) {
	if record.Ring == nil {
		return
	}
	if control.Active != nil {
		control.Active.Selecting(s, n)
		return
	}
	more := record.Current().NeedExtra()
	if len(more.Selects) > record.MaxSelects {
		more.Selects = more.Selects[:0]
	}
	more.Selects = append(more.Selects, record.Case{Site: s, I: -1})
	record.Note(event.SelectWant, 0, s, 0, uint64(n))
}

// SelR is the channel of a receiving case.
func SelR[T any](s uint32, i int, c <-chan T) <-chan T {
	if control.Active != nil {
		return selRecv(s, i, c)
	}
	if record.Ring != nil {
		record.Current().SelectCase(record.Case{Site: s, I: i, C: record.ChanAddr(c), Send: false})
	}
	return c
}

// SelS is the channel of a sending case.
func SelS[T any](s uint32, i int, c chan<- T) chan<- T {
	if control.Active != nil {
		return selSend(s, i, c)
	}
	if record.Ring != nil {
		record.Current().SelectCase(record.Case{Site: s, I: i, C: record.ChanAddr(c), Send: true})
	}
	return c
}

// Selected notes which case was chosen, and what was done with its channel.
//
//go:norace
func Selected(s uint32, i int) {
	if record.Ring == nil {
		return
	}
	if control.Active != nil {
		control.Active.Selected(s, i, record.Value{})
		return
	}
	g := record.Current()
	chosen := g.SelectChosen(i)
	t := record.Lock()
	record.Put(t, g, event.Select, 0, s, chosen.C, uint64(i))
	if chosen.C != 0 {
		op := event.Recv
		if chosen.Send {
			op = event.Send
		}
		record.Put(t, g, op, event.FlagSelect|event.FlagNoValue, s, chosen.C, 0)
	}
	record.Unlock()
}
