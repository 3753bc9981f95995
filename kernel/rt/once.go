package rt

import (
	"sync"

	"threading101/kernel/event"
)

// OnceDo is o.Do.
func OnceDo(s uint32, o *sync.Once, f func()) {
	if ctl != nil && o != nil && f != nil {
		ctl.onceDo(s, o, f)
		return
	}
	if ring == nil || f == nil {
		o.Do(f)
		return
	}
	note(event.OnceWant, 0, s, addr(o), 0)
	o.Do(func() {
		note(event.OnceDo, 0, s, addr(o), 0)
		f()
	})
	note(event.Once, 0, s, addr(o), 0)
}

// OnceDoFunc is the method value o.Do.
func OnceDoFunc(s uint32, o *sync.Once) func(func()) {
	return func(f func()) { OnceDo(s, o, f) }
}
