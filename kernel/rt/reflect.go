package rt

import (
	"reflect"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// Channels whose types only package reflect knows are used as any other:
//
//	reflect.Select(cases)   becomes   rt.ReflectSelect(7, cases)
//	v.Send(x)               becomes   rt.ReflectSend(7, v, x)
//
// Whatever package reflect would refuse with a panic is left to it.

// ReflectSelect is reflect.Select(cases).
func ReflectSelect(s uint32, cases []reflect.SelectCase) (chosen int, recv reflect.Value, ok bool) {
	switch {
	case record.Ring == nil || !selectable(cases):
		return reflect.Select(cases)
	case control.Active != nil:
		return reflectSelectControlled(control.Active, s, cases)
	}
	record.Note(event.SelectWant, 0, s, 0, uint64(len(cases)))
	chosen, recv, ok = reflect.Select(cases)
	noteReflect(s, &cases[chosen], chosen, recv, ok)
	return chosen, recv, ok
}

// noteReflect notes what a select of a real run did.
//
//go:norace
func noteReflect(s uint32, k *reflect.SelectCase, i int, recv reflect.Value, ok bool) {
	g := record.Current()
	t := record.Lock()
	defer record.Unlock()
	if k.Dir == reflect.SelectDefault {
		record.Put(t, g, event.Select, 0, s, 0, uint64(i))
		return
	}
	ch, op, v := uintptr(k.Chan.UnsafePointer()), event.Send, record.Value{Flags: event.FlagNoValue}
	if k.Dir == reflect.SelectRecv {
		op = event.Recv
		if v.Flags |= event.FlagClosed; ok {
			v = valueIn(recv)
		}
	}
	record.Put(t, g, event.Select, 0, s, ch, uint64(i))
	flags, aux := v.Put()
	record.Put(t, g, op, flags|event.FlagSelect, s, ch, aux)
}

// selectable reports whether package reflect would accept the cases.
func selectable(cases []reflect.SelectCase) bool {
	orElse := 0
	for _, k := range cases {
		switch k.Dir {
		case reflect.SelectDefault:
			orElse++
			if k.Chan.IsValid() || k.Send.IsValid() {
				return false
			}
		case reflect.SelectRecv:
			if k.Send.IsValid() || k.Chan.IsValid() && !isChan(k.Chan, reflect.RecvDir) {
				return false
			}
		case reflect.SelectSend:
			if k.Chan.IsValid() && !sendable(k.Chan, k.Send) {
				return false
			}
		default:
			return false
		}
	}
	return orElse < 2 && len(cases) <= maxReflectCases
}

// maxReflectCases is how many package reflect allows.
const maxReflectCases = 65536

func isChan(v reflect.Value, dir reflect.ChanDir) bool {
	return v.Kind() == reflect.Chan && v.Type().ChanDir()&dir != 0 && v.CanInterface()
}

func sendable(ch, x reflect.Value) bool {
	return isChan(ch, reflect.SendDir) && x.IsValid() && x.CanInterface() && x.Type().AssignableTo(ch.Type().Elem())
}

func reflectSelectControlled(c *control.Scheduler, s uint32, cases []reflect.SelectCase) (int, reflect.Value, bool) {
	control.Selecting(c, s, len(cases))
	orElse := control.DefaultCase
	for i, k := range cases {
		if k.Dir == reflect.SelectDefault {
			orElse = i
			continue
		}
		control.Operand(c, s, reflectCase(i, k))
	}
	g := c.Enter()
	g.Selection(s).Apart = true
	control.DecideCase(c, s, orElse != control.DefaultCase)
	sel := g.Chosen
	if sel.Decided == control.DefaultCase {
		control.Selected(c, s, orElse, record.Value{})
		return orElse, reflect.Value{}, false
	}
	k := &sel.Cases[sel.Decided]
	if k.Send {
		control.Selected(c, s, k.Index, record.Value{})
		return k.Index, reflect.Value{}, false
	}
	control.Selected(c, s, k.Index, k.Value())
	return k.Index, placed(cases[k.Index].Chan, k.Place), k.Ok
}

// tryReflect receives into a place unless it would have to wait.
func tryReflect(ch, place reflect.Value) (ok, done bool) {
	v, ok := ch.TryRecv()
	if v.IsValid() { // a value, or the end of a closed channel
		place.Set(v)
	}
	return ok, v.IsValid()
}

// placed is what was received into a place.
func placed(ch reflect.Value, place unsafe.Pointer) reflect.Value {
	return reflect.NewAt(ch.Type().Elem(), place).Elem()
}

// reflectCase is a case of a select. One without a channel can never be done.
func reflectCase(i int, k reflect.SelectCase) control.Case {
	one := control.Case{Index: i, Open: func(bool) {}, Sent: func() {}}
	if one.Send = k.Dir == reflect.SelectSend; !k.Chan.IsValid() {
		return one
	}
	one.Comm = *reflectComm(k.Chan, one.Send, k.Send)
	place := reflect.NewAt(k.Chan.Type().Elem(), one.Place).Elem()
	one.Receive = func(wait bool) (ok, done bool) {
		if wait {
			v, ok := k.Chan.Recv()
			place.Set(v)
			return ok, true
		}
		return tryReflect(k.Chan, place)
	}
	one.Deliver = func() { k.Chan.Send(place) }
	return one
}

// reflectComm is a send of x, or a receive.
func reflectComm(ch reflect.Value, send bool, x reflect.Value) *control.Comm {
	elem := ch.Type().Elem()
	at := func(p unsafe.Pointer) reflect.Value { return reflect.NewAt(elem, p).Elem() }
	place := reflect.New(elem)
	if send {
		place.Elem().Set(x)
	}
	return &control.Comm{
		Ch: ch.UnsafePointer(), Send: send, Place: place.UnsafePointer(),
		Move:  func(dst, src unsafe.Pointer) { at(dst).Set(at(src)) },
		Value: func() record.Value { return valueIn(place.Elem()) },
	}
}

// valueIn is what a record says of a value of whatever type; see valueOf.
func valueIn(v reflect.Value) record.Value {
	if v.Type() == reflect.TypeFor[string]() {
		return record.Value{Text: v.String(), Flags: event.FlagText}
	}
	p := reflect.New(v.Type())
	p.Elem().Set(v)
	switch at := p.UnsafePointer(); v.Type().Size() {
	case 1:
		return record.ValueOf((*int8)(at))
	case 2:
		return record.ValueOf((*int16)(at))
	case 4:
		return record.ValueOf((*int32)(at))
	case 8:
		return record.ValueOf((*int64)(at))
	}
	return record.Value{Flags: event.FlagNoValue}
}

// ReflectSend is v.Send(x).
func ReflectSend(s uint32, v, x reflect.Value) {
	if control.Active == nil || !sendable(v, x) {
		v.Send(x)
		return
	}
	c := control.Active
	g := c.Enter()
	m := reflectComm(v, true, x)
	for m.Announce(c, g, event.Send, s, m.Value()) {
		m.MayPanic(c, g, s)
		if m.Natively(func() bool { return v.TrySend(x) }) {
			m.Note(c, g, s, 0)
			c.Acted(g)
			c.Changed(m.Ch)
			break
		}
	}
	c.Leave(g)
}

// ReflectRecv is v.Recv().
func ReflectRecv(s uint32, v reflect.Value) (reflect.Value, bool) {
	if control.Active == nil || !isChan(v, reflect.RecvDir) {
		return v.Recv()
	}
	c := control.Active
	g := c.Enter()
	m := reflectComm(v, false, reflect.Value{})
	for m.Announce(c, g, event.Recv, s, record.Value{Flags: event.FlagNoValue}) {
		if m.ByTimer() {
			var x reflect.Value
			x, m.Ok = v.Recv()
			placed(v, m.Place).Set(x)
		} else if !m.Natively(func() (done bool) {
			m.Ok, done = tryReflect(v, placed(v, m.Place))
			return done
		}) {
			continue
		}
		if m.Ok {
			m.Note(c, g, s, 0)
			c.Acted(g)
		} else {
			c.Note(g, event.Recv, event.FlagClosed|event.FlagNoValue, s, m.Ch, 0)
			g.Read(c.Object(m.Ch).Ord, c.Object(m.Ch).Version)
		}
		c.Changed(m.Ch)
		break
	}
	g.Pending.Comm = nil
	c.Leave(g)
	return placed(v, m.Place), m.Ok
}

// ReflectTrySend is v.TrySend(x): a select with a default.
func ReflectTrySend(s uint32, v, x reflect.Value) bool {
	if control.Active == nil || !sendable(v, x) {
		return v.TrySend(x)
	}
	i, _, _ := ReflectSelect(s, []reflect.SelectCase{{Dir: reflect.SelectSend, Chan: v, Send: x}, {Dir: reflect.SelectDefault}})
	return i == 0
}

// ReflectTryRecv is v.TryRecv().
func ReflectTryRecv(s uint32, v reflect.Value) (reflect.Value, bool) {
	if control.Active == nil || !isChan(v, reflect.RecvDir) {
		return v.TryRecv()
	}
	_, x, ok := ReflectSelect(s, []reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: v}, {Dir: reflect.SelectDefault}})
	return x, ok
}

// ReflectClose is v.Close().
func ReflectClose(s uint32, v reflect.Value) {
	if control.Active == nil || !isChan(v, reflect.SendDir) {
		v.Close()
		return
	}
	ch := v.UnsafePointer()
	Close(s, *(*chan<- struct{})(unsafe.Pointer(&ch)))
}

// ReflectLen is v.Len(), which of a channel depends on how far others are.
func ReflectLen(s uint32, v reflect.Value) int {
	if control.Active != nil && v.Kind() == reflect.Chan {
		lookAtChannel(control.Active, s, v.UnsafePointer())
	}
	return v.Len()
}

// ReflectSendFunc is v.Send as a value.
func ReflectSendFunc(s uint32, v reflect.Value) func(reflect.Value) {
	return func(x reflect.Value) { ReflectSend(s, v, x) }
}

// ReflectRecvFunc is v.Recv as a value.
func ReflectRecvFunc(s uint32, v reflect.Value) func() (reflect.Value, bool) {
	return func() (reflect.Value, bool) { return ReflectRecv(s, v) }
}

// ReflectCloseFunc is v.Close as a value.
func ReflectCloseFunc(s uint32, v reflect.Value) func() {
	return func() { ReflectClose(s, v) }
}
