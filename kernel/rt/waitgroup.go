package rt

import (
	"sync"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// WGAdd is wg.Add.
func WGAdd(s uint32, wg *sync.WaitGroup, n int) {
	if control.Active != nil && wg != nil {
		wgAddControlled(control.Active, s, wg, event.WGAdd, n)
		return
	}
	if record.Ring != nil {
		record.Note(event.WGAdd, 0, s, record.Addr(wg), uint64(n))
	}
	wg.Add(n)
}

// WGDone is wg.Done.
func WGDone(s uint32, wg *sync.WaitGroup) {
	if control.Active != nil && wg != nil {
		wgAddControlled(control.Active, s, wg, event.WGDone, -1)
		return
	}
	if record.Ring != nil {
		record.Note(event.WGDone, 0, s, record.Addr(wg), 0)
	}
	wg.Done()
}

// WGWait is wg.Wait.
func WGWait(s uint32, wg *sync.WaitGroup) {
	if control.Active != nil && wg != nil {
		wgWaitControlled(control.Active, s, wg)
		return
	}
	if record.Ring == nil {
		wg.Wait()
		return
	}
	record.Note(event.WaitWant, 0, s, record.Addr(wg), 0)
	wg.Wait()
	record.Note(event.Wait, 0, s, record.Addr(wg), 0)
}

// WGGo is wg.Go. The goroutine's Done comes from the real one, just after it is
// noted here; where f panics there is none.
func WGGo(s uint32, wg *sync.WaitGroup, f func()) {
	if control.Active != nil && wg != nil && f != nil {
		wgGoControlled(control.Active, s, wg, f)
		return
	}
	if record.Ring == nil || wg == nil || f == nil {
		wg.Go(f)
		return
	}
	record.Note(event.WGAdd, 0, s, record.Addr(wg), 1)
	g := control.Spawn(s)
	wg.Go(func() {
		defer leaveGroup(g, s, wg)
		g.Enter(s)
		f()
		g.Returned()
	})
}

//go:norace
func leaveGroup(g control.Spawned, s uint32, wg *sync.WaitGroup) {
	if g.Done || control.Unwinding(event.End) != event.Panic {
		record.Note(event.WGDone, 0, s, record.Addr(wg), 0)
	}
	g.Leave(s)
}

// Method values.

func WGAddFunc(s uint32, wg *sync.WaitGroup) func(int)   { return func(n int) { WGAdd(s, wg, n) } }
func WGDoneFunc(s uint32, wg *sync.WaitGroup) func()     { return func() { WGDone(s, wg) } }
func WGWaitFunc(s uint32, wg *sync.WaitGroup) func()     { return func() { WGWait(s, wg) } }
func WGGoFunc(s uint32, wg *sync.WaitGroup) func(func()) { return func(f func()) { WGGo(s, wg, f) } }

func wgAddControlled(c *control.Scheduler, s uint32, wg *sync.WaitGroup, op event.Op, n int) {
	g, p := c.Enter(), unsafe.Pointer(wg)
	control.PointInGroup(c, g, op, s, p, n)
	aux := uint64(n)
	if op == event.WGDone {
		aux = 0
	}
	c.Note(g, op, 0, s, p, aux)
	if int(control.GroupCount(p))+n < 0 {
		defer c.Changed(p) // it panics, and leaves the counter below zero
	}
	wg.Add(n)
	c.Acted(g)
	c.Changed(p)
	c.Leave(g)
}

func wgWaitControlled(c *control.Scheduler, s uint32, wg *sync.WaitGroup) {
	g, p := c.Enter(), unsafe.Pointer(wg)
	c.BlockOn(g, event.Wait, s, p, control.GroupDone)
	wg.Wait()
	c.Note(g, event.Wait, 0, s, p, 0)
	g.Read(c.Object(p).Ord, c.Object(p).Version)
	c.Leave(g)
}

// wgGoControlled is wg.Go: what its goroutine does last is Done, unless f panics.
func wgGoControlled(c *control.Scheduler, s uint32, wg *sync.WaitGroup, f func()) {
	wgAddControlled(c, s, wg, event.WGAdd, 1)
	g := control.Spawn(s)
	run := g.Body(func() {
		defer leaveGroupControlled(g, s, wg)
		g.Enter(s)
		f()
		g.Returned()
	})
	if run != nil {
		go run()
	}
}

// leaveGroupControlled is deferred by the goroutine of wg.Go. Its Done may be one too
// many: then that panic is how the goroutine ends, and not that it had returned.
func leaveGroupControlled(g control.Spawned, s uint32, wg *sync.WaitGroup) {
	if control.Active.Dying {
		return
	}
	defer g.Leave(s)
	if me := control.Of(g.G); me.Done || me.Exiting || control.Unwinding(event.End) != event.Panic {
		done, exiting := me.Done, me.Exiting
		me.Done, me.Exiting = false, false
		wgAddControlled(control.Active, s, wg, event.WGDone, -1)
		me.Done, me.Exiting = done, exiting
	}
}
