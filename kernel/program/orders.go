package program

import (
	"errors"
	"slices"
	"strings"

	"threading101/kernel/build"
	"threading101/kernel/explore/property"
	"threading101/kernel/magic"
	"threading101/kernel/model"
	"threading101/kernel/report"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// Obey takes our own magics out of the cell and does what they say that needs no
// program. What is left for GoNB is in Code then.
func (c *Cell) Obey(code string) *report.Report {
	found, err := magic.Parse(code)
	if err != nil {
		return report.Word(c.Number, err, c.Session.Memory)
	}
	c.Orders, c.Code = Orders{Cell: found}, found.Code
	if found.Help {
		c.help(magic.Help())
	}
	if found.Means {
		c.help(magic.ControlledHelp())
	}
	c.setPicture()
	if r := c.readQuestion(); r != nil {
		return r
	}
	if r := c.readStep(); r != nil {
		return r
	}
	return c.readCourse()
}

func (c *Cell) help(plain, page string) {
	c.Screen.Display(map[string]any{"text/plain": plain, "text/html": page}, map[string]any{})
}

// readQuestion reads what is to be explored and checked.
func (c *Cell) readQuestion() *report.Report {
	for _, name := range []string{"check", "explore"} {
		if line := c.Line(name); line > 0 {
			c.explored, c.line = name, line
		}
	}
	for _, d := range c.Checks {
		found, err := property.Parse(d.Args)
		if err != nil {
			message, hint, _ := strings.Cut(err.Error(), "\nhint: ")
			return c.misused(d.Line, "check", message, hint)
		}
		if c.Graded && len(found) > 1 {
			return c.misused(d.Line, "check", words.CheckNoPoints(found[0].String()), "")
		}
		for _, p := range found {
			c.properties, c.lines, c.points = append(c.properties, p), append(c.lines, d.Line), append(c.points, d.Points)
		}
	}
	if c.IsEmpty() && len(c.Values) > 0 && !c.Explores() {
		return c.misused(c.Line("outcome"), "outcome", words.NothingToRun("outcome"), words.NothingToRunHint)
	}
	return nil
}

// readCourse reads what the cell says of the schedule.
func (c *Cell) readCourse() *report.Report {
	if c.IsEmpty() && c.Speed != nil {
		return c.misused(c.Line("real"), "real", words.SpeedNoMain, words.SpeedNoMainHint)
	}
	if c.IsEmpty() {
		for _, name := range []string{"seed", "replay"} {
			if name == "replay" && c.Session.Continues {
				continue
			}
			if line := c.Line(name); line > 0 {
				return c.misused(line, name, words.NothingToRun(name), words.NothingToRunHint)
			}
		}
	}
	c.clock = c.Session.clock
	if c.Clock != "" {
		c.clock = clockNamed(c.Clock)
	}
	if c.Clock != "" && c.IsEmpty() && !c.Explores() && !c.Step {
		c.Session.clock = c.clock
		c.Tell(words.ClockSet(c.Clock))
	}
	if c.Replay == "" {
		return nil
	}
	token, r := c.readToken(c.Replay, "replay")
	c.token = &token
	return r
}

// readToken reads a token that is given to a magic.
func (c *Cell) readToken(text, magic string) (sched.Token, *report.Report) {
	token, err := sched.ParseToken(text)
	switch {
	case errors.Is(err, sched.ErrVersion):
		return token, c.refuse(magic, words.TokenVersion(token.Version, sched.TokenVersion))
	case err != nil:
		return token, c.refuse(magic, words.TokenMangled(text))
	}
	return token, nil
}

// refuse says why a token given to a magic is not heeded. Nothing has been run
// then.
func (c *Cell) refuse(magic, message string, hints ...string) *report.Report {
	return report.Replay(c.at(magic), message, hints, c.Session.Memory)
}

// Suit adds to a build what the program must be able to tell for this cell. One that
// could be explored stays so.
func (c *Cell) Suit(r build.Request) build.Request {
	if r.Plain, r.Traced = c.Speed != nil, false; r.Plain {
		r.Explore, r.Values, r.Spans = false, nil, nil
		return r
	}
	explore := r.Explore || c.Explores() || c.Searched() || c.asksLate() || c.Step
	q := c.question()
	r = q.Suit(r)
	r.Explore = explore
	if h := c.byHand(); c.Step {
		r.Values = h.values()
	}
	return r
}

// Unfit reports, at the line that asks for it, what the program cannot tell.
func (c *Cell) Unfit(text string) *report.Report {
	message, hint, _ := strings.Cut(strings.TrimSpace(text), "\nhint: ")
	at, asked := magic.Directive{Name: "outcome", Line: c.Line("outcome")}, ""
	blame := func(d magic.Directive, names ...string) {
		for _, name := range names {
			if len(name) > len(asked) && strings.Contains(message, name) {
				at, asked = d, name
			}
		}
	}
	for _, d := range c.All("outcome") {
		blame(d, d.Args...)
	}
	for i, d := range c.All("predict") {
		blame(d, c.Predicts[i].Needs().Values...)
	}
	if c.aim != nil {
		blame(magic.Directive{Name: "step", Line: c.Line("step")}, c.aim.Values()...)
	}
	for i, p := range c.properties {
		needs := p.Needs()
		blame(magic.Directive{Name: "check", Line: c.lines[i]}, slices.Concat(needs.Values, needs.Spans, needs.Always, needs.Eventually)...)
	}
	return c.misused(at.Line, at.Name, message, hint)
}

// Cannot says, at the magic that asked for it, why all schedules of a program are
// not tried.
func (c *Cell) Cannot(message, hint string) *report.Report {
	return report.Unexplorable(model.Pos{Cell: c.Number, Line: c.line}, message, hint, c.Session.Memory)
}

// Nothing says, at the magic that asked for it, that there is no program whose
// schedules could be tried.
func (c *Cell) Nothing() *report.Report {
	return c.misused(c.line, c.explored, words.NothingToRun(c.explored), words.ExploreNothingHint)
}

// NoMain says that the cell's program never runs main.
func (c *Cell) NoMain() *report.Report {
	return c.Cannot(words.ExploreNoMain(c.explored), words.NothingToRunHint)
}
