package rt

import (
	"unsafe"

	"threading101/kernel/event"
)

// Sender is a channel about to be sent to: c <- v becomes rt.S(c).Send(site, v).
// The element type is the channel's, so v is converted as in a send statement.
type Sender[T any] struct{ c chan<- T }

// S prepares a send.
func S[T any](c chan<- T) Sender[T] { return Sender[T]{c} }

// Send is c <- v. A channel with room takes it without a "want".
func (c Sender[T]) Send(s uint32, v T) {
	if ring == nil {
		c.c <- v
		return
	}
	if ctl != nil {
		sendControlled(s, c.c, v)
		return
	}
	select {
	case c.c <- v:
	default:
		noteValue(event.SendWant, 0, s, chanAddr(c.c), valueOf(&v))
		c.c <- v
	}
	noteValue(event.Send, 0, s, chanAddr(c.c), valueOf(&v))
}

// Receiver is a channel about to be received from: <-c becomes rt.R(c).Recv(site).
type Receiver[T any] struct{ c <-chan T }

// R prepares a receive.
func R[T any](c <-chan T) Receiver[T] { return Receiver[T]{c} }

// Recv is <-c.
func (c Receiver[T]) Recv(s uint32) T {
	if ring == nil {
		return <-c.c
	}
	v, _ := c.Recv2(s)
	return v
}

// Recv2 is v, ok := <-c.
func (c Receiver[T]) Recv2(s uint32) (v T, ok bool) {
	if ring == nil {
		v, ok = <-c.c
		return
	}
	if ctl != nil {
		return recvControlled(s, c.c)
	}
	select {
	case v, ok = <-c.c:
	default:
		note(event.RecvWant, event.FlagNoValue, s, chanAddr(c.c), 0)
		v, ok = <-c.c
	}
	if ok {
		noteValue(event.Recv, 0, s, chanAddr(c.c), valueOf(&v))
	} else {
		note(event.Recv, event.FlagClosed|event.FlagNoValue, s, chanAddr(c.c), 0)
	}
	return
}

// Close is close(c).
func Close[T any](s uint32, c chan<- T) {
	if ctl != nil {
		closeControlled(s, c)
		return
	}
	if ring != nil {
		note(event.Close, 0, s, chanAddr(c), 0)
	}
	close(c)
}

// chanAddr is where a channel lies; the same for all copies and directions of it.
func chanAddr[C any](c C) uintptr { return *(*uintptr)(unsafe.Pointer(&c)) }

// noteValue is note with a value.
//
//go:norace
func noteValue(op event.Op, flags uint8, s uint32, obj uintptr, v value) {
	g := cur()
	t := lock()
	more, aux := v.put()
	put(t, g, op, flags|more, s, obj, aux)
	unlock()
}

// Len is len(c).
func Len[T any](s uint32, c <-chan T) int {
	if ctl != nil {
		ctl.lookAt(s, chanPtr(c))
	}
	return len(c)
}

// LenS is len(c) of a channel that can only be sent to.
func LenS[T any](s uint32, c chan<- T) int {
	if ctl != nil {
		ctl.lookAt(s, chanPtr(c))
	}
	return len(c)
}
