package rt

import (
	"sync"

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
