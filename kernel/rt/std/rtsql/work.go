package rtsql

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"threading101/kernel/rt/control"
)

// work is a call of package database/sql under way, in a goroutine of its own: the one
// that called goes on when it has returned, or it is known to wait in the database.
type work struct {
	g       *control.G
	done    chan struct{}
	noticed chan struct{}        // the database has said something about waiting
	conn    atomic.Pointer[conn] // that it uses, nil as long as it has none
	goid    atomic.Int64         // of its goroutine
	told    func()               // in its place: what to do when the database says something
	holders []int64              // the sessions that it waits for
	blocked bool                 // it waits, as far as is known to who has the turn
	stays   int                  // looks in a row that found it waiting in the library
	rows    *rows                // what its query has returned
	panic   any                  // what it panicked with
}

// A call is looked at every so often while it has not returned.
const (
	lookEvery = 5 * time.Millisecond
	lasting   = 10  // looks in a row after which it waits in the library for good
	untold    = 40  // looks after which the database is asked, though it has said nothing
	slow      = 100 // looks after which a search is told that it takes long
)

// begin begins a call.
func begin(w *work, call func()) {
	w.done, w.noticed = make(chan struct{}), make(chan struct{}, 1)
	control.Tame.Add(1)
	go w.run(call)
}

func (w *work) run(call func()) {
	defer close(w.done)
	defer control.Tame.Add(-1)
	defer func() { w.panic = recover() }()
	w.during(call)
}

// during has the connections that call uses know that they serve w.
func (w *work) during(call func()) {
	w.goid.Store(control.Goid())
	calls.Store(w.goid.Load(), w)
	defer calls.Delete(w.goid.Load())
	call()
}

// calls are the calls under way, by the number of the goroutine that makes them.
var calls sync.Map

// current is the call that the running goroutine makes, nil if it makes none.
func current() *work {
	w, _ := calls.Load(control.Goid())
	found, _ := w.(*work)
	return found
}

// over says whether the call has returned.
func (w *work) over() bool {
	select {
	case <-w.done:
		return true
	default:
		return false
	}
}

// found is told what a query has returned.
func (w *work) found(r *rows) { w.rows = r }

// settle waits until the call has returned, or waits for another's transaction, and
// notes which. A search may give the run up meanwhile.
func (w *work) settle(c *control.Scheduler, s uint32) {
	control.Asking.Add(1)
	defer control.Asking.Add(-1)
	w.blocked = false
	for looks := 1; ; looks++ {
		if looks > slow {
			c.Observer.Computes(s)
		}
		timer := time.NewTimer(lookEvery)
		select {
		case <-w.done:
			timer.Stop()
			return
		case <-w.noticed:
			timer.Stop()
			w.blocked = w.waits()
		case <-timer.C:
			n := w.conn.Load()
			w.blocked = (n == nil || n.told == "" || looks > untold) && w.waits()
		}
		if w.blocked {
			return
		}
	}
}

// again is settle for a call that was found waiting: it may still do so.
func (w *work) again(c *control.Scheduler, s uint32) {
	if !w.over() && w.waits() {
		return
	}
	w.settle(c, s)
}

// goesOn says whether a call that was found waiting can go on. Who waits for a connection
// gets it when another's rows are closed, too, which is no statement.
func (w *work) goesOn(c *control.Scheduler, s uint32) bool {
	if w.blocked && w.conn.Load() == nil && !w.inPool() {
		w.settle(c, s)
	}
	return !w.blocked
}

// waits asks whether the call waits for what others have to do first.
func (w *work) waits() bool {
	n := w.conn.Load()
	if n == nil {
		return w.inLibrary()
	}
	if !n.from.engine.waits {
		return false
	}
	w.holders = n.side().blockers(n.pid)
	return slices.ContainsFunc(w.holders, ours) && !closes(n.pid, w.holders, nil)
}

// inLibrary says whether the call waits in package database/sql, for a connection or for
// who uses the same transaction. There it also waits for a moment now and then.
func (w *work) inLibrary() bool {
	if !w.inPool() {
		w.stays = 0
		return false
	}
	w.stays++
	return w.stays > lasting
}

func (w *work) inPool() bool {
	return !w.over() && control.Audit(control.Active).WaitsIn(w.goid.Load(), "database/sql.(*DB).conn")
}

// ours says whether a session is one of this run. For any other nobody here can do
// anything: what waits for one alone is slow, and no more.
func ours(pid int64) bool { return sessionOf(pid) != nil }

// closes says whether who waits for all these closes a circle with the session: then
// the database will end one of them.
func closes(pid int64, holders, seen []int64) bool {
	for _, h := range holders {
		if h == pid {
			return true
		}
		if slices.Contains(seen, h) {
			continue
		}
		seen = append(seen, h)
		for _, w := range waiting {
			if n := w.conn.Load(); n != nil && n.pid == h && closes(pid, w.holders, seen) {
				return true
			}
		}
	}
	return false
}

// waiting are the calls that are known to wait, in the order in which they began to. It
// belongs to who has the turn.
var waiting []*work

// sleeps is called when the database says that the connection's statement waits, or no
// longer does.
func (n *conn) sleeps() {
	w := n.work.Load()
	if w == nil {
		return
	}
	if w.told != nil {
		w.told()
		return
	}
	select {
	case w.noticed <- struct{}{}:
	default:
	}
}
