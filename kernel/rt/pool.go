package rt

import (
	"sync"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// A sync.Pool orders goroutines: who gets what another put in sees all that this
// one did before. So it is noted as an atomic variable: Put writes it, Get reads
// and writes it.

// PoolGet is p.Get.
func PoolGet(s uint32, p *sync.Pool) any {
	if control.Active != nil && p != nil {
		return poolGetControlled(control.Active, s, p)
	}
	v := p.Get()
	if record.Ring != nil {
		record.Note(event.AtomicSwap, event.FlagNoValue, s, record.Addr(p), 0)
	}
	return v
}

// PoolPut is p.Put.
func PoolPut(s uint32, p *sync.Pool, v any) {
	switch {
	case p == nil || v == nil:
		p.Put(v)
	case control.Active != nil:
		poolPutControlled(control.Active, s, p, v)
	default:
		if record.Ring != nil {
			record.Note(event.AtomicStore, event.FlagNoValue, s, record.Addr(p), 0)
		}
		p.Put(v)
	}
}

// poolGetControlled takes what was put in last. Go's own pool has one store for each
// processor and is emptied now and then by the collector.
func poolGetControlled(c *control.Scheduler, s uint32, p *sync.Pool) any {
	g := c.Enter()
	c.Point(g, event.AtomicSwap, s, unsafe.Pointer(p))
	var v any
	if free := c.Library.Pools[unsafe.Pointer(p)]; len(free) > 0 {
		v = free[len(free)-1]
		free[len(free)-1] = nil
		c.Library.Pools[unsafe.Pointer(p)] = free[:len(free)-1]
	}
	control.Change(c, g, event.AtomicSwap, event.FlagNoValue, s, unsafe.Pointer(p))
	c.Leave(g)
	if v == nil && p.New != nil {
		return p.New()
	}
	return v
}

func poolPutControlled(c *control.Scheduler, s uint32, p *sync.Pool, v any) {
	g := c.Enter()
	c.Point(g, event.AtomicStore, s, unsafe.Pointer(p))
	if c.Library.Pools == nil {
		c.Library.Pools = map[unsafe.Pointer][]any{}
	}
	c.Library.Pools[unsafe.Pointer(p)] = append(c.Library.Pools[unsafe.Pointer(p)], v)
	control.Change(c, g, event.AtomicStore, event.FlagNoValue, s, unsafe.Pointer(p))
	c.Leave(g)
}

// Method values.

func PoolGetFunc(s uint32, p *sync.Pool) func() any { return func() any { return PoolGet(s, p) } }
func PoolPutFunc(s uint32, p *sync.Pool) func(any)  { return func(v any) { PoolPut(s, p, v) } }
