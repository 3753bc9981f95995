package step

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/sched"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// from begins with the choices of another run: up to one of its steps, or all of them.
func (s *Session) from(ctx context.Context, r *Request) *Error {
	token, step, refused := s.readFrom(r.Token)
	switch {
	case refused != nil:
		return refused
	case r.Made < 0 || r.Made > 0 && step > 0:
		return &Error{BadToken, words.StepMadeOrStep}
	}
	before := s.clock
	s.clock = token.Spec.Clock
	if refused = s.begin(ctx, &token, step, r.Made); refused != nil {
		s.clock = before
	} else if s.clock != before {
		s.quest.reset(s.quest.aim)
	}
	return refused
}

// readFrom reads "TOKEN" or "TOKEN@7". The step is 0 where none is named.
func (s *Session) readFrom(text string) (token sched.Token, step int, refused *Error) {
	name, number, named := strings.Cut(text, "@")
	if named {
		n, err := strconv.Atoi(strings.TrimSpace(number))
		if err != nil || n < 1 {
			return token, 0, &Error{BadToken, words.StepBadStep(number)}
		}
		step = n
	}
	token, err := sched.ParseToken(name)
	switch {
	case errors.Is(err, sched.ErrVersion):
		return token, 0, &Error{BadToken, words.TokenVersion(token.Version, sched.TokenVersion)}
	case err != nil:
		return token, 0, &Error{BadToken, words.TokenMangled(name)}
	case token.Code != s.cfg.Run.Code:
		return token, 0, &Error{BadToken, words.StepOtherCode}
	}
	return token, step, nil
}

// begin goes to where the choices of a token's run lead, before one of its steps, or so
// many of them.
func (s *Session) begin(ctx context.Context, token *sched.Token, step, made int) *Error {
	whole, refused := s.run(ctx, token.Spec, nil)
	if refused != nil {
		return refused
	}
	choices, ok := before(whole, token, step)
	if made > 0 {
		choices = whole.choices[:min(made, len(whole.choices))]
	}
	switch {
	case whole.x.Dropped > 0:
		return &Error{BadToken, words.StepTooLong}
	case !ok:
		return &Error{BadToken, words.StepNoStep(step, len(trace.Steps(whole.x).List))}
	}
	p, refused := s.after(ctx, choices)
	if refused = s.move(p, refused); refused != nil {
		return refused
	}
	s.past = nil
	if !begins(whole.x, p.x) {
		s.notes = append(s.notes, words.StepOtherNumbers)
	}
	return nil
}

// before are the choices of a run that were made before a step. Without a step it is all
// of them; of a token whose run was not over when it was shown, those up to its last
// switch.
func before(p *position, token *sched.Token, step int) (choices []model.Choice, ok bool) {
	if step == 0 && token.Spec.Switches != nil && len(token.Trail) == 0 {
		last := len(p.choices)
		for last > 0 && p.choices[last-1].Stays {
			last--
		}
		return p.choices[:last], true
	}
	if step == 0 {
		return p.choices, true
	}
	list := trace.Steps(p.x).List
	at := slices.IndexFunc(list, func(s model.Step) bool { return s.N == step })
	if at < 0 {
		return nil, false
	}
	since := 0
	if at > 0 {
		since = list[at-1].Event
	}
	n := 0
	for n < len(p.choices) && p.choices[n].Before <= since {
		n++
	}
	return p.choices[:n], true
}

// begins says whether a run begins as another one: with the same steps of the same
// goroutines, and the same values.
func begins(whole, x *model.Execution) bool {
	if len(x.Events) > len(whole.Events) {
		return false
	}
	for i := range x.Events {
		a, b := &x.Events[i], &whole.Events[i]
		if a.Op != b.Op || x.Goroutines[a.G].ID != whole.Goroutines[b.G].ID || a.Value != b.Value || a.Pos != b.Pos {
			return false
		}
	}
	return true
}
