package control

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// Folder is where the program is to work, in a folder that begins as its working folder
// does: each of many runs finds the files as the first did. "": in its working folder.
var Folder string

// Use is a thing that an operation on files touches, and how: a name, what is in a
// file, the place in it from which an open file goes on, what is in a folder.
type Use struct {
	Ptr   unsafe.Pointer
	Touch event.Touch
}

// PointFile announces an operation on the file named at ptr. uses says what it would
// touch, as things are when it is asked. What it does touch is what it said last, and
// that is returned.
func PointFile(c *Scheduler, g *G, op event.Op, s uint32, ptr unsafe.Pointer, uses func() []Use) []Use {
	g.Pending = Pending{Op: op, Site: s, Uses: uses}
	if g.tellAbout(c, ptr); c.Observed {
		for _, u := range uses() {
			c.Object(u.Ptr) // numbered now, whether or not a search asks
		}
	}
	c.Await(g)
	c.Keeps(true) // until it is noted: how slow the disk is is no part of the schedule
	now := uses()
	g.Pending.Uses = func() []Use { return now }
	return now
}

// NoteFile notes what was done to the file named at ptr.
func NoteFile(c *Scheduler, g *G, op event.Op, flags uint8, s uint32, ptr unsafe.Pointer, text string, uses []Use, changed bool) {
	c.Keeps(false)
	c.NoteAt(g, op, flags, s, c.Object(ptr).Ord, ptr, record.Value{Text: text, Flags: event.FlagText})
	for _, u := range uses {
		if o := c.Object(u.Ptr); changed && u.Touch != event.TouchRead {
			c.Changed(u.Ptr)
		} else {
			g.Read(o.Ord, o.Version)
		}
	}
	if changed {
		c.Acted(g)
	}
}

// CallFile records what the file named at ptr is called.
func CallFile(c *Scheduler, g *G, s uint32, ptr unsafe.Pointer, name string) {
	c.Record(g, event.Called, 0, s, uintptr(ptr), record.Value{Text: name, Flags: event.FlagText})
}

// Unannounced has g touch these in the step that it is making already.
func Unannounced(c *Scheduler, g *G, uses []Use) {
	g.Pending.Uses = func() []Use { return uses }
}
