package program

import (
	"context"
	"slices"

	"threading101/kernel/predict"
)

// predicted are the expressions whose values tell the answers to what the cell asks.
func (o *Orders) predicted() (values []string) {
	for _, q := range o.Predicts {
		for _, v := range q.Needs().Values {
			if !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
	}
	return values
}

// Searched reports whether all schedules must be tried to tell the answers to what the
// cell asks.
func (o *Orders) Searched() bool {
	return slices.ContainsFunc(o.Predicts, func(q *predict.Question) bool { return q.Needs().Search })
}

// asksLate reports whether the cell asks from which step on it was too late.
func (o *Orders) asksLate() bool {
	return slices.ContainsFunc(o.Predicts, func(q *predict.Question) bool { return q.Needs().Late })
}

// late is the step of the cell's run from which on it was too late, 0 if that cannot be
// told.
func (c *Cell) late(ctx context.Context, p *Program) int {
	session, refusal := p.Step(ByHand{})
	if refusal != nil || c.Result == nil || c.Result.Execution == nil {
		return 0
	}
	defer session.Close()
	step, known := session.Late(ctx, c.Result.Execution.Token)
	if !known {
		c.Session.Log("%%predict {late}: %s", c.Result.Execution.Token)
	}
	return step
}

// Facts are what the cell's run, or its search, says to what the cell asks. Where a
// search is needed and none was made, one is, of p; nil if the cell's program cannot be
// tried.
func (c *Cell) Facts(ctx context.Context, p *Program) predict.Facts {
	f := predict.Facts{Found: c.Found, Check: c.Verdict}
	if c.Result != nil {
		f.Run = c.Result.Execution
		printed := c.Result.Stdout
		if f.Run != nil {
			printed, f.Values = c.printed(f.Run), c.named(f.Run.Values)
		}
		f.Printed = &printed
	}
	if p != nil && c.asksLate() {
		f.Late = c.late(ctx, p)
	}
	if f.Found != nil || p == nil || !c.Searched() || p.Unexplorable() != nil {
		return f
	}
	if findings, err := p.Explore(ctx, c.question()); err == nil {
		f.Found = findings.Result
	} else {
		c.Session.Log("%%predict: %v", err)
	}
	return f
}

// named gives the values of a run the names of their expressions.
func (c *Cell) named(values []string) map[string]string {
	exprs := c.question().Values
	all := map[string]string{}
	for i, expr := range exprs {
		if len(values) == len(exprs) {
			all[expr] = values[i]
		}
	}
	return all
}

// CameTo is what the run came to in a few words, "" if that would take too many.
func (c *Cell) CameTo() string {
	if c.Result == nil || c.Result.Execution == nil {
		return ""
	}
	return c.result(c.Result.Execution)
}
