package behaviour

import (
	"bytes"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/build"
	"threading101/kernel/model"
	"threading101/kernel/sched"
)

// seedsEach is with how many seeds each program is run under each clock. Each
// of them is run twice.
var seedsEach = flag.Int("seeds", 5, "`number` of seeds for each program and clock")

// backendSeeds is how many of them are also run with the other backend.
const backendSeeds = 2

// TestControlled: under control each program does what its comment says, each
// seed gives the same run twice, and the token of each run brings it back; held
// as coroutines, goroutines make the same runs as held by batons.
func TestControlled(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		if p.open != "" || !p.build(t, rewritten).Instrumented {
			return // there may be nothing in it that a scheduler could decide
		}
		c := p.control(t)
		if p.slow != "" {
			c.run(sched.Spec{Seed: 1}, nil)
			return
		}
		for _, clock := range p.clocks() {
			for seed := 0; seed < p.limit(*seedsEach) && !t.Failed(); seed++ {
				first := c.twice(sched.Spec{Seed: uint64(seed + 1), Clock: clock})
				if seed < backendSeeds && clock == sched.Virtual && p.batons == "" && p.loose == "" && !t.Failed() {
					c.asCoroutines(uint64(seed+1), first)
				}
			}
		}
		for _, s := range p.seen {
			c.mustSee(s)
		}
		if !t.Failed() {
			c.mustRace()
		}
	})
}

// clocks are those that can make a difference.
func (p *program) clocks() []sched.Clock {
	for _, pkg := range []string{`"time"`, `"context"`} {
		if bytes.Contains(p.src, []byte(pkg)) {
			return []sched.Clock{sched.Virtual, sched.Free}
		}
	}
	return []sched.Clock{sched.Virtual}
}

func (p *program) limit(seeds int) int {
	if p.seeds > 0 {
		return min(p.seeds, seeds)
	}
	return seeds
}

// controlled is a program under control.
type controlled struct {
	t     *testing.T
	p     *program
	built build.Result
	raced map[string]bool // objects that a race was found on
}

func (p *program) control(t *testing.T) *controlled {
	return &controlled{t, p, p.build(t, rewritten), map[string]bool{}}
}

// run runs the program as decided by s; token is what is replayed, nil if nothing is.
func (c *controlled) run(s sched.Spec, token *sched.Token) result {
	c.t.Helper()
	got := c.start(s, token)
	if !c.p.allows(s.Clock.String(), got.outcome) {
		c.t.Errorf("%v: %v is not allowed%s", s, got.outcome, reason(got))
	}
	c.races(s, got)
	return got
}

// start runs it and sees to it that there is a recording that makes sense.
func (c *controlled) start(s sched.Spec, token *sched.Token) result {
	c.t.Helper()
	spec := c.p.spec(c.built.Binary)
	spec.Mode, spec.Record, spec.Sites = model.Controlled, true, c.built.Sites
	s.Steps = c.p.steps
	spec.Control, spec.Code, spec.ReplayOf = &s, c.built.Code, token
	got := start(c.t, spec)
	switch {
	case !got.Controlled:
		c.t.Fatalf("%v: it was not controlled: %v", s, got.outcome)
	case got.TraceProblem != "":
		c.t.Errorf("%v: %s", s, got.TraceProblem)
	case got.Execution == nil:
		c.t.Errorf("%v: nothing was recorded", s)
	}
	return got
}

// ended is how a run ended, as far as both backends agree: what Go calls a fatal
// error is a panic where goroutines are not Go's own.
func ended(r result) string {
	if r.end == "fatal" {
		return "panic"
	}
	return r.end
}

// reason is why the run was ended, for the reports of tests.
func reason(r result) string {
	if r.LimitHit == "" {
		return ""
	}
	return " (" + r.LimitHit + ")"
}

// races notes the races found, of which none may be on what is protected.
func (c *controlled) races(s sched.Spec, r result) {
	if r.Execution == nil {
		return
	}
	for _, race := range r.Execution.Races {
		c.raced[race.Object] = true
		if c.p.races == nil {
			c.t.Errorf("%v: a race on %s between %v and %v", s, race.Object, race.A, race.B)
		}
	}
}

func (c *controlled) mustRace() {
	if c.p.races == nil || slices.Equal(c.p.races, []string{"yes"}) && len(c.raced) > 0 {
		return
	}
	for _, want := range c.p.races {
		found := false
		for object := range c.raced {
			found = found || strings.Contains(object, want)
		}
		if !found {
			c.t.Errorf("no race was found on %s, only on %v", want, c.raced)
		}
	}
}

// twice runs one seed, and then replays the token of that run. It returns the
// first of the two.
func (c *controlled) twice(s sched.Spec) result {
	c.t.Helper()
	first := c.run(s, nil)
	if c.t.Failed() {
		return first
	}
	token, err := sched.ParseToken(first.Token)
	if err != nil {
		c.t.Errorf("%v: token %q: %v", s, first.Token, err)
		return first
	}
	second := c.run(token.Spec, &token)
	if c.p.loose != "" || c.t.Failed() {
		return first
	}
	switch {
	case first.Hash != second.Hash || first.Steps != second.Steps:
		c.t.Errorf("%v: two runs differ: hash %x after %d steps, then %x after %d", s, first.Hash, first.Steps, second.Hash, second.Steps)
	case first.String() != second.String():
		c.t.Errorf("%v: first %v, then %v", s, first.outcome, second.outcome)
	case second.Parted != -1 || second.Token != first.Token:
		c.t.Errorf("%v: the replay of %s parts after %d steps and says %s", s, first.Token, second.Parted, second.Token)
	}
	return first
}

// asCoroutines compares the run that a seed gave with the one it gives where
// goroutines are coroutines.
func (c *controlled) asCoroutines(seed uint64, baton result) {
	c.t.Helper()
	got := c.start(sched.Spec{Seed: seed, Backend: sched.Coroutines}, nil)
	if baton.Hash != got.Hash || baton.stdout != got.stdout || ended(baton) != ended(got) {
		c.t.Errorf("seed %d: hash %x and %v with batons, %x and %v with coroutines", seed, baton.Hash, baton.outcome, got.Hash, got.outcome)
	}
}

// mustSee fails unless so many outcomes come up in so many seeds.
func (c *controlled) mustSee(want seen) {
	clocks := c.p.clocks()
	if want.mode != "" {
		clocks = slices.DeleteFunc(clocks, func(clock sched.Clock) bool { return clock.String() != want.mode })
	}
	for _, clock := range clocks {
		got := map[string]int{}
		for seed := 0; seed < want.runs && !c.t.Failed(); seed++ {
			got[c.run(sched.Spec{Seed: uint64(seed + 1000), Clock: clock}, nil).String()]++
			if len(got) >= want.outcomes {
				break
			}
		}
		if len(got) < want.outcomes && !c.t.Failed() {
			c.t.Errorf("only %d outcomes in %d runs under the %v clock: %s", len(got), want.runs, clock, list(got))
		}
	}
}

func list(counts map[string]int) string {
	var all []string
	for text, n := range counts {
		all = append(all, fmt.Sprintf("%d × %s", n, text))
	}
	slices.Sort(all)
	if len(all) > 12 {
		all = append(all[:12], "…")
	}
	return strings.Join(all, ", ")
}
