package program

import (
	"threading101/kernel/model"
	"threading101/kernel/report"
	"threading101/kernel/sched"
)

// Tell shows a line of text below the cell.
func (c *Cell) Tell(line string) { c.text(line) }

// Say shows a line of text, once in a session.
func (c *Cell) Say(line string) { c.say([]string{line}) }

// Misused says, where a magic stands, what is wrong with it.
func (c *Cell) Misused(name, message, hint string) *report.Report {
	return c.misused(c.Orders.Line(name), name, message, hint)
}

// Free reports whether the cell's run is on the free clock.
func (c *Cell) Free() bool { return c.clock == sched.Free }

// Token is the token of %replay, nil without.
func (c *Cell) Token() *sched.Token { return c.token }

// Waits reports whether the cell's run stayed at its last prompt: another cell may go
// on from there.
func (c *Cell) Waits() bool {
	return c.Result != nil && c.Result.Execution != nil && c.Result.Execution.Status == model.Waiting
}
