package control

import (
	"sync"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// Later is a function that something other than a go statement will start in a
// goroutine of its own, if at all: a timer, the end of a context. The goroutine
// is noted as started by whoever asked for it, at that moment: what this one did
// before, the function sees.
type Later struct {
	site    uint32
	f       func()
	mu      sync.Mutex
	waiting []Spawned // asked for, and not begun
}

// NewLater prepares f, which is what runs at the site's place.
func NewLater(s uint32, f func()) *Later { return &Later{site: s, f: f} }

// Ask notes that f is to be started, once more.
func (l *Later) Ask() {
	l.lock()
	if Active != nil {
		l.waiting = append(l.waiting, Spawned{&promise(Active, l.site).G})
	} else {
		l.waiting = append(l.waiting, Spawn(l.site))
	}
	l.unlock()
}

// Asked says whether f was asked for, and has not begun.
func (l *Later) Asked() bool {
	l.lock()
	defer l.unlock()
	return len(l.waiting) > 0
}

// Run is the goroutine, of a program that is recorded.
func (l *Later) Run() {
	g, ok := l.take()
	if !ok {
		l.f() // started by code that is not recorded
		return
	}
	defer g.Leave(l.site)
	g.Enter(l.site)
	l.f()
	g.Returned()
}

// Start starts the goroutine under a scheduler.
func (l *Later) Start() {
	if g, ok := l.take(); ok {
		keepPromise(Active, g, l.site, l.f)
	}
}

// CallOff notes that f will not begin.
func (l *Later) CallOff() {
	if g, ok := l.take(); ok {
		g.never(l.site)
	}
}

// take returns the goroutine that was asked for first, if there is one.
func (l *Later) take() (g Spawned, ok bool) {
	l.lock()
	defer l.unlock()
	if len(l.waiting) == 0 {
		return g, false
	}
	g = l.waiting[0]
	l.waiting = l.waiting[1:]
	return g, true
}

// promise notes that the running goroutine asked for a goroutine that begins
// later, if at all.
func promise(c *Scheduler, s uint32) *G {
	me, child := c.Enter(), c.newG(0)
	child.ID = record.NextID()
	me.Children++
	if !me.begun {
		me.begin(c)
	}
	c.mix(codes[event.Go]<<48 ^ uint64(me.ID))
	c.Record(me, event.Go, 0, s, uintptr(me.Children), record.Value{Bits: uint64(child.ID)})
	c.Acted(me)
	return child
}

// keepPromise starts a goroutine that was promised.
func keepPromise(c *Scheduler, started Spawned, s uint32, f func()) {
	g := Of(started.G)
	c.join(g)
	c.Observer.JoinsLater(g)
	c.Forward = append(c.Forward, g)
	run := started.Body(func() {
		defer started.Leave(s)
		started.Enter(s)
		f()
		started.Returned()
	})
	if run != nil {
		go run()
	}
}

// The detector does not see the mutex: it orders nothing in the plain program.

func (l *Later) lock() {
	record.RaceDisable()
	l.mu.Lock()
	record.RaceEnable()
}

func (l *Later) unlock() {
	record.RaceDisable()
	l.mu.Unlock()
	record.RaceEnable()
}

//go:norace
func (g Spawned) never(s uint32) {
	if record.Ring == nil {
		return
	}
	t := record.Lock()
	record.Put(t, g.G, event.Never, 0, s, 0, 0)
	if slot, ok := event.EndedSlot(g.ID); ok {
		*(*event.Op)(unsafe.Add(record.Ring, slot)) = event.Never
	}
	record.Unlock()
}
