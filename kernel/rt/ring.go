package rt

import (
	"runtime"
	"sync/atomic"
	"time"
	"unsafe"

	"threading101/kernel/event"
)

// ring is the memory recorded into, nil when nothing is recorded. Set once,
// before the program's own packages are initialised.
var ring unsafe.Pointer

// epoch is the monotonic time of the recording's start.
var epoch int64

// attach begins a recording into mem, event.RingSize zeroed bytes, with the
// calling goroutine as main.
func attach(mem unsafe.Pointer) {
	*word(mem, event.OffProcs) = uint64(runtime.GOMAXPROCS(0))
	*word(mem, event.OffWall) = uint64(time.Now().UnixNano())
	*word(mem, event.OffG) = mainID
	epoch = nanotime()
	ring = mem
	g := newG(mainID)
	adopt(g)
	enlist(g)
	*word(mem, event.OffMagic) = event.Magic
}

//go:linkname nanotime runtime.nanotime
func nanotime() int64

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

func word(mem unsafe.Pointer, off uintptr) *uint64 { return (*uint64)(unsafe.Add(mem, off)) }

// lock takes the ring's spin lock and returns the time. Between lock and unlock
// nothing may panic or block.
//
//go:norace
func lock() int64 {
	t := now()
	raceDisable()
	procPin()
	l := (*uint32)(unsafe.Add(ring, event.OffLock))
	if !atomic.CompareAndSwapUint32(l, 0, 1) {
		lockSlow(l)
	}
	raceEnable()
	return t
}

// now is the time of a record: in a controlled run that of its clock.
//
//go:norace
func now() int64 {
	if clock != nil {
		return *clock
	}
	return nanotime() - epoch
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
func unlock() {
	raceDisable()
	release((*uint32)(unsafe.Add(ring, event.OffLock)))
	procUnpin()
	raceEnable()
}

// put writes one record. The caller holds the lock. The count goes up last, so
// that a program killed here leaves a whole record or none.
//
//go:norace
func put(t int64, g *routine, op event.Op, flags uint8, s uint32, obj uintptr, aux uint64) {
	putFor(t, g.id, op, flags, s, obj, aux)
}

//go:norace
func putFor(t int64, id uint32, op event.Op, flags uint8, s uint32, obj uintptr, aux uint64) {
	count := word(ring, event.OffCount)
	n := *count
	r := (*event.Record)(unsafe.Add(ring, event.Slot(n)))
	r.T = t
	r.What = event.Pack(op, flags, s, id)
	r.Obj = uint64(obj)
	r.Aux = aux
	*count = n + 1
}

// note records one event of the running goroutine.
//
//go:norace
func note(op event.Op, flags uint8, s uint32, obj uintptr, aux uint64) {
	g := cur()
	t := lock()
	put(t, g, op, flags, s, obj, aux)
	unlock()
}

// putText copies the beginning of text into the ring and returns the reference
// to it. The caller holds the lock.
//
//go:norace
func putText(text string) uint64 {
	text = clip(text)
	end := word(ring, event.OffText)
	pos := *end
	for i := range len(text) {
		*(*byte)(unsafe.Add(ring, event.TextSlot(pos+uint64(i)))) = text[i]
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
