package property

import (
	"slices"

	"threading101/kernel/model"
)

// Rules are what the properties ask of the calls of functions, each once, for a
// program that was built with [NeedsOf] them.
func Rules(ps []Property) (all []model.Rule) {
	watched := NeedsOf(ps).Spans
	for _, p := range ps {
		if r, ok := p.Rule(watched); ok && !slices.Contains(all, r) {
			all = append(all, r)
		}
	}
	return all
}

// Rule is what a property asks of calls; functions are known by their places among
// those that are watched. ok is false if it asks nothing of them.
func (p Property) Rule(watched []string) (rule model.Rule, ok bool) {
	if p.kind.rule == nil {
		return model.Rule{}, false
	}
	first, then := p.kind.rule(p.subject)
	return model.Rule{First: slices.Index(watched, first), Then: slices.Index(watched, then), Most: p.subject.most}, true
}
