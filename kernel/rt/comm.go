package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

func sendControlled[T any](s uint32, ch chan<- T, v T) {
	c := control.Active
	g := c.Enter()
	m := newComm(control.ChannelAt(ch), true, &v)
	for c.Communicate(g, event.Send, s, m, m.Value()) {
		c.MayPanic(g, m, s)
		if m.Natively(func() bool { return trySend(ch, v) }) {
			c.NoteComm(g, m, s, 0)
			c.Acted(g)
			c.Changed(m.Ch)
			break
		}
	}
	c.Leave(g)
}

func trySend[T any](ch chan<- T, v T) bool {
	select {
	case ch <- v:
		return true
	default:
		return false
	}
}

func tryRecv[T any](ch <-chan T, place *T, ok *bool) bool {
	select {
	case *place, *ok = <-ch:
		return true
	default:
		return false
	}
}

func recvControlled[T any](s uint32, ch <-chan T) (v T, ok bool) {
	c := control.Active
	g := c.Enter()
	place := new(T)
	m := newComm(control.ChannelAt(ch), false, place)
	for c.Communicate(g, event.Recv, s, m, record.Value{Flags: event.FlagNoValue}) {
		if m.ByTimer() {
			*place, m.Ok = <-ch
		} else if !m.Natively(func() bool { return tryRecv(ch, place, &m.Ok) }) {
			continue
		}
		if m.Ok {
			c.NoteComm(g, m, s, 0)
			c.Acted(g)
			c.Changed(m.Ch)
		} else {
			c.Note(g, event.Recv, event.FlagClosed|event.FlagNoValue, s, m.Ch, 0)
			g.Read(c.Object(m.Ch).Ord, c.Object(m.Ch).Version)
		}
		break
	}
	g.Pending.Comm = nil // or what was received would be kept until the next operation
	c.Leave(g)
	return *place, m.Ok
}

func newComm[T any](ch unsafe.Pointer, send bool, place *T) *control.Comm {
	return &control.Comm{
		Ch: ch, Send: send, Place: unsafe.Pointer(place),
		Move:  func(dst, src unsafe.Pointer) { *(*T)(dst) = *(*T)(src) },
		Value: func() record.Value { return record.ValueOf(place) },
	}
}

// lookAt announces that g looks how much a channel holds.
func lookAtChannel(c *control.Scheduler, s uint32, ch unsafe.Pointer) {
	g := c.Enter()
	c.Point(g, event.Look, s, ch)
	if ch != nil {
		o := c.Object(ch)
		g.Read(o.Ord, o.Version)
		c.Observer.Touches(g, o, event.TouchPeek)
	}
	c.Leave(g)
}

func closeControlled[T any](s uint32, ch chan<- T) {
	c := control.Active
	g := c.Enter()
	c.Point(g, event.Close, s, control.ChannelAt(ch))
	if ch != nil && c.Observed {
		c.Observer.Touches(g, c.Object(control.ChannelAt(ch)), event.TouchClose)
	}
	close(ch)
	c.Note(g, event.Close, 0, s, control.ChannelAt(ch), 0)
	c.Acted(g)
	c.Changed(control.ChannelAt(ch))
	c.Leave(g)
}
