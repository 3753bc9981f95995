package control

import (
	"runtime"
	"sync"
	"unsafe"
)

// The state of a mutex, a group or a channel is the real one's: so copied
// mutexes, a channel that a library closes, a lock that a library holds are
// what they are in Go. How these lie in memory is looked up here, and checked
// at the start: on a runtime that is built otherwise nothing is controlled.

// Channel is the beginning of the runtime's channel.
type Channel struct {
	Count    uint
	Size     uint
	buf      unsafe.Pointer
	elemSize uint16
	Closed   uint32
	timer    unsafe.Pointer
	elemType unsafe.Pointer
	sendx    uint
	recvx    uint
	recvq    [2]unsafe.Pointer // who waits natively: nobody under control does
	sendq    [2]unsafe.Pointer
}

func MutexHeld(p unsafe.Pointer) bool { return *(*int32)(p)&1 != 0 }

// MutexFree says whether a sync.Mutex can be locked.
func MutexFree(p unsafe.Pointer) bool { return !MutexHeld(p) }

// rwmutex is a sync.RWMutex.
type rwmutex struct {
	w         [2]uint32
	writerSem uint32
	readerSem uint32
	readers   int32 // negative while a writer has it
	leaving   int32
}

// RwFree says whether a sync.RWMutex can be locked for writing.
func RwFree(p unsafe.Pointer) bool { return MutexFree(p) && (*rwmutex)(p).readers == 0 }

// RwOpen says whether no writer has a sync.RWMutex.
func RwOpen(p unsafe.Pointer) bool { return (*rwmutex)(p).readers >= 0 }

// RwHeld says whether a writer has a sync.RWMutex, rwRead whether a reader has.
func RwHeld(p unsafe.Pointer) bool { return (*rwmutex)(p).readers < 0 }
func RwRead(p unsafe.Pointer) bool { return (*rwmutex)(p).readers&(1<<30-1) != 0 }

// GroupDone says whether a sync.WaitGroup's counter is zero.
func GroupDone(p unsafe.Pointer) bool { return GroupCount(p) == 0 }

func GroupCount(p unsafe.Pointer) int32 { return int32(*(*uint64)(p) >> 32) }

// OnceDone says whether a sync.Once is done.
func OnceDone(p unsafe.Pointer) bool { return *(*uint8)(p) != 0 }

// known says whether the runtime is one whose insides are as described here.
func known() bool {
	return versionKnown(runtime.Version()) && locksKnown() && groupsKnown() && channelsKnown()
}

// versions are the versions of Go whose channel queues were looked up: they cannot be
// tried without a second goroutine.
var versions = []string{"go1.26"}

func versionKnown(version string) bool {
	for _, v := range versions {
		if len(version) >= len(v) && version[:len(v)] == v && (len(version) == len(v) || version[len(v)] < '0' || version[len(v)] > '9') {
			return true
		}
	}
	return false
}

func locksKnown() bool {
	var m sync.Mutex
	var rw sync.RWMutex
	p, q := unsafe.Pointer(&m), unsafe.Pointer(&rw)
	ok := MutexFree(p) && RwFree(q) && unsafe.Sizeof(rw) == unsafe.Sizeof(rwmutex{})
	m.Lock()
	ok = ok && MutexHeld(p)
	m.Unlock()
	rw.RLock()
	ok = ok && RwOpen(q) && !RwFree(q)
	rw.RUnlock()
	rw.Lock()
	ok = ok && !RwOpen(q) && !RwFree(q)
	rw.Unlock()
	return ok && RwFree(q)
}

func groupsKnown() bool {
	var wg sync.WaitGroup
	var once sync.Once
	p, q := unsafe.Pointer(&wg), unsafe.Pointer(&once)
	ok := GroupDone(p) && !OnceDone(q)
	wg.Add(1)
	ok = ok && !GroupDone(p)
	wg.Done()
	once.Do(func() { ok = ok && !OnceDone(q) })
	return ok && GroupDone(p) && OnceDone(q)
}

func channelsKnown() bool {
	c := make(chan int16, 3)
	h := (*Channel)(ChannelAt(c))
	c <- 1
	c <- 2
	ok := h.Count == 2 && h.Size == 3 && h.elemSize == 2 && h.Closed == 0 && h.sendx == 2 && h.recvx == 0 && h.recvq[0] == nil
	close(c)
	return ok && h.Closed == 1
}

// ChannelAt is where a channel lies; the same for all copies and directions of it.
func ChannelAt[C any](c C) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&c)) }
