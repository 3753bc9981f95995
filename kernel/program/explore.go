package program

import (
	"context"
	"slices"

	"threading101/kernel/explain"
	"threading101/kernel/model"
	"threading101/kernel/render/found"
	"threading101/kernel/render/ink"
	"threading101/kernel/report"
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
	c.Say(p.Built.Notes...)
	if findings != nil {
		c.Found = findings.Result
	}
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
	c.Verdicts, c.Verdict = f.Verdicts, verdict(f.Verdicts)
	show := b.Replace
	if c.Orders.Explore {
		show = c.Screen.Display
	}
	var shown []found.Shown
	if !c.Stop.Interrupted() {
		shown = f.Violations(ctx, c.Session.Log)
	}
	show(c.drawing(func() (data, metadata map[string]any) {
		return found.CheckBundle(f.Verdicts, f.Result, shown, paper)
	}))
	for i := range shown {
		c.live(shown[i].Bundle(paper), shown[i].Execution, shown[i].Options(paper))
		c.Session.runs.swap(past{c.identity(), c.Number, shown[i].Execution, 0})
	}
	if c.Stop.Interrupted() {
		return nil
	}
	return c.grade(f, c.violated(f, shown))
}

// verdict is what came of a check in one word, "" if that is not certain.
func verdict(all []model.Verdict) string {
	said := "holds"
	for _, v := range all {
		switch {
		case !v.Holds:
			return "fails"
		case !v.Complete || len(v.Uncalled) > 0:
			said = ""
		}
	}
	return said
}

// violated reports the first property that does not hold; nil if all do.
func (c *Cell) violated(f *Findings, shown []found.Shown) *report.Report {
	failed := 0
	for i := range f.Verdicts {
		if !f.Verdicts[i].Holds {
			failed++
		}
	}
	if failed == 0 {
		return nil
	}
	first := slices.IndexFunc(f.Verdicts, func(v model.Verdict) bool { return !v.Holds })
	v := &f.Verdicts[first]
	var explanation []string
	if len(shown) > 0 && slices.Contains(shown[0].Properties, v.Property) {
		explanation = explain.Sentences(shown[0].Execution)
	}
	c.Failed = &Violation{Property: v.Property}
	if i := slices.IndexFunc(shown, func(s found.Shown) bool { return slices.Contains(s.Properties, v.Property) }); i >= 0 {
		c.Failed.Run = shown[i].Execution
	}
	at := model.Pos{Cell: c.Number, Line: c.lines[first]}
	return report.Check(at, v.Property, v.Why(explanation), failed-1)
}
