package rt

import (
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
