package control

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// NoteAt records what g did, and takes it into the hash of the run: by whom, what,
// and to which object in the order of first use. Addresses, lines and values are
// not in the hash: they differ between machines, or with an edit that changes
// nothing of the schedule.
func (c *Scheduler) NoteAt(g *G, op event.Op, flags uint8, s uint32, ord uint32, ptr unsafe.Pointer, v record.Value) {
	if !g.begun {
		g.begin(c)
	}
	if ptr != nil && event.Table[op].Hold != event.HoldNothing {
		c.conditions.learn(c.Object(ptr))
	}
	if c.Observed {
		c.Observer.Noted(g, op, flags, s, ord, ptr, v)
		return // a search knows its runs by other means, and records none
	}
	c.mix(codes[op]<<48 ^ uint64(flags)<<40 ^ uint64(ord)<<24 ^ uint64(g.ID))
	if !c.Quiet {
		c.Record(g, op, flags, s, uintptr(ptr), v)
	}
}

// Record writes to the ring only: what is not decided here is not in the hash.
func (c *Scheduler) Record(g *G, op event.Op, flags uint8, s uint32, obj uintptr, v record.Value) {
	if c.Quiet {
		return
	}
	c.computing = nil
	t := record.Lock()
	more, aux := v.Put()
	record.Put(t, &g.G, op, flags|more, s, obj, aux)
	c.publish()
	record.Unlock()
}

// history is what was done, in order.
type history struct {
	Steps uint64 // operations done
	hash  uint64 // of them
}

// mix is one round of a multiplicative hash.
func (h *history) mix(x uint64) {
	sum := (h.hash ^ x) * 0x9e3779b97f4a7c15
	h.hash = sum ^ sum>>29
}

// Note records an event of g with a plain number.
func (c *Scheduler) Note(g *G, op event.Op, flags uint8, s uint32, ptr unsafe.Pointer, aux uint64) {
	var ord uint32
	if ptr != nil {
		ord = c.Object(ptr).Ord
	}
	c.NoteAt(g, op, flags, s, ord, ptr, record.Value{Bits: aux})
}

// NoteWant records that g waits for what it announced.
func (c *Scheduler) NoteWant(g *G, p *Pending) {
	want := wants[p.Op]
	if want == event.None {
		return
	}
	var ord uint32
	var ptr unsafe.Pointer
	if p.Object != nil {
		ord, ptr = p.Object.Ord, p.Object.Ptr
	}
	c.NoteAt(g, want, p.wanted.Flags, p.Site, ord, ptr, p.wanted)
	if p.Select != nil && !c.Quiet {
		p.Select.recordCases(c, g)
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

// begin records a goroutine's first step, at the moment it makes it.
func (g *G) begin(c *Scheduler) {
	g.begun = true
	c.Record(g, event.Start, g.first.Flags, g.startSite, 0, g.first) // not in the hash: see suspect
}

// keepTrail keeps a few bits of the hash after 1, 2, 4, 8 … steps, so that a later
// run can be compared with this one.
func (h *history) keepTrail() {
	i := 0
	for n := h.Steps; n > 1; n >>= 1 {
		i++
	}
	if i < event.TrailSize {
		*(*byte)(unsafe.Add(record.Ring, event.OffTrail+i)) = byte(h.hash>>40) & 31
	}
}

// publish writes down where the run stands, for the kernel to read once the
// program has ended, however it ended.
func (c *Scheduler) publish() {
	*record.Word(record.Ring, event.OffSteps) = c.Steps
	*record.Word(record.Ring, event.OffHash) = c.hash
	*record.Word(record.Ring, event.OffClock) = uint64(c.Clock)
}
