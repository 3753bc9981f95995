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
		control.Selecting(control.Active, s, n)
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
		control.Selected(control.Active, s, i, record.Value{})
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
		control.Selected(control.Active, s, i, v)
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

// Decide is the channel of one more case, the last of a select, whose operand
// is therefore evaluated when those of all others are:
//
//	case <-rt.Decide(7, false): panic("unreachable")
//
// It is never ready. A scheduler decides here which case is chosen; site is that
// of the statement, orElse says that it has a default.
func Decide(s uint32, orElse bool) <-chan struct{} {
	if control.Active != nil {
		control.DecideCase(control.Active, s, orElse)
	}
	return nil
}

// A select that is controlled stays Go's own select, over stand-ins: channels
// with room for one value, none of them ready. Decide, evaluated when all
// operands are, chooses a case and makes its stand-in ready, and the first
// statement of that case does what is left to do. So the values of all operands,
// assignments to the left, and every break, goto and return are Go's own.

func selRecv[T any](s uint32, i int, ch <-chan T) <-chan T {
	stand, place := make(chan T, 1), new(T)
	k := control.Case{Comm: *newComm(control.ChannelAt(ch), false, place), Index: i}
	k.Receive = func(wait bool) (ok, done bool) {
		if wait {
			*place, ok = <-ch
			return ok, true
		}
		done = tryRecv(ch, place, &ok)
		return ok, done
	}
	k.Open = func(ok bool) {
		if ok {
			stand <- *place
		} else {
			close(stand)
		}
	}
	control.Operand(control.Active, s, k)
	return stand
}

func selSend[T any](s uint32, i int, ch chan<- T) chan<- T {
	stand, place := make(chan T, 1), new(T)
	stand <- *place
	k := control.Case{Comm: *newComm(control.ChannelAt(ch), true, place), Index: i}
	k.Open = func(bool) { <-stand }
	k.Sent = func() { *place = <-stand }
	k.Deliver = func() { ch <- *place }
	control.Operand(control.Active, s, k)
	return stand
}
