package property

import (
	"slices"

	"threading101/kernel/model"
)

// example is the outcome that shows best that p does not hold: see better. nil if
// none violates it.
func (p Property) example(all []model.Outcome) (best *model.Outcome) {
	ordinary := ends(all)
	for i := range all {
		if o := &all[i]; p.Violated(o) && (best == nil || p.better(o, best, ordinary)) {
			best = o
		}
	}
	return best
}

// ends are what comes out where each goroutine goes on until it waits: what a
// learner who thinks of one after the other expects.
func ends(all []model.Outcome) map[string]bool {
	ordinary := map[string]bool{}
	for i := range all {
		if !all[i].Preempted {
			ordinary[end(&all[i])] = true
		}
	}
	return ordinary
}

// end is what of an outcome anybody sees.
func end(o *model.Outcome) string {
	return string(o.Status) + "\x00" + o.Value + "\x00" + o.Stderr
}

// better says which of two outcomes that violate p is the better example: one that
// can be opened, then one whose run shows the fault, then one whose output does,
// then one that comes out otherwise than where goroutines go on until they wait,
// then the shorter one.
func (p Property) better(a, b *model.Outcome, ordinary map[string]bool) bool {
	if a.Token != "" && b.Token != "" {
		if x, y := p.seen(a, ordinary), p.seen(b, ordinary); x != y {
			return x > y
		}
	}
	return shorter(a, b)
}

// seen says how well an outcome shows that p does not hold.
func (p Property) seen(o *model.Outcome, ordinary map[string]bool) (n int) {
	if p.kind.rule != nil && slices.Contains(o.Shows, p.asks) {
		n += 4
	}
	if p.kind.seen != nil && p.kind.seen(o) {
		n += 2
	}
	if p.kind.mixed && !ordinary[end(o)] {
		n++
	}
	return n
}
