package trace

import (
	"cmp"
	"slices"

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
		find := firstBreach
		if rule.Most > 0 {
			find = firstTooMany
		}
		if b, ok := find(ex, rule, shown); ok {
			all = append(all, b)
		}
	}
	return all
}

// breach is the pair whose second call begins first; where it could be paired with
// several, with one that is under way.
func firstBreach(ex *model.Execution, rule model.Rule, shown []stretch) (best model.Breach, found bool) {
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

// firstTooMany is the first call that begins while as many goroutines as the rule
// allows are in a call of the function already.
func firstTooMany(ex *model.Execution, rule model.Rule, shown []stretch) (best model.Breach, found bool) {
	for j := range shown {
		if found && shown[j].begin >= best.Begins {
			continue
		}
		if in := underWay(ex, rule, shown, j); len(in) >= rule.Most {
			best, found = model.Breach{Rule: rule, Before: &ex.Spans[in[0]], After: &ex.Spans[j],
				Begins: shown[j].begin, Since: shown[in[0]].begin, Until: shown[in[0]].end}, true
			for _, i := range in[1:] {
				best.Others = append(best.Others, &ex.Spans[i])
			}
		}
	}
	return best, found
}

// AtOnce is how many goroutines a run shows in a call of the rule's function at once.
func AtOnce(ex *model.Execution, rule model.Rule, steps model.Steps) (most int) {
	shown := make([]stretch, len(ex.Spans))
	for i := range ex.Spans {
		shown[i] = stretchOf(ex, &ex.Spans[i], steps)
	}
	for j := range shown {
		if ex.Spans[j].N == rule.Then && shown[j].first >= 0 {
			most = max(most, len(underWay(ex, rule, shown, j))+1)
		}
	}
	return most
}

// underWay are the calls that a run shows under way where call j begins, one of each
// other goroutine, in the order in which they began.
func underWay(ex *model.Execution, rule model.Rule, shown []stretch, j int) (in []int) {
	b := shown[j]
	if ex.Spans[j].N != rule.Then || b.first < 0 {
		return nil
	}
	for i, a := range shown {
		known := func(k int) bool { return ex.Spans[k].G == ex.Spans[i].G }
		if i != j && ex.Spans[i].N == rule.First && a.first >= 0 && breaks(ex, rule, i, j, a, b) && !slices.ContainsFunc(in, known) {
			in = append(in, i)
		}
	}
	slices.SortFunc(in, func(i, k int) int { return cmp.Compare(shown[i].first, shown[k].first) })
	return in
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
