package rt

import (
	"sync"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// Output is one of the two standard streams. What goroutines print to it is
// noted in the order in which it is written.
type Output struct {
	mu   sync.Mutex
	Shut bool // the run has closed it: what is printed to it goes nowhere
}

// The two standard streams.
var Stdout, Stderr Output

// Print notes text and keeps others from printing until the function it returns
// is called, once the text is written. The detector does not see the mutex:
// printing orders nothing in the plain program.
func (o *Output) Print(s uint32, text string) (done func()) { return o.print(s, text, nil) }

// Write is Print for bytes, which count as they are when it is their turn.
func (o *Output) Write(s uint32, b []byte) (done func()) { return o.print(s, "", b) }

func (o *Output) print(s uint32, text string, b []byte) (done func()) {
	if control.ToRepeat != nil {
		return func() {}
	}
	if control.Active != nil {
		return printsControlled(control.Active, o, s, text, b)
	}
	if b != nil {
		text = string(b[:min(len(b), event.MaxText)])
	}
	record.RaceDisable()
	o.mu.Lock()
	record.RaceEnable()
	notePrint(s, text)
	return o.done
}

func (o *Output) done() {
	record.RaceDisable()
	o.mu.Unlock()
	record.RaceEnable()
}

// printsControlled announces and notes what the running goroutine prints; it is written
// before anybody else goes on, however long that takes. What was announced already, because a library
// keeps others out while it writes, is only noted.
func printsControlled(c *control.Scheduler, o *Output, s uint32, text string, b []byte) (done func()) {
	g := c.Enter()
	if g.Prints == 0 {
		pointPrint(c, g, s, text, b)
	}
	if o.Shut {
		c.Observer.PrintsTo(g) // it would not have been in vain, had it come earlier
		return func() { c.Leave(g) }
	}
	if b != nil {
		text = string(b)
	}
	if g.Prints != 0 {
		says := g.Says
		if says == "" {
			says = text
		}
		c.NoteAt(g, event.Print, 0, g.Prints, 0, nil, record.Value{Text: says, Flags: event.FlagText})
	} else {
		notePrinted(c, g, s, text)
	}
	c.Observer.Printed(o == &Stderr, text)
	c.Keeps(true)
	return func() {
		c.Keeps(false)
		c.Leave(g)
	}
}

// Held notes what a library prints at a moment when it keeps others out,
// unannounced: nobody can come before it. A search that meets it has not tried
// all orders.
func (o *Output) Held(s uint32, b []byte) (done func()) {
	if control.Active == nil || !control.Active.Observed || control.Active.Enter().Prints != 0 {
		return o.Write(s, b)
	}
	c, text := control.Active, string(b)
	g := c.Enter()
	c.Observer.PrintsHeld(s)
	c.NoteAt(g, event.Print, 0, s, 0, nil, record.Value{Text: text, Flags: event.FlagText})
	c.Observer.Printed(o == &Stderr, text)
	return func() { c.Leave(g) }
}

// Announce says that a library is about to print, and keeps others out while it
// does: whoever is to come before it comes now. says is what a picture says of it,
// "" for what is printed. The function it returns is to be called when that is
// done.
func Announce(s uint32, says string) (done func()) {
	if control.Active == nil || control.ToRepeat != nil {
		return func() {}
	}
	c := control.Active
	g := c.Enter()
	if g.Prints != 0 { // within another
		return func() {}
	}
	c.Point(g, event.Print, s, nil)
	c.Observer.PrintsTo(g) // whatever it is
	c.Acted(g)
	g.Prints, g.Says = s, says
	return func() {
		g.Prints, g.Says = 0, ""
		c.Leave(g)
	}
}

// Print notes a text that is written elsewhere.
func Print(s uint32, text string) {
	switch {
	case control.ToRepeat != nil:
	case control.Active != nil:
		g := control.Active.Enter()
		printControlled(control.Active, g, s, text)
		control.Active.Leave(g)
	case record.Ring != nil:
		notePrint(s, text)
	}
}

//go:norace
func notePrint(s uint32, text string) {
	record.NoteValue(event.Print, 0, s, 0, record.Value{Text: text, Flags: event.FlagText})
}

// pointPrint announces that g prints a text, or b as it is now.
func pointPrint(c *control.Scheduler, g *control.G, s uint32, text string, b []byte) {
	if b != nil && c.Spec.Choices {
		text = string(b[:min(len(b), event.MaxText)])
	}
	control.PointPrint(c, g, s, text)
}

// printControlled announces and notes what g prints.
func printControlled(c *control.Scheduler, g *control.G, s uint32, text string) {
	pointPrint(c, g, s, text, nil)
	notePrinted(c, g, s, text)
}

// notePrinted notes it.
func notePrinted(c *control.Scheduler, g *control.G, s uint32, text string) {
	c.NoteAt(g, event.Print, 0, s, 0, nil, record.Value{Text: text, Flags: event.FlagText})
	c.Acted(g)
}

// Unseen notes that n bytes at p are read for what is printed at site s.
func Unseen(s uint32, p unsafe.Pointer, n uintptr) {
	g := control.Active.Enter()
	control.Active.Observer.Reads(g, s, p, n)
}
