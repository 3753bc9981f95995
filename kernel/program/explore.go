package program

import (
	"context"

	"threading101/kernel/explain"
	"threading101/kernel/model"
	"threading101/kernel/render/columns"
	"threading101/kernel/render/found"
	"threading101/kernel/render/ink"
	"threading101/kernel/report"
	"threading101/kernel/run"
)

// Explore tries the schedules of a program and shows what was found. The report
// says how the cell failed; nil if it did not.
func (c *Cell) Explore(ctx context.Context, p *Program) *report.Report {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !c.Stop.Begin(cancel) {
		return nil
	}
	defer c.Stop.Finish()
	b, q := c.Screen.Board(), c.question()
	q.Progress = b.Progress
	findings, err := p.Explore(ctx, q)
	b.Stop()
	if c.Screen.Gone(ctx) {
		b.Remove()
		return nil
	}
	c.say(p.Built.Notes)
	if err != nil {
		b.Remove()
		return report.Broken(err.Error())
	}
	return c.present(ctx, b, findings)
}

// present shows what an exploration found, and what that means for what is
// checked.
func (c *Cell) present(ctx context.Context, b Board, f *Findings) *report.Report {
	paper := ink.Paper{}
	if len(f.Verdicts) == 0 || c.Orders.Explore {
		b.Replace(c.drawing(func() (data, metadata map[string]any) { return found.Bundle(f.Result, paper) }))
	}
	if len(f.Verdicts) == 0 {
		return nil
	}
	show := b.Replace
	if c.Orders.Explore {
		show = c.Screen.Display
	}
	show(c.drawing(func() (data, metadata map[string]any) { return found.CheckBundle(f.Verdicts, f.Result, paper) }))
	for i, v := range f.Verdicts {
		if !v.Holds && !c.Stop.Interrupted() {
			return c.violated(ctx, f, v, c.lines[i])
		}
	}
	return nil
}

// violated shows the shortest run that violates a property, and reports it.
func (c *Cell) violated(ctx context.Context, f *Findings, v model.Verdict, line int) *report.Report {
	o, err := f.Open(ctx, v.Token)
	if err != nil {
		c.Session.Log("opening %s: %v", v.Token, err)
		o = &run.Result{}
	}
	if o.Execution != nil {
		c.draw(o.Execution, true, o.Notes...)
		c.Screen.Display(c.drawing(func() (data, metadata map[string]any) {
			return columns.Bundle(o.Execution)
		}))
	}
	explanation := explain.Sentences(o.Execution)
	at := model.Pos{Cell: c.Number, Line: line}
	return report.Check(at, v.Property, v.Why(explanation), explanation, v.Token, c.Session.Memory)
}
