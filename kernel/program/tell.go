package program

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"threading101/kernel/model"
	"threading101/kernel/render/picture"
	"threading101/kernel/report"
	"threading101/kernel/run"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// Run runs the cell's program once and shows what came of it. The report says how
// the cell failed; nil if it did not.
func (c *Cell) Run(ctx context.Context, p *Program, s Streams) (ran bool, failure *report.Report) {
	course, r := c.decide(p)
	if r != nil {
		return false, r
	}
	if c.Procs > 0 {
		q := *p
		q.Env = append(slices.Clone(p.Env), "GOMAXPROCS="+strconv.Itoa(c.Procs))
		p = &q
	}
	var later held
	if show := s.Output; c.Quiz && show != nil {
		s.Output = later.take
		defer later.release(show)
	}
	o, err := p.Run(ctx, course, s, c.Stop)
	if err != nil {
		return false, report.Broken(notStarted(err))
	}
	if c.Screen.Gone(ctx) {
		return false, nil
	}
	if o.ReadStdin && s.Input == nil {
		c.Screen.Warn(words.InputEnded)
	}
	c.Result = o
	return true, c.tell(ctx, o, course, p)
}

// notStarted says why a program does not run.
func notStarted(err error) string {
	if refused := new(run.Refused); errors.As(err, &refused) {
		return refused.Why
	}
	return words.RunFailed(err)
}

// decide settles the course of the cell's run.
func (c *Cell) decide(p *Program) (Course, *report.Report) {
	course, refusal := p.Decide(Wish{
		Real: c.Real, Seed: c.Seed, Clock: c.clock, Asked: c.Seed != nil || c.Clock != "", Insist: c.Seed != nil,
		Seeds: c.Seeds, Ends: c.End, Token: c.token, Lenient: c.Lenient, Retry: "%replay -lenient " + c.Replay,
	})
	switch {
	case refusal == nil:
		return course, nil
	case refusal.OtherCode:
		return course, c.refuseOther(refusal)
	}
	return course, c.refuse("replay", refusal.Message, refusal.Hint)
}

// refuseOther refuses a token of other code, and says which cell had made it.
func (c *Cell) refuseOther(r *Refusal) *report.Report {
	if past, ok := c.Session.runs.ofToken(c.token.String()); ok {
		return c.refuse("replay", r.Message, words.ReplayKnown(past.number))
	}
	return c.refuse("replay", r.Message)
}

// tell shows what came of a run.
func (c *Cell) tell(ctx context.Context, o *run.Result, course Course, p *Program) *report.Report {
	if o.TraceProblem != "" {
		c.Session.Log("cell %d: %s", c.Number, o.TraceProblem)
	}
	c.Say(p.Built.Notes...)
	if strayed := c.strayed(course, o); strayed != nil {
		c.draw(o.Execution, c.token != nil)
		return strayed
	}
	if c.Quiz && picture.Worthwhile(o.Execution) {
		c.Session.runs.swap(past{c.identity(), c.Number, o.Execution, 0})
		if r := c.quiz(ctx, o.Execution, picture.Options{Note: sentences(c.notes(course, o))}); r != nil {
			return r
		}
		return report.Failed(o, c.Session.Memory)
	}
	c.draw(o.Execution, c.token != nil, append(c.notes(course, o), c.valuesOf(o.Execution), c.tally(course, o.Execution, p))...)
	return report.Failed(o, c.Session.Memory)
}

// notes is what must be said of a run.
func (c *Cell) notes(course Course, o *run.Result) []string {
	if course.Token == nil || o.Parted < 0 || !course.Other {
		return append([]string{course.Note}, o.Notes...)
	}
	past, known := c.Session.runs.ofToken(course.Token.String())
	if !known || o.Execution == nil {
		return append([]string{course.Note}, o.Notes...)
	}
	before := c.Session.aligned(past.run, past.number, o.Execution, c.Number)
	parts := words.Difference(trace.Compare(before, o.Execution), before, o.Execution)
	return []string{course.Note, words.LenientFrom, parts} // tells more than the trail in the token
}

// strayed reports that a replay of the same code was not the token's run. The
// scheduler did its part, so something else decided.
func (c *Cell) strayed(course Course, o *run.Result) *report.Report {
	if !course.Strayed(o) || c.Lenient || o.Interrupted {
		return nil
	}
	return report.Strayed(c.at("replay"), sentences(o.Notes), o, c.Session.Memory)
}

// valuesOf says which values the expressions of %outcome had in a run that is not
// one of many, "" if there are none.
func (c *Cell) valuesOf(x *model.Execution) string {
	exprs := c.Orders.Values
	switch {
	case len(exprs) == 0 || x == nil:
		return ""
	case len(x.Values) < len(exprs): // behind them may be what a prediction asks for
		return words.OutcomeNone
	}
	var all []string
	for i, expr := range exprs {
		all = append(all, words.OutcomeValueIs(expr, words.Plain(x.Values[i], 200)))
	}
	return words.OutcomeOfRun(all)
}
