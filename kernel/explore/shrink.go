package explore

import (
	"context"
	"slices"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// For how long, and with how many runs, a shorter one is looked for.
var shrinkTime = 1500 * time.Millisecond // tests take as long as they need

const mostShrink = 500

// Shrink looks for a run like the token's that has as few switches as possible,
// none of which can be left out, and returns its token: the same if there is
// none, or if a seed decided that run. still says whether a run is like it; nil:
// if it ends in the same way with the same values, or having printed the same.
func Shrink(ctx context.Context, s Spec, token string, still func(*run.Outcome) bool) (string, error) {
	t, err := sched.ParseToken(token)
	if err != nil {
		return "", err
	}
	first, err := replay(ctx, s.Run, t.Spec, &t)
	if err != nil {
		return "", err
	}
	if still == nil {
		still = like(first)
	}
	if len(t.Spec.Switches) == 0 || first.Interrupted || !still(first) {
		return token, nil
	}
	k := &shrinker{ctx: ctx, program: s.Run, control: t.Spec, still: still, until: time.Now().Add(shrinkTime)}
	less := ddmin(t.Spec.Switches, k.fails)
	if len(less) == len(t.Spec.Switches) {
		return token, nil
	}
	return k.verified(less, token), nil
}

// like says of a run whether it ended as o did: with the values that were asked
// for, or having printed the same.
func like(o *run.Outcome) func(*run.Outcome) bool {
	return func(other *run.Outcome) bool {
		a, b := o.Execution, other.Execution
		switch {
		case a == nil || b == nil || a.Status != b.Status:
			return false
		case a.Outcome != nil:
			return slices.Equal(a.Outcome, b.Outcome)
		}
		return o.Stdout == other.Stdout && o.Stderr == other.Stderr
	}
}

type shrinker struct {
	ctx     context.Context
	program run.Spec
	control sched.Spec
	still   func(*run.Outcome) bool
	until   time.Time
	runs    int
}

// fails says whether the run with these switches only is still like the first.
// A switch that makes no sense without the others is passed over in it; as that
// leaves the run as it would be without that switch, it is left out later.
func (k *shrinker) fails(switches []sched.Switch) bool {
	if k.runs++; k.runs > mostShrink || time.Now().After(k.until) {
		return false
	}
	o, ok := k.run(switches, true)
	return ok && k.still(o)
}

func (k *shrinker) run(switches []sched.Switch, lenient bool) (*run.Outcome, bool) {
	c := k.control
	c.Lenient = lenient
	if c.Switches = switches; switches == nil {
		c.Switches = []sched.Switch{} // nil would have the seed decide
	}
	o, err := replay(k.ctx, k.program, c, nil)
	return o, err == nil && !o.Interrupted && o.Stop != event.StopReplay
}

// verified is the token of the run with these switches, if it is one that is
// like the first also where each switch must make sense; else otherwise.
func (k *shrinker) verified(switches []sched.Switch, otherwise string) string {
	o, ok := k.run(switches, false)
	if !ok || !k.still(o) || o.Token == "" {
		return otherwise
	}
	return o.Token
}
