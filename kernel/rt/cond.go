package rt

import (
	"sync"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// CondWait is c.Wait.
func CondWait(s uint32, c *sync.Cond) {
	if control.Active != nil && c != nil && c.L != nil {
		condWaitControlled(control.Active, s, c)
		return
	}
	if record.Ring == nil || c == nil || c.L == nil {
		c.Wait()
		return
	}
	lock := inner(c.L)
	l := uint64(uintptr((*iface)(unsafe.Pointer(&lock)).data))
	record.Note(event.CondWant, 0, s, record.Addr(c), l)
	c.Wait()
	record.Note(event.CondWait, 0, s, record.Addr(c), l)
}

// CondSignal is c.Signal.
func CondSignal(s uint32, c *sync.Cond) {
	if control.Active != nil && c != nil {
		condWakeControlled(control.Active, s, c, event.Signal, c.Signal)
		return
	}
	if record.Ring != nil {
		record.Note(event.Signal, 0, s, record.Addr(c), 0)
	}
	c.Signal()
}

// CondBroadcast is c.Broadcast.
func CondBroadcast(s uint32, c *sync.Cond) {
	if control.Active != nil && c != nil {
		condWakeControlled(control.Active, s, c, event.Broadcast, c.Broadcast)
		return
	}
	if record.Ring != nil {
		record.Note(event.Broadcast, 0, s, record.Addr(c), 0)
	}
	c.Broadcast()
}

// Method values.

func CondWaitFunc(s uint32, c *sync.Cond) func()      { return func() { CondWait(s, c) } }
func CondSignalFunc(s uint32, c *sync.Cond) func()    { return func() { CondSignal(s, c) } }
func CondBroadcastFunc(s uint32, c *sync.Cond) func() { return func() { CondBroadcast(s, c) } }
