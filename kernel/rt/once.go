package rt

import (
	"sync"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// OnceDo is o.Do.
func OnceDo(s uint32, o *sync.Once, f func()) {
	if control.Active != nil && o != nil && f != nil {
		onceControlled(control.Active, s, o, f)
		return
	}
	if record.Ring == nil || f == nil {
		o.Do(f)
		return
	}
	record.Note(event.OnceWant, 0, s, record.Addr(o), 0)
	o.Do(func() {
		record.Note(event.OnceDo, 0, s, record.Addr(o), 0)
		f()
	})
	record.Note(event.Once, 0, s, record.Addr(o), 0)
}

// OnceDoFunc is the method value o.Do.
func OnceDoFunc(s uint32, o *sync.Once) func(func()) {
	return func(f func()) { OnceDo(s, o, f) }
}

// onceControlled runs f under o. The real Once runs it, so that a panic in it counts as
// done; those who come meanwhile wait here.
func onceControlled(c *control.Scheduler, s uint32, o *sync.Once, f func()) {
	g, p := c.Enter(), unsafe.Pointer(o)
	once := c.Object(p)
	c.Block(g, event.Once, s, p, func() bool { return control.OnceDone(p) || once.Holder == nil })
	if !control.OnceDone(p) {
		once.Holder = g
		c.Touched(once) // the others must wait now
		c.Note(g, event.OnceDo, 0, s, p, 0)
		runOnce(c, g, o, once, f)
		g = c.Enter()
	}
	c.Note(g, event.Once, 0, s, p, 0)
	c.Leave(g)
}

func runOnce(c *control.Scheduler, g *control.G, o *sync.Once, once *control.Object, f func()) {
	defer func() {
		once.Holder = nil
		c.Observer.OnceOver(g, once)
		c.Acted(g)
		c.Touched(once)
	}()
	o.Do(f)
}

// OnceFunc is sync.OnceFunc, on a Once that is recorded. A panic of f is the
// panic of every call.
func OnceFunc(s uint32, f func()) func() {
	if record.Ring == nil && control.Active == nil {
		return sync.OnceFunc(f)
	}
	o := &onceFunc{site: s, f: f}
	return o.do
}

// OnceValue is sync.OnceValue.
func OnceValue[T any](s uint32, f func() T) func() T {
	if record.Ring == nil && control.Active == nil {
		return sync.OnceValue(f)
	}
	var v T
	o := &onceFunc{site: s, f: func() { v = f() }}
	return func() T {
		o.do()
		return v
	}
}

// OnceValues is sync.OnceValues.
func OnceValues[T1, T2 any](s uint32, f func() (T1, T2)) func() (T1, T2) {
	if record.Ring == nil && control.Active == nil {
		return sync.OnceValues(f)
	}
	var v T1
	var w T2
	o := &onceFunc{site: s, f: func() { v, w = f() }}
	return func() (T1, T2) {
		o.do()
		return v, w
	}
}

// onceFunc is a function that is done once.
type onceFunc struct {
	once  sync.Once
	site  uint32
	f     func()
	valid bool // it returned
	panic any  // what it panicked with, if not
}

func (o *onceFunc) do() {
	OnceDo(o.site, &o.once, o.first)
	if !o.valid {
		panic(o.panic)
	}
}

// first panics again at once, so that the traceback of the first call leads
// into f.
func (o *onceFunc) first() {
	defer func() {
		o.f = nil
		o.panic = recover()
		if !o.valid {
			panic(o.panic)
		}
	}()
	o.f()
	o.valid = true
}
