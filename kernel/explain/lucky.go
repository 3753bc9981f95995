package explain

import (
	"slices"

	"threading101/kernel/model"
	"threading101/kernel/words"
	"threading101/kernel/words/finding"
)

// lucky says of a variable that is raced for, and that several goroutines read
// and then wrote, that nothing they wrote was lost: the result is what a run one
// after the other gives.
func (s *speaker) lucky() []string {
	if s.x.Status != model.OK || s.x.Dropped > 0 || s.x.Skipped > 0 {
		return nil
	}
	for _, r := range s.x.Races {
		object := slices.IndexFunc(s.x.Objects, func(o model.Object) bool { return o.Name == r.Object })
		if object >= 0 && s.memory.lossless[object] && !s.memory.acted(s.x, object) {
			return []string{finding.ExplainLucky(words.Plain(r.Object, 32))}
		}
	}
	return nil
}

// acted says whether an object was written because of a test that was no longer
// true.
func (m *memory) acted(x *model.Execution, object int) bool {
	return slices.ContainsFunc(m.stale, func(u clash) bool { return x.Events[u.store].Object == object })
}
