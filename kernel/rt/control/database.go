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

// AwaitStatement is called when g's statement was sent, and waits in the database for
// another's transaction. It returns when over says that it is done, and g has the turn.
// waits begins with who is waited for; facts are what the database says about that.
func AwaitStatement(c *Scheduler, g *G, s uint32, ptr unsafe.Pointer, waits string, facts []string, over func() bool) {
	o := c.Object(ptr)
	c.NoteAt(g, event.StatementWant, 0, s, o.Ord, ptr, record.Value{Text: waits, Flags: event.FlagText})
	for _, fact := range facts {
		c.Record(g, event.Says, 0, s, 0, record.Value{Text: fact, Flags: event.FlagText})
	}
	c.Acted(g)
	g.Pending = Pending{Op: event.Statement, Site: s, Object: o, Wait: over, Noted: true, Unnoticed: true}
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

// Asking counts what databases are asked at the moment, by the program or for the
// scheduler's sake. No step is made until they have answered.
var Asking atomic.Int32
