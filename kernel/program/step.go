package program

import (
	"context"
	"fmt"
	"strings"

	"threading101/kernel/build"
	"threading101/kernel/render/picture"
	"threading101/kernel/report"
	"threading101/kernel/sched"
	"threading101/kernel/step"
	"threading101/kernel/words"
)

// ByHand is how a learner makes a run, choice by choice.
type ByHand struct {
	Clock sched.Clock
	Goal  *step.Aim // what is to be reached; nil: nothing
}

// Suit adds to a build that the program's goal can be searched, and what it must be able
// to tell.
func (h *ByHand) Suit(r build.Request) build.Request {
	r.Explore = true
	if h.Goal != nil {
		r.Values = h.Goal.Values()
	}
	return r
}

// values are the expressions whose values the program tells.
func (h *ByHand) values() []string {
	if h.Goal == nil {
		return nil
	}
	return h.Goal.Values()
}

// Step begins a run that is made by hand. A refusal means that there is nothing to
// choose.
func (p *Program) Step(h ByHand) (*step.Session, *Refusal) {
	b := &p.Built
	c := step.Config{Run: p.spec(true), Clock: h.Clock, Values: h.values(), Goal: h.Goal}
	switch {
	case p.Raced:
		return nil, &Refusal{Message: words.StepRaced}
	case b.Unrecorded != "":
		return nil, &Refusal{Message: words.StepUnrecorded(b.Unrecorded)}
	case !b.Instrumented:
		return nil, &Refusal{Message: words.StepNothing}
	case b.Outside:
		c.Blind = words.ExploreOutside(b.Uncontrolled)
	}
	return step.New(c), nil
}

// readStep reads the goal of %step.
func (c *Cell) readStep() *report.Report {
	if c.StepGoal == "" {
		return nil
	}
	aim, err := step.ParseGoal(c.StepGoal)
	if err != nil {
		message, hint, _ := strings.Cut(err.Error(), "\nhint: ")
		return c.Misused("step", message, hint)
	}
	c.aim = &aim
	return nil
}

// byHand is what the cell says of a run that is made by hand. Where nothing is said of
// the clock it is the free one, as for a search.
func (o *Orders) byHand() ByHand {
	h := ByHand{Clock: sched.Free, Goal: o.aim}
	if o.Clock != "" {
		h.Clock = clockNamed(o.Clock)
	}
	return h
}

// NothingToStep says that there is no program whose run could be made by hand.
func (c *Cell) NothingToStep() *report.Report {
	return c.Misused("step", words.NothingToRun("step"), words.StepNothingHint)
}

// CannotStep says why a program's run is not made by hand.
func (c *Cell) CannotStep(message string) *report.Report { return c.Misused("step", message, "") }

// StepThrough has the learner make a run of the program, asking for each choice. Where
// ask is nil nobody can be asked: the first choice is shown.
func (c *Cell) StepThrough(ctx context.Context, p *Program, ask func(ctx context.Context, prompt string) (string, error)) *report.Report {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !c.Stop.Begin(cancel) {
		return nil
	}
	defer c.Stop.Finish()
	session, refusal := p.Step(c.byHand())
	if refusal != nil {
		return c.CannotStep(refusal.Message)
	}
	defer session.Close()
	t := &step.Talk{Session: session}
	text, refused := t.Begin(ctx, step.First(c.StepFrom))
	switch {
	case refused != nil && refused.Code == step.Interrupted:
		return nil
	case refused != nil && refused.Code == step.BadToken:
		return c.refuse("step", refused.Message)
	case refused != nil:
		return c.CannotStep(refused.Message)
	case ask == nil || t.State.Ended != nil && c.StepFrom == "":
		c.showState(t, ask == nil)
		return nil
	}
	c.Tell(strings.TrimRight(text, "\n"))
	if !c.converse(ctx, t, ask) {
		return nil
	}
	if t.State.Ended == nil {
		c.Tell(words.StepLeft)
	}
	c.draw(session.Run(), true, words.StepThin)
	return nil
}

// converse asks until the learner has had enough, or nobody answers any more. It is false
// if the cell was interrupted.
func (c *Cell) converse(ctx context.Context, t *step.Talk, ask func(ctx context.Context, prompt string) (string, error)) bool {
	for over := false; !over; {
		line, err := ask(ctx, t.Prompt())
		if ctx.Err() != nil {
			return false
		}
		text := ""
		if err != nil {
			text, over = t.Finish(ctx), true
		} else {
			text, over = t.Answer(ctx, line)
		}
		if text = strings.TrimRight(text, "\n"); text != "" {
			c.Tell(text)
		}
	}
	return ctx.Err() == nil
}

// showState shows where the run stands, with the picture so far and a table of who can go
// on.
func (c *Cell) showState(t *step.Talk, unasked bool) {
	note := ""
	if unasked && t.State.Ended == nil {
		note = words.StepNobodyToAsk + " " + words.StepThin
	}
	data, metadata := c.drawing(func() (map[string]any, map[string]any) {
		return picture.Bundle(t.Run(), picture.Options{Note: note})
	})
	if data == nil {
		data, metadata = map[string]any{"text/plain": ""}, map[string]any{}
	}
	data["text/plain"] = strings.TrimRight(fmt.Sprint(data["text/plain"])+"\n"+step.Text(t.State), "\n")
	if page, ok := data["text/html"].(string); ok && t.State.Ended == nil {
		data["text/html"] = page + step.HTML(t.State)
	}
	c.Screen.Display(data, metadata)
}
