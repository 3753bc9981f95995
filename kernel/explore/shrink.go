package explore

import (
	"context"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

const mostShrink = 500 // runs in which a shorter one is looked for

// shrinker leaves out of a run the switches without which it still shows the same.
type shrinker struct {
	ctx     context.Context
	program run.Spec
	control sched.Spec
	still   func(*run.Result) bool
	until   time.Time
	runs    int
}

// shrink leaves out what it can of switches, and returns what is left and the token
// of its run; "" if there is none.
func (k *shrinker) shrink(switches []sched.Switch) (less []sched.Switch, token string) {
	less = ddmin(switches, k.fails)
	return less, k.verified(less)
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

func (k *shrinker) run(switches []sched.Switch, lenient bool) (*run.Result, bool) {
	c := k.control
	c.Lenient = lenient
	if c.Switches = switches; switches == nil {
		c.Switches = []sched.Switch{} // nil would have the seed decide
	}
	o, err := replay(k.ctx, k.program, c, nil)
	return o, err == nil && !o.Interrupted && o.Stop != event.StopReplay
}

// verified is the token of the run with these switches, if it is one that is
// like the first also where each switch must make sense; else "".
func (k *shrinker) verified(switches []sched.Switch) string {
	o, ok := k.run(switches, false)
	if !ok || !k.still(o) {
		return ""
	}
	return o.Token
}
