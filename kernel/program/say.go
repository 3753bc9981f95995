package program

import (
	"threading101/kernel/model"
	"threading101/kernel/report"
	"threading101/kernel/sched"
)

// Tell shows a line of text below the cell.
func (c *Cell) Tell(line string) {
	c.Screen.Display(map[string]any{"text/plain": line}, map[string]any{})
}

// Say shows lines of text, each once in a session: what was done otherwise than asked,
// or than expected. That is no error, so it does not go to the standard error: some
// graders take any text there for one.
func (c *Cell) Say(lines ...string) {
	for _, line := range lines {
		if _, said := c.Session.said.LoadOrStore(line, true); !said {
			c.Tell(line)
		}
	}
}

// Misused says, where a magic stands, what is wrong with it.
func (c *Cell) Misused(name, message, hint string) *report.Report {
	return c.misused(c.Orders.Line(name), name, message, hint)
}

// Free reports whether the cell's run is on the free clock. A token has a clock of its own.
func (c *Cell) Free() bool {
	if c.token != nil {
		return c.token.Spec.Clock == sched.Free
	}
	return c.clock == sched.Free
}

// Token is the token of %replay, nil without.
func (c *Cell) Token() *sched.Token { return c.token }

// Waits reports whether the cell's run stayed at its last prompt: another cell may go
// on from there.
func (c *Cell) Waits() bool {
	return c.Result != nil && c.Result.Execution != nil && c.Result.Execution.Status == model.Waiting
}
