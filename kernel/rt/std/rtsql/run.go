package rtsql

import (
	"database/sql"
	"sync"

	"threading101/kernel/rt"
	"threading101/kernel/rt/control"
)

// known is what the run has opened, and what earlier ones have left for it. Goroutines
// of the library use it too.
var known struct {
	sync.Mutex
	dbs   map[*sql.DB]bool
	of    map[any]*engine // the engine behind a *sql.DB, Conn, Tx or Stmt
	texts map[*sql.Stmt]string
	ended map[*sql.Tx]bool
	conns map[*conn]bool
	spare map[string][]session // by the name of their database
	sides map[string]*side
	few   bool // a database has only so many connections: who takes one is noticed
}

func init() { rt.EachRun(tidy) }

// keep notes a database that was opened.
func keep(db *sql.DB, e *engine) {
	known.Lock()
	defer known.Unlock()
	if known.dbs == nil {
		known.dbs, known.of, known.conns = map[*sql.DB]bool{}, map[any]*engine{}, map[*conn]bool{}
		known.texts, known.ended = map[*sql.Stmt]string{}, map[*sql.Tx]bool{}
	}
	known.dbs[db] = true
	control.Tame.Add(1) // its goroutine that opens connections
	known.of[db] = e
}

// behind is the engine behind what the program has of a database, nil if it is not known.
func behind(x any) *engine {
	known.Lock()
	defer known.Unlock()
	return known.of[x]
}

// from notes that x, if it is there, was made of a database of that engine.
func from(e *engine, x any, err error) {
	if err == nil && e != nil {
		known.Lock()
		defer known.Unlock()
		known.of[x] = e
	}
}

// prepared notes what a statement was made of.
func prepared(st *sql.Stmt, text string) {
	known.Lock()
	defer known.Unlock()
	if known.texts != nil && st != nil {
		known.texts[st] = text
	}
}

// textOf is what a prepared statement was made of.
func textOf(st *sql.Stmt) string {
	known.Lock()
	defer known.Unlock()
	return known.texts[st]
}

// end notes that a transaction is over, whatever came of it.
func end(tx *sql.Tx) {
	known.Lock()
	defer known.Unlock()
	if known.ended != nil {
		known.ended[tx] = true
	}
}

func ended(tx *sql.Tx) bool {
	known.Lock()
	defer known.Unlock()
	return known.ended[tx]
}

// limitTo notes how many connections a database may open, 0 if that is not limited.
func limitTo(db *sql.DB, n int) {
	known.Lock()
	defer known.Unlock()
	known.few = known.few || n > 0 && known.dbs[db]
}

func limited() bool {
	known.Lock()
	defer known.Unlock()
	return known.few
}

// closed notes that a database was closed.
func closed(db *sql.DB) {
	known.Lock()
	defer known.Unlock()
	if known.dbs[db] {
		control.Tame.Add(-1)
		delete(known.dbs, db)
	}
}

// join notes a connection.
func join(n *conn) {
	known.Lock()
	defer known.Unlock()
	known.conns[n] = true
}

// sessionOf is the connection whose session the database calls so, nil if the run has
// none.
func sessionOf(pid int64) *conn {
	known.Lock()
	defer known.Unlock()
	for n := range known.conns {
		if n.pid == pid {
			return n
		}
	}
	return nil
}

// spared is a connection that an earlier run has left, nil if there is none.
func spared(c *connector) *conn {
	known.Lock()
	defer known.Unlock()
	left := known.spare[c.name]
	if len(left) == 0 {
		return nil
	}
	n := &conn{session: left[len(left)-1], from: c}
	n.session.user.Store(n)
	known.spare[c.name] = left[:len(left)-1]
	known.conns[n] = true
	return n
}

// spares says whether a connection is worth keeping for the next run.
func (n *conn) spares() bool { return n.from.name != "" && n.from.engine.waits && rt.Quiet() }

// tidy is called before a run begins: what the run before has left open is undone. A
// statement that waits is cancelled, transactions are rolled back.
func tidy() {
	control.Asking.Add(1)
	defer control.Asking.Add(-1)
	known.Lock()
	conns, dbs := known.conns, known.dbs
	known.dbs, known.of, known.conns, known.few = nil, nil, nil, false
	known.Unlock()
	for n := range conns {
		n.cancel()
	}
	for n := range conns {
		n.Close()
	}
	for db := range dbs {
		db.Close()
		control.Tame.Add(-1)
	}
	waiting = waiting[:0]
}
