package trace

import "threading101/kernel/event"

// Rule is what somebody asks about the calls of functions that are watched: that
// each call of First is over before a call of Then begins; or, where the two are
// the same function, that no two calls of it are under way at once. First and Then
// are indices among the functions watched.
type Rule struct{ First, Then int }

// Breach is a pair of calls that breaks a rule where everyone can see it: the call
// After has a step before the last one of the call Before.
type Breach struct {
	Rule          Rule
	Before, After *Span
	Begins        int // index in Events of what After does in its first step
	Since, Until  int // and of what Before does in its first and its last
}

// Begun says whether the call Before was under way when the other began: it may not
// have begun at all.
func (b *Breach) Begun() bool { return b.Since < b.Begins }

// Breaches returns for each of the run's rules the first pair of calls that breaks
// it. A call of which no step is shown breaks none.
func Breaches(ex *Execution, steps Steps) (all []Breach) {
	if len(ex.Rules) == 0 || len(ex.Spans) == 0 {
		return nil
	}
	shown := make([]stretch, len(ex.Spans))
	for i := range ex.Spans {
		shown[i] = stretchOf(ex, &ex.Spans[i], steps)
	}
	for _, rule := range ex.Rules {
		if b, ok := firstBreach(ex, rule, shown, steps); ok {
			all = append(all, b)
		}
	}
	return all
}

// breach is the pair whose second call begins first; where it could be paired with
// several, with one that is under way.
func firstBreach(ex *Execution, rule Rule, shown []stretch, steps Steps) (best Breach, found bool) {
	for j, b := range shown {
		if ex.Spans[j].N != rule.Then || b.first < 0 {
			continue
		}
		for i, a := range shown {
			if i == j || ex.Spans[i].N != rule.First || a.first < 0 || !breaks(ex, rule, i, j, a, b) {
				continue
			}
			one := Breach{rule, &ex.Spans[i], &ex.Spans[j], b.begin, a.begin, a.end}
			if !found || one.Begins < best.Begins || one.Begins == best.Begins && one.Begun() && !best.Begun() {
				best, found = one, true
			}
		}
	}
	return best, found
}

// breaks says whether call j, shown as b, comes too early for call i, shown as a.
func breaks(ex *Execution, rule Rule, i, j int, a, b stretch) bool {
	if rule.First == rule.Then {
		return ex.Spans[i].G != ex.Spans[j].G && a.first < b.first && (b.first < a.last || ex.Spans[i].Open)
	}
	return b.first < a.last || ex.Spans[i].Open
}

// stretch is the first and the last step of a call: indices in the list of steps,
// -1 if no step of it is shown; and what its goroutine does in them, indices in Events.
type stretch struct{ first, last, begin, end int }

// stretch returns which steps show a call.
func stretchOf(ex *Execution, s *Span, steps Steps) stretch {
	out := stretch{-1, -1, -1, -1}
	for i := max(s.First, 0); i <= s.Last; i++ {
		e := &ex.Events[i]
		if e.G != s.G || e.Op == event.Start || e.Op == event.Woke || e.Op == event.Name || steps.Of[i] < 0 {
			continue
		}
		if out.first < 0 {
			out.first, out.begin = steps.Of[i], i
		}
		if steps.Of[i] > out.last {
			out.last, out.end = steps.Of[i], i
		}
	}
	return out
}

// Stretch returns the first and the last step of a call, as indices in the list of
// steps; -1 if no step of it is shown.
func Stretch(ex *Execution, s *Span, steps Steps) (first, last int) {
	shown := stretchOf(ex, s, steps)
	return shown.first, shown.last
}
