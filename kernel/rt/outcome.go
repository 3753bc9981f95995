package rt

import (
	"runtime"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// outcomeValues are what the values that were asked for were when main ended, in
// their order; nil if it has not. Of controlled runs.
var outcomeValues []string

// noOutcome stands for a value that nobody can tell.
const noOutcome = "?"

// Outcome notes n values of the program where main ends, each as look says. The
// instrumenter has it called before main's closing brace and before each of
// main's return statements:
//
//	rtfmt.Outcome(func() interface{} { return total })
//
// To look is no step of the run: it is the same with and without.
func Outcome(n int, look func(i int) string) {
	if record.Ring == nil || running > 1 { // main may call itself
		return
	}
	if ctl != nil {
		ctl.outcome(n, look)
		return
	}
	for i := range n {
		record.NoteValue(event.Outcome, 0, 0, 0, record.Value{Text: seen(i, look), Flags: event.FlagText})
	}
}

// outcome is Outcome in a controlled run.
func (c *control) outcome(n int, look func(i int) string) {
	if c.dying {
		return
	}
	g := c.enter()
	outcomeValues = c.aside(n, look)
	for _, text := range outcomeValues {
		c.record(g, event.Outcome, 0, 0, 0, record.Value{Text: text, Flags: event.FlagText})
	}
	c.over(g)
}

// beside is set while values are looked at: then nobody would give back a lock
// that is held.
var beside bool

// aside looks at the values while nothing is recorded or controlled, so that
// methods called for that do what they do and leave no trace. Where others move
// that are not under control it has to be done as all else is.
func (c *control) aside(n int, look func(i int) string) []string {
	texts := make([]string, n)
	if c.alone() {
		mem, g := record.Ring, c.running
		ctl, record.Ring, c.running, beside = nil, nil, nil, true
		defer func() { ctl, record.Ring, c.running, beside = c, mem, g, false }()
	}
	for i := range texts {
		texts[i] = seen(i, look)
	}
	return texts
}

// alone waits until all others wait for their turn, so that nobody else is
// anywhere in here, and says whether that came about: one that was just started
// may be on its way to there, and one that has just ended on its way out.
func (c *control) alone() bool {
	return c.settle(func() bool { return c.hold.strangers(c) <= 0 && c.gate.away == 0 && !c.starting() })
}

// settle waits for what goroutines that are on their way will bring about, and says
// whether they did. No measured time decides: they are given turns, until all that
// there are wait for something, or one of them has had so many that it computes.
func (c *control) settle(done func() bool) bool {
	for turn := 0; !done(); turn++ {
		switch {
		case turn < atOnce:
			runtime.Gosched()
		case turn == mostTurns, c.census().settled():
			return done()
		default:
			time.Sleep(turnLength)
		}
	}
	return true
}

// How many turns settle gives: the first without a pause, since most need no more.
// While it sleeps, whoever can run has the processor; to ask Go for its list waits for
// those whose threads the system has stopped.
const (
	atOnce     = 100
	mostTurns  = 500
	turnLength = 50 * time.Microsecond
)

// starting says whether a new goroutine has not come to where it waits.
//
//go:norace
func (c *control) starting() bool {
	if c.hold.closed() {
		return false // it is none of Go's before it has the turn
	}
	for _, g := range c.forward {
		record.Lock()
		waits := g.Self != nil && record.Find(g.Self) == &g.G
		record.Unlock()
		if !waits {
			return true
		}
	}
	return false
}

// seen is value i. An expression that panics has none, and the run goes on.
func seen(i int, look func(i int) string) (text string) {
	defer func() {
		if v := recover(); v != nil {
			if ours(v) {
				panic(v)
			}
			text = noOutcome + panicked(v)
		}
	}()
	return look(i)
}

// panicked says what a value panicked with.
func panicked(v any) string {
	switch v := v.(type) {
	case held:
		return ""
	case error:
		return " (panic: " + v.Error() + ")"
	case string:
		return " (panic: " + v + ")"
	}
	return " (panic)"
}

// held is panicked with by who would wait for a lock while values are looked at.
type held struct{}

// got is called with what came of a try to lock then.
func got(ok bool) {
	if !ok {
		panic(held{})
	}
}
