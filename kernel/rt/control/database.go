package control

import (
	"sync/atomic"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// PointStatement announces that g sends a statement to the database at ptr: for who is
// asked, which. One that nobody can notice is alone.
func PointStatement(c *Scheduler, g *G, s uint32, ptr unsafe.Pointer, text string, alone bool) {
	g.Pending = Pending{Op: event.Statement, Site: s, Unnoticed: alone, wanted: record.Value{Text: text, Flags: event.FlagText}}
	g.tellAbout(c, ptr)
	c.Await(g)
}

// A StatementWait is a statement that was sent, and waits in the database for another
// transaction, or in package database/sql for a connection.
type StatementWait struct {
	Site  uint32
	At    unsafe.Pointer // the database
	Flags uint8          // of its StatementWant
	Text  string         // of that: who is waited for, and the statement
	Facts []string       // what the database says about it
	Over  func() bool    // whether the statement is done
}

// AwaitStatement is called when g's statement waits. It returns when that is over, and g
// has the turn.
func AwaitStatement(c *Scheduler, g *G, w StatementWait) {
	o := c.Object(w.At)
	c.NoteAt(g, event.StatementWant, w.Flags, w.Site, o.Ord, w.At, record.Value{Text: w.Text, Flags: event.FlagText})
	for _, fact := range w.Facts {
		c.Record(g, event.Says, 0, w.Site, 0, record.Value{Text: fact, Flags: event.FlagText})
	}
	c.Acted(g)
	g.Pending = Pending{Op: event.Statement, Site: w.Site, Object: o, Wait: w.Over, Noted: true, Unnoticed: true}
	c.Await(g)
	c.Observer.Woken(g)
}

// NoteStatement notes that g's statement is done.
func NoteStatement(c *Scheduler, g *G, s uint32, ptr unsafe.Pointer, text string, failed bool) {
	var flags uint8
	if failed {
		flags = event.FlagFailed
	}
	c.NoteAt(g, event.Statement, flags, s, c.Object(ptr).Ord, ptr, record.Value{Text: text, Flags: event.FlagText})
	c.Acted(g)
}

// Others says whether there are other goroutines than the one that has the turn.
func (c *Scheduler) Others() bool { return c.live > 1 }

// LastResort is asked when nobody can go on whether somebody can after all, since a
// database has ended what they wait for. It may take its time.
var LastResort func() bool

// Asking counts what databases are asked at the moment, by the program or for the
// scheduler's sake. No step is made until they have answered.
var Asking atomic.Int32
