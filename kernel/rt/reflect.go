package rt

import (
	"reflect"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// Channels of which only package reflect knows the types are used as any other:
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
	case ctl != nil:
		return reflectSelectControlled(ctl, s, cases)
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

func reflectSelectControlled(c *control, s uint32, cases []reflect.SelectCase) (int, reflect.Value, bool) {
	c.selecting(s, len(cases))
	orElse := elseCase
	for i, k := range cases {
		if k.Dir == reflect.SelectDefault {
			orElse = i
			continue
		}
		c.operand(s, reflectCase(i, k))
	}
	g := c.enter()
	g.selection(s).apart = true
	c.decideCase(s, orElse != elseCase)
	sel := g.chosen
	if sel.decided == elseCase {
		c.selected(s, orElse, record.Value{})
		return orElse, reflect.Value{}, false
	}
	k := &sel.cases[sel.decided]
	if k.send {
		c.selected(s, k.i, record.Value{})
		return k.i, reflect.Value{}, false
	}
	c.selected(s, k.i, k.value())
	return k.i, placed(cases[k.i].Chan, k.place), k.ok
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
func reflectCase(i int, k reflect.SelectCase) selCase {
	one := selCase{i: i, open: func(bool) {}, sent: func() {}}
	if one.send = k.Dir == reflect.SelectSend; !k.Chan.IsValid() {
		return one
	}
	one.comm = *reflectComm(k.Chan, one.send, k.Send)
	place := reflect.NewAt(k.Chan.Type().Elem(), one.place).Elem()
	one.receive = func(wait bool) (ok, done bool) {
		if wait {
			v, ok := k.Chan.Recv()
			place.Set(v)
			return ok, true
		}
		return tryReflect(k.Chan, place)
	}
	one.deliver = func() { k.Chan.Send(place) }
	return one
}

// reflectComm is a send of x, or a receive.
func reflectComm(ch reflect.Value, send bool, x reflect.Value) *comm {
	elem := ch.Type().Elem()
	at := func(p unsafe.Pointer) reflect.Value { return reflect.NewAt(elem, p).Elem() }
	place := reflect.New(elem)
	if send {
		place.Elem().Set(x)
	}
	return &comm{
		ch: ch.UnsafePointer(), send: send, place: place.UnsafePointer(),
		move:  func(dst, src unsafe.Pointer) { at(dst).Set(at(src)) },
		value: func() record.Value { return valueIn(place.Elem()) },
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
	if ctl == nil || !sendable(v, x) {
		v.Send(x)
		return
	}
	c := ctl
	g := c.enter()
	m := reflectComm(v, true, x)
	for c.communicate(g, event.Send, s, m, m.value()) {
		c.mayPanic(g, m, s)
		if m.natively(func() bool { return v.TrySend(x) }) {
			c.noteComm(g, m, s, 0)
			c.acted(g)
			c.changed(m.ch)
			break
		}
	}
	c.over(g)
}

// ReflectRecv is v.Recv().
func ReflectRecv(s uint32, v reflect.Value) (reflect.Value, bool) {
	if ctl == nil || !isChan(v, reflect.RecvDir) {
		return v.Recv()
	}
	c := ctl
	g := c.enter()
	m := reflectComm(v, false, reflect.Value{})
	for c.communicate(g, event.Recv, s, m, record.Value{Flags: event.FlagNoValue}) {
		if m.byTimer() {
			var x reflect.Value
			x, m.ok = v.Recv()
			placed(v, m.place).Set(x)
		} else if !m.natively(func() (done bool) {
			m.ok, done = tryReflect(v, placed(v, m.place))
			return done
		}) {
			continue
		}
		if m.ok {
			c.noteComm(g, m, s, 0)
			c.acted(g)
		} else {
			c.note(g, event.Recv, event.FlagClosed|event.FlagNoValue, s, m.ch, 0)
			g.read(c.object(m.ch).ord, c.object(m.ch).version)
		}
		c.changed(m.ch)
		break
	}
	g.pend.comm = nil
	c.over(g)
	return placed(v, m.place), m.ok
}

// ReflectTrySend is v.TrySend(x): a select with a default.
func ReflectTrySend(s uint32, v, x reflect.Value) bool {
	if ctl == nil || !sendable(v, x) {
		return v.TrySend(x)
	}
	i, _, _ := ReflectSelect(s, []reflect.SelectCase{{Dir: reflect.SelectSend, Chan: v, Send: x}, {Dir: reflect.SelectDefault}})
	return i == 0
}

// ReflectTryRecv is v.TryRecv().
func ReflectTryRecv(s uint32, v reflect.Value) (reflect.Value, bool) {
	if ctl == nil || !isChan(v, reflect.RecvDir) {
		return v.TryRecv()
	}
	_, x, ok := ReflectSelect(s, []reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: v}, {Dir: reflect.SelectDefault}})
	return x, ok
}

// ReflectClose is v.Close().
func ReflectClose(s uint32, v reflect.Value) {
	if ctl == nil || !isChan(v, reflect.SendDir) {
		v.Close()
		return
	}
	ch := v.UnsafePointer()
	Close(s, *(*chan<- struct{})(unsafe.Pointer(&ch)))
}

// ReflectLen is v.Len(), which of a channel depends on how far others are.
func ReflectLen(s uint32, v reflect.Value) int {
	if ctl != nil && v.Kind() == reflect.Chan {
		lookAtChannel(ctl, s, v.UnsafePointer())
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
