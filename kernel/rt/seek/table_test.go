package seek

import (
	"slices"
	"sync"
	"testing"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/explore/search"
	"threading101/kernel/rt/control"
)

// The rules by which an operation touches its object, whose state decides, choose
// among the ways that its row has.
func TestRulesChooseFromTheTable(t *testing.T) {
	touched := map[event.Op]map[search.Kind]bool{}
	touches := func(op event.Op, kinds ...search.Kind) {
		for _, kind := range kinds {
			if touched[op] == nil {
				touched[op] = map[search.Kind]bool{}
			}
			touched[op][kind] = true
			if row := &event.Table[op]; !slices.Contains(row.Touches(), kind) {
				t.Errorf("%s touches it in a way that is not in its row: %d", op, kind)
			}
		}
	}
	lockRules(touches)
	groupRules(touches)
	channelRules(touches)
	for _, o := range []*control.Object{nil, {}, {Ticks: true}} {
		touches(event.Timer, timerKind(o))
		touches(event.StopTimer, timerKind(o))
	}
	var done, fresh sync.Once
	done.Do(func() {})
	for _, once := range []*sync.Once{&done, &fresh} {
		touches(event.Once, onceKind(&control.Object{Ptr: unsafe.Pointer(once)}, &event.Table[event.Once]))
	}
	for op := range touched {
		for _, kind := range event.Table[op].Touches() {
			if !touched[op][kind] && !inPassing(op, kind) {
				t.Errorf("%s does not touch it in a way that is in its row: %d", op, kind)
			}
		}
	}
}

// inPassing says whether an operation touches something so in a step that is more
// than what was announced: a try that gets the lock, or one that panics.
func inPassing(op event.Op, kind search.Kind) bool {
	return op == event.TryLock && kind == search.Acquire || op == event.Close && kind == search.Global
}

func lockRules(touches func(event.Op, ...search.Kind)) {
	mutex, rw := &control.Object{}, &control.Object{RW: true}
	for _, op := range []event.Op{event.Lock, event.TryLock, event.Unlock} {
		touches(op, kindOfLock(mutex, op), kindOfLock(rw, op), taking(kindOfLock(rw, op)))
	}
	for _, op := range []event.Op{event.RLock, event.TryRLock, event.RUnlock} {
		touches(op, kindOfLock((&control.Object{}), op))
	}
	for _, o := range []*control.Object{mutex, rw} {
		touches(event.CondWant, event.Table[event.CondWant].Touch, kindOfLock(o, event.Unlock))
		touches(event.CondWait, taking(kindOfLock(o, event.Lock)))
	}
}

func groupRules(touches func(event.Op, ...search.Kind)) {
	both := func(op event.Op, kind search.Kind) {
		if touches(op, kind); balance(kind) != event.TouchNone {
			touches(op, balance(kind))
		}
	}
	for n := range 3 {
		var wg sync.WaitGroup
		wg.Add(n)
		o := &control.Object{Ptr: unsafe.Pointer(&wg)}
		for op, adds := range map[event.Op]int32{event.WGAdd: 1, event.WGDone: -1, event.Wait: 0} {
			both(op, groupKind((&control.Pending{Op: op, About: o, Adds: adds})))
		}
		both(event.WGAdd, groupKind((&control.Pending{Op: event.WGAdd, About: o, Adds: -1})))
	}
}

func channelRules(touches func(event.Op, ...search.Kind)) {
	closed, full := make(chan int), make(chan int, 1)
	close(closed)
	full <- 1
	k := &seeker{}
	for _, ch := range []chan int{make(chan int), make(chan int, 1), full, closed} {
		for op, send := range map[event.Op]bool{event.Send: true, event.Recv: false} {
			m := control.Comm{Ch: control.ChannelAt(ch), Send: send}
			touches(op, kindOfComm(&m, 1).Kind)
			touches(event.Select, kindOfComm(&m, 1).Kind, kindOfPeek(&m))
		}
		for _, op := range []event.Op{event.Look, event.Close} {
			touches(op, k.onChannel(1, &event.Table[op])[0].Kind)
		}
	}
}

// What is done to a file touches it as the row says, whatever else it touches.
func TestFilesAreTouchedAsInTheTable(t *testing.T) {
	for op := range event.Table {
		row := &event.Table[op]
		if row.By != event.ByFile {
			continue
		}
		for _, kind := range row.Touches() {
			if kind != search.Read && kind != search.Write {
				t.Errorf("%s touches a file as something else: %d", event.Op(op), kind)
			}
		}
		if row.Takes|row.Gives != 0 {
			t.Errorf("%s orders goroutines, which no file does", event.Op(op))
		}
	}
}
