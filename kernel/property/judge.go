package property

import (
	"slices"

	"threading101/kernel/exploration"
	"threading101/kernel/trace"
)

// Verdict is what came of checking one property.
type Verdict struct {
	Property Property
	Holds    bool                 // in all that was tried
	Complete bool                 // and that was all there is
	Token    string               // of the shortest run that violates it, "" if none does
	Outcome  *exploration.Outcome // that run's, nil if none
}

// Judge says what came of checking all of ps, in their order.
func Judge(ps []Property, r *exploration.Result) []Verdict {
	complete := r.Complete() && !slices.ContainsFunc(r.Outcomes, unfinished)
	var all []Verdict
	watched := NeedsOf(ps).Spans
	for _, p := range ps {
		p = p.Among(r.Values)
		p.asks, _ = p.Rule(watched)
		v := Verdict{Property: p, Holds: true, Complete: complete}
		if o := p.shortest(r.Outcomes); o != nil {
			v.Holds, v.Token, v.Outcome = false, o.Token, o
		}
		all = append(all, v)
	}
	return all
}

// unfinished: nobody knows what would have become of a run that was stopped.
func unfinished(o exploration.Outcome) bool {
	return o.Status == trace.Limit || o.Status == trace.Interrupted
}

// shortest is the outcome that violates p with the fewest switches, among those
// whose run can be opened if there are any; nil if none violates it.
func (p Property) shortest(all []exploration.Outcome) (best *exploration.Outcome) {
	for i := range all {
		o := &all[i]
		if p.Violated(o) && (best == nil || p.better(o, best)) {
			best = o
		}
	}
	return best
}

// better says which of two outcomes that violate p is the better example: one that
// can be opened, then one whose run shows the fault, then one whose output does,
// then the shorter one.
func (p Property) better(a, b *exploration.Outcome) bool {
	if a.Token != "" && b.Token != "" && p.seen(a) != p.seen(b) {
		return p.seen(a) > p.seen(b)
	}
	return shorter(a, b)
}

// seen says how well an outcome shows that p does not hold.
func (p Property) seen(o *exploration.Outcome) (n int) {
	if p.kind.rule != nil && slices.Contains(o.Shows, p.asks) {
		n += 2
	}
	if p.kind.seen != nil && p.kind.seen(o) {
		n++
	}
	return n
}

func shorter(a, b *exploration.Outcome) bool {
	if (a.Token != "") != (b.Token != "") {
		return a.Token != ""
	}
	return a.Switches < b.Switches
}
