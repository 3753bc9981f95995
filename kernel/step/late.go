package step

import (
	"context"

	"threading101/kernel/model"
	"threading101/kernel/sched"
	"threading101/kernel/trace"
)

// well is that main ends, and nobody is left.
var well = Aim{Text: "ok", kind: goalKind{name: "ok", status: model.OK}}

// Late returns the step of a token's run from which on it was too late: from there on no
// way led to an end at which nobody is left, and before it one did. It is 0 if the run
// itself ended well, or if there never was a way. It is not known where a search could
// not try all ways.
func (s *Session) Late(ctx context.Context, token string) (step int, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	read, _, refused := s.readFrom(token)
	if refused != nil {
		return 0, false
	}
	whole, refused := s.runOn(ctx, read.Spec, nil, read.Spec.Clock)
	if refused != nil || whole.x.Dropped > 0 {
		return 0, false
	}
	if whole.x.Status == model.OK {
		return 0, true
	}
	hopeless, known := s.hopeless(ctx, whole.choices, read.Spec.Clock, &well)
	if !known || hopeless == 0 {
		return 0, known
	}
	for _, one := range trace.Steps(whole.x).List {
		if one.Event >= whole.choices[hopeless-1].Before {
			return one.N, true
		}
	}
	return 0, false
}

// hopeless is how many of the choices of a run that does not end well lead to the first
// position from which no way leads to a goal: once there is none, there is none any more.
func (s *Session) hopeless(ctx context.Context, choices []model.Choice, clock sched.Clock, aim *Aim) (n int, known bool) {
	from, to := 0, len(choices) // the first such position is one of these
	for from < to {
		middle := (from + to) / 2
		p, refused := s.runOn(ctx, asking(choices[:middle]), choices[:middle], clock)
		if refused != nil {
			return 0, false
		}
		switch s.reached(ctx, aim, p, clock).way {
		case Unreachable:
			to = middle
		case Reachable, Reached:
			from = middle + 1
		default:
			return 0, false
		}
	}
	return to, true
}
