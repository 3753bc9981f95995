package rt

import (
	"sync"
	"testing"
)

type (
	withMutex struct {
		_ int
		sync.Mutex
	}
	withPointer struct{ *sync.RWMutex }
	deep        struct {
		_ string
		withMutex
	}
	ownLock struct{ mu sync.Mutex }
	// overridden has a Lock of its own, and a Mutex that it works on or not.
	overridden struct{ sync.Mutex }
)

func (o *ownLock) Lock()      { o.mu.Lock() }
func (o *ownLock) Unlock()    { o.mu.Unlock() }
func (o *overridden) Lock()   {}
func (o *overridden) Unlock() {}

func TestInner(t *testing.T) {
	var m sync.Mutex
	var rw sync.RWMutex
	w, p, d, o, over := &withMutex{}, &withPointer{&rw}, &deep{}, &ownLock{}, &overridden{}
	for i, test := range []struct{ l, want sync.Locker }{
		{&m, &m}, {&rw, &rw}, {rw.RLocker(), rw.RLocker()}, {nil, nil},
		{w, &w.Mutex}, {p, &rw}, {*p, *p}, {d, &d.Mutex}, {o, o}, {over, over},
	} {
		if got := inner(test.l); got != test.want {
			t.Errorf("%d: %T is a %T", i, test.l, got)
		}
	}
}
