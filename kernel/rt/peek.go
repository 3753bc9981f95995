package rt

import (
	"runtime"
	"sync"
	"unsafe"
)

// The state of a mutex, a group or a channel is the real one's: so copied
// mutexes, a channel that a library closes, a lock that a library holds are
// what they are in Go. How these lie in memory is looked up here, and checked
// at the start: on a runtime that is built otherwise nothing is controlled.

// hchan is the beginning of the runtime's channel.
type hchan struct {
	count    uint
	size     uint
	buf      unsafe.Pointer
	elemSize uint16
	closed   uint32
	timer    unsafe.Pointer
	elemType unsafe.Pointer
	sendx    uint
	recvx    uint
	recvq    [2]unsafe.Pointer // who waits natively: nobody under control does
	sendq    [2]unsafe.Pointer
}

func mutexHeld(p unsafe.Pointer) bool { return *(*int32)(p)&1 != 0 }

// mutexFree says whether a sync.Mutex can be locked.
func mutexFree(p unsafe.Pointer) bool { return !mutexHeld(p) }

// rwmutex is a sync.RWMutex.
type rwmutex struct {
	w         [2]uint32
	writerSem uint32
	readerSem uint32
	readers   int32 // negative while a writer has it
	leaving   int32
}

// rwFree says whether a sync.RWMutex can be locked for writing.
func rwFree(p unsafe.Pointer) bool { return mutexFree(p) && (*rwmutex)(p).readers == 0 }

// rwOpen says whether no writer has a sync.RWMutex.
func rwOpen(p unsafe.Pointer) bool { return (*rwmutex)(p).readers >= 0 }

// rwHeld says whether a writer has a sync.RWMutex, rwRead whether a reader has.
func rwHeld(p unsafe.Pointer) bool { return (*rwmutex)(p).readers < 0 }
func rwRead(p unsafe.Pointer) bool { return (*rwmutex)(p).readers&(1<<30-1) != 0 }

// groupDone says whether a sync.WaitGroup's counter is zero.
func groupDone(p unsafe.Pointer) bool { return groupCount(p) == 0 }

func groupCount(p unsafe.Pointer) int32 { return int32(*(*uint64)(p) >> 32) }

// onceDone says whether a sync.Once is done.
func onceDone(p unsafe.Pointer) bool { return *(*uint8)(p) != 0 }

// known says whether the runtime is one whose insides are as described here.
func known() bool {
	return versionKnown(runtime.Version()) && locksKnown() && groupsKnown() && channelsKnown()
}

// versions are those of which the queues of a channel, which cannot be tried
// without a second goroutine, were looked up.
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
	ok := mutexFree(p) && rwFree(q) && unsafe.Sizeof(rw) == unsafe.Sizeof(rwmutex{})
	m.Lock()
	ok = ok && mutexHeld(p)
	m.Unlock()
	rw.RLock()
	ok = ok && rwOpen(q) && !rwFree(q)
	rw.RUnlock()
	rw.Lock()
	ok = ok && !rwOpen(q) && !rwFree(q)
	rw.Unlock()
	return ok && rwFree(q)
}

func groupsKnown() bool {
	var wg sync.WaitGroup
	var once sync.Once
	p, q := unsafe.Pointer(&wg), unsafe.Pointer(&once)
	ok := groupDone(p) && !onceDone(q)
	wg.Add(1)
	ok = ok && !groupDone(p)
	wg.Done()
	once.Do(func() { ok = ok && !onceDone(q) })
	return ok && groupDone(p) && onceDone(q)
}

func channelsKnown() bool {
	c := make(chan int16, 3)
	h := (*hchan)(chanPtr(c))
	c <- 1
	c <- 2
	ok := h.count == 2 && h.size == 3 && h.elemSize == 2 && h.closed == 0 && h.sendx == 2 && h.recvx == 0 && h.recvq[0] == nil
	close(c)
	return ok && h.closed == 1
}

// chanPtr is where a channel lies; the same for all copies and directions of it.
func chanPtr[C any](c C) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&c)) }
