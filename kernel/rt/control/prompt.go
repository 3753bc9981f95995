package control

import (
	"syscall"
	"time"

	"threading101/kernel/event"
)

// Cells of a notebook continue one program. Between two of them main is at a prompt:
// on the virtual clock it sleeps there until nobody else can go on, and no time passes
// by it. On the free clock it is a sleep like any other. A run is decided by one seed
// for each cell, so that a longer program begins as the shorter one did.

// Who never comes to an end is left as they are after so many steps, passings of time
// or slices of work; who is outside, after so much of real time since the prompt first
// waited for somebody outside, however often they come by meanwhile.
const (
	promptSteps    = 2000
	promptEpochs   = 2000
	promptWork     = 200
	promptPatience = 100 * time.Millisecond
)

// prompting is main at a prompt; g is nil where it is at none.
type prompting struct {
	g                  *G
	steps, epoch, work uint64    // when it goes on at the latest
	slices             uint64    // of work that it gives to the others
	spent              bool      // they took all of them
	patient            time.Time // until then it waits for who is outside; zero: it has not yet
}

// Prompt waits at the prompt behind the n-th cell.
func Prompt(c *Scheduler, s uint32, n int, last bool) {
	stays := last && !c.Spec.Returns()
	if c.Free() && !stays {
		Sleep(c, s, 1)
	} else {
		sleepAtPrompt(c, s, n, stays)
	}
	c.leavePrompt(c.Enter(), n)
}

// Freeze is a prompt at which nobody goes on.
func Freeze(c *Scheduler, s uint32, n int, last bool) {
	g := c.Enter()
	c.Note(g, event.Sleep, 0, s, nil, 0)
	if last && !c.Spec.Returns() {
		c.stay(g, s, n)
	}
	c.Note(g, event.Woke, 0, s, nil, 0)
	c.leavePrompt(g, n)
}

// sleepAtPrompt sleeps until nobody else can go on. Where main is to stay at the
// prompt, the run ends then.
func sleepAtPrompt(c *Scheduler, s uint32, n int, stays bool) {
	g := c.Enter()
	c.Note(g, event.Sleep, 0, s, nil, 0)
	g.Pending = Pending{Op: event.Woke, Site: s, Noted: true, until: c.Clock, Wait: never}
	slices := c.prompt.next()
	c.prompt = prompting{g: g, steps: c.Steps + promptSteps, epoch: c.Epoch + promptEpochs, work: c.workDone + slices, slices: slices}
	g.acts++
	c.Await(g)
	if stays {
		c.stay(g, s, n)
	}
	c.Observer.SleptOn(g)
	c.Note(g, event.Woke, 0, s, nil, 0)
	c.Leave(g)
}

// stay ends the run at the prompt behind the n-th cell.
func (c *Scheduler) stay(g *G, s uint32, n int) {
	c.mark(n)
	c.stop(event.StopPrompt, s, g)
}

// leavePrompt goes on from the prompt behind the n-th cell, with the seed of the
// next one.
func (c *Scheduler) leavePrompt(g *G, n int) {
	c.mark(n)
	if n <= len(c.Spec.Later) {
		c.source.Reset(c.Spec.Later[n-1])
		c.Library.streams.continued(c.Spec.Later[n-1])
	}
	c.Leave(g)
}

// mark writes, where a front end sorts what is printed by cells, that the n-th cell
// is over.
func (c *Scheduler) mark(n int) {
	if !c.Spec.Marks {
		return
	}
	text := event.Mark(n)
	c.gate.present(func() {
		syscall.Write(1, text)
		syscall.Write(2, text)
	})
}

// overdue says whether main is at a prompt, and the others have had the time that
// they may take.
func (c *Scheduler) overdue() bool {
	p := &c.prompt
	return p.g != nil && (c.Steps >= p.steps || c.Epoch >= p.epoch || c.workDone >= p.work)
}

// next is how many slices of work the next prompt gives. Who computed to the end of the
// last one has half as many: one that never comes to an end takes little time in all,
// however many prompts there are.
func (p *prompting) next() uint64 {
	if p.spent {
		return max(p.slices/2, 1)
	}
	return promptWork
}

// wake lets main go on from its prompt.
func (c *Scheduler) wake() {
	g := c.prompt.g
	c.prompt.spent = c.workDone >= c.prompt.work
	c.prompt.g, g.Pending.Wait = nil, nil
	c.enable(g)
}

// awaitOutside waits in real time, and no longer than limit, for somebody to come in from
// outside, and says whether there is something to do. It is for who decides what is
// next: nobody has the turn.
func (c *Scheduler) awaitOutside(limit time.Duration) bool {
	if !c.gate.expecting(c) {
		return false
	}
	if c.prompt.g != nil {
		limit = min(limit, c.prompt.patience())
	}
	return limit > 0 && c.gate.waitForArrival(c, limit)
}

// patience is how long who is outside will still be waited for.
func (p *prompting) patience() time.Duration {
	if p.patient.IsZero() {
		p.patient = time.Now().Add(promptPatience)
	}
	return time.Until(p.patient)
}
