package rt

import (
	"sync"

	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

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
