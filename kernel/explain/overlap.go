package explain

import (
	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words/finding"
)

// overlaps tells of two calls of a function: the second began while the
// first was under way, where somebody asked that there be none.
func (s *speaker) overlaps() []string {
	return s.breaches(func(r model.Rule) bool { return r.First == r.Then && r.Most == 0 })
}

// disorders tells of a call that began before one that was to be over by then.
func (s *speaker) disorders() []string {
	return s.breaches(func(r model.Rule) bool { return r.First != r.Then })
}

// crowds tells of a call that began while as many were under way as there may be.
func (s *speaker) crowds() (all []string) {
	for _, b := range trace.Breaches(s.x, s.steps) {
		if b.Rule.Most == 0 {
			continue
		}
		s.sentence()
		inside := []string{s.name(b.Before.G)}
		for _, other := range b.Others {
			inside = append(inside, s.name(other.G))
		}
		all = append(all, finding.ExplainCrowd(s.name(b.After.G), s.site(b.Begins).Func, s.whenAt(b.Begins), inside, b.Rule.Most))
	}
	return all
}

func (s *speaker) breaches(of func(model.Rule) bool) (all []string) {
	for _, b := range trace.Breaches(s.x, s.steps) {
		if of(b.Rule) {
			s.sentence()
			all = append(all, finding.ExplainCalls(s.early(&b)))
		}
	}
	return all
}

// early is a breach, ready to be put in words.
func (s *speaker) early(b *model.Breach) finding.EarlyCall {
	early := finding.EarlyCall{
		Function: s.site(b.Begins).Func, Who: s.name(b.After.G), BeforeFunction: s.site(b.Since).Func, BeforeWho: s.name(b.Before.G),
		Begun: b.Begun(), Same: b.Rule.First == b.Rule.Then,
	}
	if !early.Same { // the place that is named first is said in full
		early.Begins = s.whenAt(b.Begins)
	}
	early.BeforeBegins = s.whenAt(b.Since)
	if !b.Before.Open {
		early.BeforeEnds = s.whenAt(b.Until)
	}
	if early.Same {
		early.Begins = s.whenAt(b.Begins)
	}
	return early
}
