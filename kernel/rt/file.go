package rt

import (
	"sync"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// A file is written, read, opened and named by package rtfile, which knows package os.
// Here is what makes a step of that.

// FileAbout is what an operation is about.
type FileAbout struct {
	Ptr   unsafe.Pointer // the file by its name
	Name  string         // what it is called
	Fresh bool           // nobody was told so far
	Uses  func() []control.Use
}

// FileDone is what came of it.
type FileDone struct {
	Text    string // see the operation in package event
	Failed  bool
	Changed bool // something is not as it was
}

// FileStep does an operation on files as one step. about is asked by who has the turn,
// before it is announced; do does it. In a run that Go schedules one comes after the
// other, so that they are noted in the order in which they were done.
func FileStep(s uint32, op event.Op, about func() FileAbout, do func() FileDone) {
	if control.Active != nil {
		fileControlled(control.Active, s, op, about, do)
		return
	}
	lockFiles()
	a := about()
	done := do()
	noteFile(s, op, a, done)
	unlockFiles()
}

var files sync.Mutex

// FileKnown has do look at what is known of files, or change it, while nobody else does.
func FileKnown(do func()) {
	if c := control.Active; c != nil {
		g := c.Enter()
		c.Keeps(true)
		do()
		c.Keeps(false)
		c.Leave(g)
		return
	}
	lockFiles()
	do()
	unlockFiles()
}

// The detector does not see the mutex: files order nothing in the plain program.

func lockFiles() {
	record.RaceDisable()
	files.Lock()
	record.RaceEnable()
}

func unlockFiles() {
	record.RaceDisable()
	files.Unlock()
	record.RaceEnable()
}

//go:norace
func noteFile(s uint32, op event.Op, a FileAbout, done FileDone) {
	if record.Ring == nil {
		return
	}
	at := uintptr(a.Ptr)
	if a.Fresh {
		record.NoteValue(event.Called, 0, s, at, record.Value{Text: a.Name, Flags: event.FlagText})
	}
	record.NoteValue(op, done.flags(), s, at, record.Value{Text: done.Text, Flags: event.FlagText})
}

func (d *FileDone) flags() uint8 {
	if d.Failed {
		return event.FlagFailed
	}
	return 0
}

func fileControlled(c *control.Scheduler, s uint32, op event.Op, about func() FileAbout, do func() FileDone) {
	g := c.Enter()
	c.Keeps(true)
	a := about()
	c.Keeps(false)
	if a.Fresh {
		control.CallFile(c, g, s, a.Ptr, a.Name)
	}
	var uses []control.Use
	if g.Prints != 0 { // a library keeps others out while it writes: it was announced as a print
		uses = a.Uses()
		control.Unannounced(c, g, uses)
		c.Observer.StraysTo(s, a.Name)
	} else {
		uses = control.PointFile(c, g, op, s, a.Ptr, a.Uses)
	}
	done := do()
	control.NoteFile(c, g, op, done.flags(), s, a.Ptr, done.Text, uses, done.Changed)
	c.Leave(g)
}

// FileHeld says that a library keeps others out, unannounced, until the function it
// returns is called: what it does to files meanwhile is part of the step before.
func FileHeld(s uint32) (done func()) {
	g := control.Active.Enter()
	was := g.Prints
	g.Prints = s
	return func() { g.Prints = was }
}

// FileStrays says that what is done to a file at site s is not as controlled as the
// rest: it lies elsewhere, or a library uses it in ways that are not known.
func FileStrays(s uint32, name string) {
	if control.Active != nil {
		control.Active.Observer.StraysTo(s, name)
	}
}
