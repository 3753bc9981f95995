package seek

import (
	"slices"

	"threading101/kernel/explore/search"
	"threading101/kernel/rt/control"
	"threading101/kernel/sched"
)

// lead is how each run of a search begins that tries what can come of choices made
// before: as a replay of them, step for step. At each of these decisions the search is
// offered what was done there, and nothing else, so it tries no other beginning.
type lead struct {
	replay *sched.Replay // nil: the search decides from the first step on
	steps  uint64        // so many are led
	turns  uint64        // and so many choices of who is next
	begun  bool          // the decision after them is led as well: who goes on, but not how
	made   uint64        // of the choices, in this run
	led    bool          // the decision made last was
	free   bool          // but for how: it is the one after those
}

func newLead(spec sched.Spec) lead {
	l := lead{steps: spec.Led, turns: spec.Turns, begun: spec.Begun}
	if spec.Switches != nil {
		l.replay = sched.NewReplay(spec.Switches)
	}
	return l
}

func (l *lead) begins() {
	if l.replay != nil {
		l.replay.Reset(0)
		l.made, l.led, l.free = 0, false, false
	}
}

// leads says whether the next decision, among n who can go on, is one of those made
// before.
func (l *lead) leads(steps uint64, n int) bool {
	before := l.holds(steps)
	l.free = !before && !l.free && l.begun && steps == l.steps
	l.led = before || l.free
	if l.led && n > 1 {
		l.made++
	}
	return l.led
}

// holds says whether what is done now belongs to the beginning, where each access is a
// step, as in a run outside a search.
func (l *lead) holds(steps uint64) bool {
	return l.replay != nil && (steps < l.steps || l.made < l.turns)
}

// picks says whether the choice of n at hand is one of those made before, and how it
// fell.
func (l *lead) picks(n int) (i int, ok bool) {
	if !l.led || l.free || n < 2 {
		return 0, false
	}
	return l.replay.Pick(n), true
}

// follow lists what the goroutine does that was chosen before, as the only thing that
// can be done. One that sends has no move of its own: what goes over an unbuffered
// channel is a move of who receives, and where it is open how the decision falls, all
// who could receive have theirs.
func (k *seeker) follow(c *control.Scheduler, p *sched.Point) {
	id := p.About(k.lead.replay.Choose(p)).Goroutine
	for _, g := range k.procs {
		if g.ID != id || !g.GoesOn() {
			continue
		}
		if k.lead.free {
			k.list(c)
			k.choice.Moves = slices.DeleteFunc(k.choice.Moves, func(m search.Move) bool { return m.Proc != g.Proc && m.Partner != g.Proc })
			return
		}
		if k.offer(c, g); len(k.choice.Moves) == 0 {
			k.choice.Add(search.Move{Proc: g.Proc, Partner: -1, Counted: k.counted(g), Sign: signOf(g)})
		}
		k.choice.Moves = k.choice.Moves[:1]
		return
	}
}

// strayed ends a search whose run does not begin with the choices made before.
func (k *seeker) strayed(c *control.Scheduler) {
	if _, misfits := k.lead.replay.Misfit(); misfits {
		k.search.Unrepeatable(k.site)
		c.Abandon()
	}
}
