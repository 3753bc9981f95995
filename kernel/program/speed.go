package program

import (
	"context"
	"time"

	"threading101/kernel/build"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/speedup"
	"threading101/kernel/report"
	"threading101/kernel/speed"
	"threading101/kernel/words"
)

// Measure measures the cell's program and shows what came of it. traced builds the same
// program with Go's tracer. ran reports whether something was run and shown; the report
// says how the cell failed, nil if it did not.
func (c *Cell) Measure(ctx context.Context, p *Program, traced func(context.Context) (build.Result, error), s Streams) (ran bool, failure *report.Report) {
	meanwhile := &progress{cell: c}
	t, err := p.Measure(ctx, Bench{Plan: c.Speed.Plan(speed.Processors()), Traced: traced, Progress: meanwhile.tell}, s, c.Stop)
	switch {
	case err != nil:
		return false, report.Broken(words.RunFailed(err))
	case c.Screen.Gone(ctx):
		return false, nil
	}
	c.Result = t.First
	c.Say(p.Built.Notes...)
	if says := t.Nothing(); says != "" {
		meanwhile.show(map[string]any{"text/plain": says}, map[string]any{})
	} else {
		meanwhile.show(c.drawing(func() (data, metadata map[string]any) { return speedup.Bundle(t.Measured, ink.Paper{}) }))
	}
	switch {
	case t.Failed != nil:
		return true, report.Failed(t.Failed, c.Session.Memory)
	case t.First == nil && t.Cut == speed.CutByTime:
		return true, report.Broken(words.SpeedEndless(speed.MostTime))
	}
	return t.First != nil, nil
}

// Nothing says why there is nothing to show, "" if there is something.
func (t *Timed) Nothing() string {
	switch {
	case t.Failed != nil && t.Nth == 0:
		return words.SpeedFailed
	case t.Failed != nil:
		return words.SpeedFailedLater(t.Nth)
	case t.First == nil && t.Cut == speed.CutByTime:
		return words.SpeedEndless(speed.MostTime)
	case t.Runs() == 0:
		return words.SpeedNothing
	}
	return ""
}

// progress is the place below a cell where a measurement is shown while it goes on, and
// then what came of it.
type progress struct {
	cell    *Cell
	replace func(data, metadata map[string]any)
	last    time.Time
}

// often is how much time passes between two changes at least.
const often = 300 * time.Millisecond

func (p *progress) tell(n, of int) {
	says := words.SpeedProgress(n, of)
	if n == of {
		says = words.SpeedTracing
	}
	if now := time.Now(); now.Sub(p.last) >= often {
		p.last = now
		p.show(map[string]any{"text/plain": says}, map[string]any{})
	}
}

func (p *progress) show(data, metadata map[string]any) {
	if p.replace == nil {
		p.replace = p.cell.Screen.Keep(data, metadata)
		return
	}
	p.replace(data, metadata)
}
