package rt

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// noteAt records what g did, and takes it into the hash of the run: by whom, what,
// and to which object in the order of first use. Addresses, lines and values are
// not in the hash: they differ between machines, or with an edit that changes
// nothing of the schedule.
func (c *control) noteAt(g *g, op event.Op, flags uint8, s uint32, ord uint32, ptr unsafe.Pointer, v record.Value) {
	if !g.begun {
		c.begun(g)
	}
	if c.observed {
		c.observer.noted(g, op, flags, s, ord, ptr, v)
		return // a search knows its runs by other means, and records none
	}
	c.mix(codes[op]<<48 ^ uint64(flags)<<40 ^ uint64(ord)<<24 ^ uint64(g.ID))
	if !c.quiet {
		c.record(g, op, flags, s, uintptr(ptr), v)
	}
}

// record writes to the ring only: what is not decided here is not in the hash.
func (c *control) record(g *g, op event.Op, flags uint8, s uint32, obj uintptr, v record.Value) {
	if c.quiet {
		return
	}
	c.toiler = nil
	t := record.Lock()
	more, aux := v.Put()
	record.Put(t, &g.G, op, flags|more, s, obj, aux)
	c.publish()
	record.Unlock()
}

// mix is one round of a multiplicative hash.
func (c *control) mix(x uint64) {
	h := (c.hash ^ x) * 0x9e3779b97f4a7c15
	c.hash = h ^ h>>29
}

// note records an event of g with a plain number.
func (c *control) note(g *g, op event.Op, flags uint8, s uint32, ptr unsafe.Pointer, aux uint64) {
	var ord uint32
	if ptr != nil {
		ord = c.object(ptr).ord
	}
	c.noteAt(g, op, flags, s, ord, ptr, record.Value{Bits: aux})
}

// noteWant records that g waits for what it announced.
func (c *control) noteWant(g *g, p *pending) {
	want := wants[p.op]
	if want == event.None {
		return
	}
	var ord uint32
	var ptr unsafe.Pointer
	if p.obj != nil {
		ord, ptr = p.obj.ord, p.obj.ptr
	}
	c.noteAt(g, want, p.wanted.Flags, p.site, ord, ptr, p.wanted)
	if p.sel != nil && !c.quiet {
		c.recordCases(g, p.sel)
	}
}

// wants holds, for an operation, the one that says it is waited for.
var wants = func() (all [256]event.Op) {
	for want, row := range event.Table {
		if row.Wait != event.None {
			all[row.Wait] = event.Op(want)
		}
	}
	return all
}()

// codes are what operations are in the hash: made of their names, since tokens
// outlive the table's numbers.
var codes = func() (all [256]uint64) {
	for op, row := range event.Table {
		h := uint32(2166136261) // FNV-1a
		for _, c := range []byte(row.Name) {
			h = (h ^ uint32(c)) * 16777619
		}
		all[op] = uint64(h>>16 ^ h&0xffff)
	}
	return all
}()

// begun records a goroutine's first step, at the moment it makes it.
func (c *control) begun(g *g) {
	g.begun = true
	c.record(g, event.Start, g.first.Flags, g.startSite, 0, g.first) // not in the hash: see suspect
}

// keepTrail keeps a little of the hash after 1, 2, 4, 8 … steps: by it two runs
// are compared of which one is long gone.
func (c *control) keepTrail() {
	i := 0
	for n := c.steps; n > 1; n >>= 1 {
		i++
	}
	if i < event.TrailSize {
		*(*byte)(unsafe.Add(record.Ring, event.OffTrail+i)) = byte(c.hash>>40) & 31
	}
}

// publish writes down where the run stands, for the kernel to read once the
// program has ended, however it ended.
func (c *control) publish() {
	*record.Word(record.Ring, event.OffSteps) = c.steps
	*record.Word(record.Ring, event.OffHash) = c.hash
	*record.Word(record.Ring, event.OffClock) = uint64(c.clock)
}
