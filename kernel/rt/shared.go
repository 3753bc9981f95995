package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// Controlled accesses to memory: announced where somebody else may be
// concerned, then made and noted.

// hide keeps the compiler from thinking that p is kept: a variable that lies on
// the stack must not be moved away from it by this package. Whether it lies
// there is asked before p is kept.
func hide(p unsafe.Pointer) unsafe.Pointer {
	x := uintptr(p)
	return *(*unsafe.Pointer)(unsafe.Pointer(&x))
}

func loadControlled[T any](s uint32, p *T) T {
	g := control.Active.Enter()
	if p == nil || g.OnStack(unsafe.Pointer(p)) {
		return *p
	}
	l := control.Active.Access(g, event.Load, s, hide(unsafe.Pointer(p)), unsafe.Sizeof(*p))
	v := *p
	control.Active.Loaded(g, event.Load, s, l, record.ValueOf(&v))
	return v
}

func storeControlled[T any](s uint32, p *T, v T) {
	g := control.Active.Enter()
	if p == nil || g.OnStack(unsafe.Pointer(p)) {
		*p = v
		return
	}
	l := control.Active.Access(g, event.Store, s, hide(unsafe.Pointer(p)), unsafe.Sizeof(*p))
	*p = v
	control.Active.Stored(g, event.Store, s, l, record.ValueOf(&v))
}

// glanceControlled notes a read that follows at once, and announces it, unless it
// is part of the step under way. So it is where several variables are read after
// one call: they are noted one within the other, and their sites fall.
func glanceControlled[T any](s uint32, p *T, part bool) {
	g := control.Active.Enter()
	if p == nil || g.OnStack(unsafe.Pointer(p)) {
		return
	}
	var l *control.Variable
	if part || s < g.Glanced {
		control.Active.Observer.PartOf(g, s)
		l = control.Active.Reach(g, s, hide(unsafe.Pointer(p)), unsafe.Sizeof(*p))
	} else {
		l = control.Active.Access(g, event.Load, s, hide(unsafe.Pointer(p)), unsafe.Sizeof(*p))
	}
	control.Active.Loaded(g, event.Load, s, l, record.ValueOf(p))
	g.Glanced = s
}

// accessControlled announces and notes an access that is made elsewhere, at once,
// to so many bytes: 0 for a map, which no variable has bytes in common with.
func accessControlled(op event.Op, s uint32, p unsafe.Pointer, size uintptr, v record.Value) {
	c := control.Active
	g := c.Enter()
	if p == nil || g.OnStack(p) {
		return
	}
	l := c.Access(g, op, s, hide(p), size)
	if op == event.Load {
		c.Loaded(g, op, s, l, v)
	} else {
		c.Stored(g, op, s, l, v)
	}
}

// atomically does an atomic operation as one step.
func atomically[T any](op event.Op, s uint32, p unsafe.Pointer, size uintptr, do func() (v T, changed bool)) T {
	c := control.Active
	g := c.Enter()
	if g.OnStack(p) {
		v, _ := do()
		return v
	}
	l := c.Access(g, op, s, hide(p), size)
	v, changed := do()
	noted := record.ValueOf(&v)
	if changed {
		c.Stored(g, op, s, l, noted)
	} else {
		c.Loaded(g, op, s, l, noted)
	}
	return v
}

// compareAndSwap does one as one step; v is noted as the new value.
func compareAndSwap(s uint32, p unsafe.Pointer, size uintptr, v record.Value, swap func() bool) bool {
	c := control.Active
	g := c.Enter()
	if g.OnStack(p) {
		return swap()
	}
	l := c.Access(g, event.AtomicCAS, s, hide(p), size)
	if swap() {
		c.Stored(g, event.AtomicCAS, s, l, v)
		return true
	}
	v.Flags |= event.FlagFailed
	c.Loaded(g, event.AtomicCAS, s, l, v)
	return false
}
