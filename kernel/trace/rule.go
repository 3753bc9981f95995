package trace

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
)

// Breaches returns for each of the run's rules the first pair of calls that breaks
// it. A call without a step that is shown breaks none.
func Breaches(ex *model.Execution, steps model.Steps) (all []model.Breach) {
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
func firstBreach(ex *model.Execution, rule model.Rule, shown []stretch, steps model.Steps) (best model.Breach, found bool) {
	for j, b := range shown {
		if ex.Spans[j].N != rule.Then || b.first < 0 {
			continue
		}
		for i, a := range shown {
			if i == j || ex.Spans[i].N != rule.First || a.first < 0 || !breaks(ex, rule, i, j, a, b) {
				continue
			}
			one := model.Breach{Rule: rule, Before: &ex.Spans[i], After: &ex.Spans[j], Begins: b.begin, Since: a.begin, Until: a.end}
			if !found || one.Begins < best.Begins || one.Begins == best.Begins && one.Begun() && !best.Begun() {
				best, found = one, true
			}
		}
	}
	return best, found
}

// breaks says whether call j, shown as b, comes too early for call i, shown as a.
func breaks(ex *model.Execution, rule model.Rule, i, j int, a, b stretch) bool {
	if rule.First == rule.Then {
		return ex.Spans[i].G != ex.Spans[j].G && a.first < b.first && (b.first < a.last || ex.Spans[i].Open)
	}
	return b.first < a.last || ex.Spans[i].Open
}

// stretch is the first and the last step of a call: indices in the list of steps,
// -1 if no step of it is shown; and what its goroutine does in them, indices in Events.
type stretch struct{ first, last, begin, end int }

// stretch returns which steps show a call.
func stretchOf(ex *model.Execution, s *model.Span, steps model.Steps) stretch {
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
func Stretch(ex *model.Execution, s *model.Span, steps model.Steps) (first, last int) {
	shown := stretchOf(ex, s, steps)
	return shown.first, shown.last
}
