package rt

import (
	"runtime"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

func mainBegins(c *control.Scheduler, s uint32) {
	c.Outcome = nil
	c.NoteAt(c.Enter(), event.Start, event.FlagNoValue, s, 0, nil, record.Value{})
}

func goschedControlled(c *control.Scheduler, s uint32) {
	g := c.Enter()
	c.Point(g, event.Gosched, s, nil)
	c.Note(g, event.Gosched, 0, s, nil, 0)
	g.Read(0, uint32(c.Changes))
	runtime.Gosched()
	c.Leave(g)
}

// print announces and notes what g prints.
func printControlled(c *control.Scheduler, g *control.G, s uint32, text string) {
	c.Point(g, event.Print, s, nil)
	notePrinted(c, g, s, text)
}

// printed notes it.
func notePrinted(c *control.Scheduler, g *control.G, s uint32, text string) {
	c.NoteAt(g, event.Print, 0, s, 0, nil, record.Value{Text: text, Flags: event.FlagText})
	c.Acted(g)
}

// exit announces and notes the end of the program.
func exitControlled(c *control.Scheduler, s uint32, code int) {
	g := c.Enter()
	c.Point(g, event.Exit, s, nil)
	c.Note(g, event.Exit, 0, s, nil, uint64(code))
	c.Backend.Exit(c, code)
}
