package step

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// position is what choices come to: a run that ended where nobody has decided, or that
// is over.
type position struct {
	choices []model.Choice // made, those among them about which nobody is asked
	x       *model.Execution
	result  *run.Result
	output  string
	cut     int // bytes left out at the beginning of output
}

// mostSteps is how many steps a run may make that asks: without a choice some never come
// to an end.
const mostSteps = 2_000_000

// mostOutput is how many bytes of the output a state has: its end.
const mostOutput = 16 << 10

// after runs the program with some choices, and ends it where the next one is to be made.
func (s *Session) after(ctx context.Context, choices []model.Choice) (*position, *Error) {
	return s.run(ctx, asking(choices), choices)
}

// asking is a run with some choices that ends where the next one is to be made.
func asking(choices []model.Choice) sched.Spec {
	return sched.Spec{Switches: switches(choices), Made: uint64(len(choices)), Then: sched.ThenAsk, Steps: mostSteps}
}

// rest runs the program to its end, with some choices and then by staying.
func (s *Session) rest(ctx context.Context, choices []model.Choice) (*position, *Error) {
	return s.run(ctx, sched.Spec{Switches: switches(choices)}, choices)
}

// drawn runs the program with some choices, and then by a seed.
func (s *Session) drawn(ctx context.Context, choices []model.Choice, seed uint64) (*position, *Error) {
	spec := sched.Spec{Switches: switches(choices), Made: uint64(len(choices)), Then: sched.ThenSeed, Rest: seed}
	p, refused := s.run(ctx, spec, choices)
	if refused != nil {
		return nil, refused
	}
	return s.rest(ctx, p.choices)
}

// run makes one run by the session's clock.
func (s *Session) run(ctx context.Context, control sched.Spec, known []model.Choice) (*position, *Error) {
	return s.runOn(ctx, control, known, s.clock)
}

// runOn makes one run. known is what is known of its choices, where the recording is too
// long to hold them all.
func (s *Session) runOn(ctx context.Context, control sched.Spec, known []model.Choice, clock sched.Clock) (*position, *Error) {
	control.Clock, control.Choices, control.Ends = clock, true, true
	o, out, refused := s.once(ctx, control)
	if refused != nil {
		return nil, refused
	}
	return positionOf(o, out, known)
}

// once makes the run.
func (s *Session) once(ctx context.Context, control sched.Spec) (*run.Result, *collected, *Error) {
	if ctx.Err() != nil {
		return nil, nil, &Error{Interrupted, words.InterruptedByYou}
	}
	out := &collected{}
	program := s.cfg.Run
	program.Mode, program.Record, program.Control, program.ReplayOf = model.Controlled, true, &control, nil
	program.Output, program.Input, program.Apart = out.add, nil, true
	r, err := run.Start(ctx, program)
	if err != nil {
		if refused := new(run.Refused); errors.As(err, &refused) {
			return nil, nil, &Error{Failed, refused.Why}
		}
		return nil, nil, &Error{Failed, words.RunFailed(err)}
	}
	o := r.WaitFor(ctx)
	if ctx.Err() != nil || o.Interrupted {
		return nil, nil, &Error{Interrupted, words.InterruptedByYou}
	}
	return o, out, nil
}

// positionOf is what a run came to.
func positionOf(o *run.Result, out *collected, known []model.Choice) (*position, *Error) {
	switch {
	case o.Stop == event.StopReplay:
		return nil, &Error{Failed, words.StepNotAgain}
	case o.Execution == nil || !o.Controlled:
		return nil, &Error{Failed, words.StepNotControlled(o.TraceProblem)}
	}
	p := &position{choices: known, x: o.Execution, result: o}
	if p.x.Dropped == 0 {
		p.choices = p.x.Choices
	}
	slices.SortStableFunc(p.x.Offers, byKey)
	p.output, p.cut = out.text()
	return p, nil
}

// byKey has goroutines keep their order from question to question.
func byKey(a, b model.Offer) int {
	if a.Asks != event.AsksTurn {
		return 0
	}
	return cmp.Compare(a.To, b.To)
}

// asks says whether the run goes on.
func (p *position) asks() bool { return len(p.x.Offers) > 0 }

// token gives the run again: that of one which is over is proved by its trail.
func (p *position) token(s *Session) string {
	if !p.asks() {
		return p.result.Token
	}
	return sched.Token{Code: s.cfg.Run.Code, Spec: sched.Spec{Switches: switches(p.choices), Clock: s.clock}}.String()
}

// switches are the choices as a token has them: those that a replay would not make by
// itself.
func switches(choices []model.Choice) []sched.Switch {
	all := []sched.Switch{}
	for _, c := range choices {
		if !c.Stays {
			all = append(all, sched.Switch{Step: c.Nth, To: c.To})
		}
	}
	return all
}

// chosen is the choice of an offer.
func (p *position) chosen(o *model.Offer) model.Choice {
	if o.Asks == event.AsksTurn {
		return model.Choice{Nth: p.result.Steps, To: o.To, Among: len(p.x.Offers)}
	}
	picks := uint64(0)
	for _, c := range p.choices {
		if c.To >= sched.Picked {
			picks++
		}
	}
	return model.Choice{Nth: picks, To: sched.Picked + uint32(o.Nth), Among: len(p.x.Offers)}
}

// collected is what a program has printed, to both streams.
type collected struct {
	mu   sync.Mutex
	kept strings.Builder
	cut  int
}

func (c *collected) add(_, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept.WriteString(text); c.kept.Len() > 4*mostOutput {
		text := c.kept.String()
		over := len(text) - mostOutput
		c.cut += over
		c.kept.Reset()
		c.kept.WriteString(text[over:])
	}
}

// text is the end of it, and how many bytes come before that.
func (c *collected) text() (text string, cut int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	text, cut = c.kept.String(), c.cut
	if over := len(text) - mostOutput; over > 0 {
		text, cut = text[over:], cut+over
	}
	return strings.ToValidUTF8(text, "\uFFFD"), cut
}
