package program

import (
	"slices"
	"sync"
	"unsafe"

	"threading101/kernel/model"
)

// runs are the runs made last, the latest at the end: to say what differs from
// the run before, and to compare two by their tokens.
type runs struct {
	mu   sync.Mutex
	list []past
	size int
}

// past is one run.
type past struct {
	cell   string // which cell, see Cell.identity
	number int    // of the cell in that run
	run    *model.Execution
	size   int // in memory, roughly
}

// A run may hold tens of thousands of events. The last ones stay whatever their
// size: those are compared.
const (
	runsKept     = 200
	runsBytes    = 32 << 20
	runsAtLeast  = 4
	runsPerEvent = int(unsafe.Sizeof(model.Event{}))
	runsPerLane  = int(unsafe.Sizeof(model.Goroutine{}))
)

// swap returns the last run of the cell and keeps this one.
func (r *runs) swap(now past) (last past) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if i := r.last(now.cell, len(r.list)); i >= 0 {
		last = r.list[i]
	}
	now.size = sizeOf(now.run)
	r.list = append(r.list, now)
	r.size += now.size
	for n := len(r.list); n > runsKept || n > runsAtLeast && r.size > runsBytes; n = len(r.list) {
		r.size -= r.list[0].size
		r.list = slices.Delete(r.list, 0, 1)
	}
	return last
}

func sizeOf(x *model.Execution) int {
	n := len(x.Events)*runsPerEvent + len(x.Goroutines)*runsPerLane + len(x.Stdout)
	for i := range x.Events {
		n += len(x.Events[i].Value)
	}
	return n
}

// last returns the index of the last run of a cell before one, -1 if there is none.
func (r *runs) last(cell string, before int) int {
	for i := before - 1; i >= 0; i-- {
		if r.list[i].cell == cell {
			return i
		}
	}
	return -1
}

// lastTwo returns the last two runs of the cell that was run last.
func (r *runs) lastTwo() (a, b past, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := len(r.list)
	if n < 2 {
		return past{}, past{}, false
	}
	i := r.last(r.list[n-1].cell, n-1)
	if i < 0 {
		return past{}, past{}, false
	}
	return r.list[i], r.list[n-1], true
}

// ofToken returns the run with that token.
func (r *runs) ofToken(token string) (past, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range slices.Backward(r.list) {
		if token != "" && p.run.Token == token {
			return p, true
		}
	}
	return past{}, false
}

// LastToken is the token of the controlled run that was made last, "" if there is none.
func (s *Session) LastToken() string {
	s.runs.mu.Lock()
	defer s.runs.mu.Unlock()
	for _, p := range slices.Backward(s.runs.list) {
		if p.run.Token != "" {
			return p.run.Token
		}
	}
	return ""
}
