package property

import (
	"slices"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// Judge says what came of checking all of ps, in their order.
func Judge(ps []Property, r *model.Result) []model.Verdict {
	complete := r.Complete() && !slices.ContainsFunc(r.Outcomes, unfinished)
	var all []model.Verdict
	watched := NeedsOf(ps).Spans
	for _, p := range ps {
		p = p.Among(r.Values)
		p.asks, _ = p.Rule(watched)
		v := model.Verdict{Property: p.String(), Holds: true, Complete: complete, Uncalled: p.uncalled(r)}
		if o := p.example(r.Outcomes); o != nil {
			v.Holds, v.Token, v.Outcome = false, o.Token, o
			v.Fails, v.ByEnd = p.kind.how(o), p.kind.byEnd
			if p.kind.says != nil {
				v.Says = p.kind.says(p)
			}
		}
		all = append(all, v)
	}
	return all
}

// uncalled are the functions that a property is about and that no run has called.
func (p Property) uncalled(r *model.Result) (names []string) {
	for _, f := range p.subject.functions {
		if r.Runs > 0 && !slices.Contains(r.Called, f) {
			names = append(names, f)
		}
	}
	return names
}

// how says how an outcome violates the property.
func (k *kind) how(o *model.Outcome) string {
	if k.fails == nil {
		return ending(o)
	}
	return k.fails(o)
}

// ending says how a run ends.
func ending(o *model.Outcome) string { return words.FoundEndings[string(o.Status)] }

// unfinished: nobody knows what would have become of a run that was stopped.
func unfinished(o model.Outcome) bool {
	return o.Status == model.Limit || o.Status == model.Interrupted
}

// shorter prefers a run that can be opened, then one with fewer switches.
func shorter(a, b *model.Outcome) bool {
	if (a.Token != "") != (b.Token != "") {
		return a.Token != ""
	}
	return a.Switches < b.Switches
}
