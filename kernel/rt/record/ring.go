package record

import (
	"runtime"
	"sync/atomic"
	"time"
	"unsafe"

	"threading101/kernel/event"
)

// Ring is the memory recorded into, nil when nothing is recorded. Set once,
// before the program's own packages are initialised.
var Ring unsafe.Pointer

// epoch is the monotonic time of the recording's start.
var epoch int64

// Attach begins a recording into mem, event.RingSize zeroed bytes, with the
// calling goroutine as main.
func Attach(mem unsafe.Pointer) {
	*Word(mem, event.OffProcs) = uint64(runtime.GOMAXPROCS(0))
	*Word(mem, event.OffWall) = uint64(time.Now().UnixNano())
	*Word(mem, event.OffG) = MainID
	epoch = Nanotime()
	Ring = mem
	g := New(MainID)
	Adopt(g)
	Enlist(g)
	*Word(mem, event.OffMagic) = event.Magic
}

//go:linkname Nanotime runtime.nanotime
func Nanotime() int64

// procPin keeps the goroutine on its processor: it cannot be preempted, and so
// holds the spin lock only for as long as its few instructions take (unless the
// operating system stops the thread).
//
//go:linkname procPin runtime.procPin
func procPin() int

//go:linkname procUnpin runtime.procUnpin
func procUnpin()

//go:linkname procyield runtime.procyield
func procyield(cycles uint32)

func Word(mem unsafe.Pointer, off uintptr) *uint64 { return (*uint64)(unsafe.Add(mem, off)) }

// Lock takes the ring's spin lock and returns the time. Between lock and unlock
// nothing may panic or block.
//
//go:norace
func Lock() int64 {
	t := now()
	RaceDisable()
	procPin()
	l := (*uint32)(unsafe.Add(Ring, event.OffLock))
	if !atomic.CompareAndSwapUint32(l, 0, 1) {
		lockSlow(l)
	}
	RaceEnable()
	return t
}

// now is the time of a record: in a controlled run that of its clock.
//
//go:norace
func now() int64 {
	if Clock != nil {
		return *Clock
	}
	return Nanotime() - epoch
}

// lockSlow spins a little, then lets other goroutines run, then other threads.
//
//go:norace
func lockSlow(l *uint32) {
	for round := 1; ; round++ {
		for range 64 {
			if atomic.LoadUint32(l) == 0 && atomic.CompareAndSwapUint32(l, 0, 1) {
				return
			}
			procyield(4)
		}
		procUnpin()
		if round%4 == 0 {
			yieldThread()
		} else {
			runtime.Gosched()
		}
		procPin()
	}
}

//go:norace
func Unlock() {
	RaceDisable()
	release((*uint32)(unsafe.Add(Ring, event.OffLock)))
	procUnpin()
	RaceEnable()
}

// Put writes one record. The caller holds the lock. The count goes up last, so
// that a program killed here leaves a whole record or none.
//
//go:norace
func Put(t int64, g *G, op event.Op, flags uint8, s uint32, obj uintptr, aux uint64) {
	putFor(t, g.ID, op, flags, s, obj, aux)
}

//go:norace
func putFor(t int64, id uint32, op event.Op, flags uint8, s uint32, obj uintptr, aux uint64) {
	count := Word(Ring, event.OffCount)
	n := *count
	r := (*event.Record)(unsafe.Add(Ring, event.Slot(n)))
	r.T = t
	r.What = event.Pack(op, flags, s, id)
	r.Obj = uint64(obj)
	r.Aux = aux
	*count = n + 1
}

// Note records one event of the running goroutine.
//
//go:norace
func Note(op event.Op, flags uint8, s uint32, obj uintptr, aux uint64) {
	g := Current()
	t := Lock()
	Put(t, g, op, flags, s, obj, aux)
	Unlock()
}

// putText copies the beginning of text into the ring and returns the reference
// to it. The caller holds the lock.
//
//go:norace
func putText(text string) uint64 {
	text = clip(text)
	end := Word(Ring, event.OffText)
	pos := *end
	for i := range len(text) {
		*(*byte)(unsafe.Add(Ring, event.TextSlot(pos+uint64(i)))) = text[i]
	}
	*end = pos + uint64(len(text))
	return event.TextRef(pos, len(text))
}

// clip cuts text to event.MaxText bytes, between two characters.
//
//go:norace
func clip(text string) string {
	if len(text) <= event.MaxText {
		return text
	}
	n := event.MaxText
	for n > event.MaxText-4 && text[n]&0xc0 == 0x80 {
		n--
	}
	return text[:n]
}

// ChanAddr is where a channel lies; the same for all copies and directions of it.
func ChanAddr[C any](c C) uintptr { return *(*uintptr)(unsafe.Pointer(&c)) }

// NoteValue is note with a value.
//
//go:norace
func NoteValue(op event.Op, flags uint8, s uint32, obj uintptr, v Value) {
	g := Current()
	t := Lock()
	more, aux := v.Put()
	Put(t, g, op, flags|more, s, obj, aux)
	Unlock()
}

func Addr[T any](p *T) uintptr { return uintptr(unsafe.Pointer(p)) }

//go:norace
func PutAccess(t int64, g *G, op event.Op, s uint32, obj uintptr, v Value) {
	flags, aux := v.Put()
	Put(t, g, op, flags, s, obj, aux)
}
