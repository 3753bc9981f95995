package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// Sender is a channel about to be sent to: c <- v becomes rt.S(c).Send(site, v).
// The element type is the channel's, so v is converted as in a send statement.
type Sender[T any] struct{ c chan<- T }

// S prepares a send.
func S[T any](c chan<- T) Sender[T] { return Sender[T]{c} }

// Send is c <- v. A channel with room takes it without a "want".
func (c Sender[T]) Send(s uint32, v T) {
	if record.Ring == nil {
		c.c <- v
		return
	}
	if control.Active != nil {
		sendControlled(s, c.c, v)
		return
	}
	select {
	case c.c <- v:
	default:
		record.NoteValue(event.SendWant, 0, s, record.ChanAddr(c.c), record.ValueOf(&v))
		c.c <- v
	}
	record.NoteValue(event.Send, 0, s, record.ChanAddr(c.c), record.ValueOf(&v))
}

// Receiver is a channel about to be received from: <-c becomes rt.R(c).Recv(site).
type Receiver[T any] struct{ c <-chan T }

// R prepares a receive.
func R[T any](c <-chan T) Receiver[T] { return Receiver[T]{c} }

// Recv is <-c.
func (c Receiver[T]) Recv(s uint32) T {
	if record.Ring == nil {
		return <-c.c
	}
	v, _ := c.Recv2(s)
	return v
}

// Recv2 is v, ok := <-c.
func (c Receiver[T]) Recv2(s uint32) (v T, ok bool) {
	if record.Ring == nil {
		v, ok = <-c.c
		return
	}
	if control.Active != nil {
		return recvControlled(s, c.c)
	}
	select {
	case v, ok = <-c.c:
	default:
		record.Note(event.RecvWant, event.FlagNoValue, s, record.ChanAddr(c.c), 0)
		v, ok = <-c.c
	}
	if ok {
		record.NoteValue(event.Recv, 0, s, record.ChanAddr(c.c), record.ValueOf(&v))
	} else {
		record.Note(event.Recv, event.FlagClosed|event.FlagNoValue, s, record.ChanAddr(c.c), 0)
	}
	return
}

// Close is close(c).
func Close[T any](s uint32, c chan<- T) {
	if control.Active != nil {
		closeControlled(s, c)
		return
	}
	if record.Ring != nil {
		record.Note(event.Close, 0, s, record.ChanAddr(c), 0)
	}
	close(c)
}

// Len is len(c).
func Len[T any](s uint32, c <-chan T) int {
	if control.Active != nil {
		lookAtChannel(control.Active, s, control.ChannelAt(c))
	}
	return len(c)
}

// LenS is len(c) of a channel that can only be sent to.
func LenS[T any](s uint32, c chan<- T) int {
	if control.Active != nil {
		lookAtChannel(control.Active, s, control.ChannelAt(c))
	}
	return len(c)
}

// First begins a range over a channel:
//
//	for v := range ch {
//
// becomes
//
//	for c, v, ok := rt.R(ch).First(7); ok; v, ok = c.Recv2(7) {
func (c Receiver[T]) First(s uint32) (Receiver[T], T, bool) {
	v, ok := c.Recv2(s)
	return c, v, ok
}

// SendTo is c <- v, for a v with calls in it, and a c that is found, as in a
// send statement, once those calls returned.
func SendTo[T any](s uint32, c chan<- T, v T) { S(c).Send(s, v) }

func sendControlled[T any](s uint32, ch chan<- T, v T) {
	c := control.Active
	g := c.Enter()
	m := newComm(control.ChannelAt(ch), true, &v)
	for m.Announce(c, g, event.Send, s, m.Value()) {
		m.MayPanic(c, g, s)
		if m.Natively(func() bool { return trySend(ch, v) }) {
			m.Note(c, g, s, 0)
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
	for m.Announce(c, g, event.Recv, s, record.Value{Flags: event.FlagNoValue}) {
		if m.ByTimer() {
			*place, m.Ok = <-ch
		} else if !m.Natively(func() bool { return tryRecv(ch, place, &m.Ok) }) {
			continue
		}
		if m.Ok {
			m.Note(c, g, s, 0)
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

// lookAtChannel announces that g looks how much a channel holds.
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
