package explore

import (
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/explore/property"
	"threading101/kernel/explore/wire"
	"threading101/kernel/model"
)

// nameCalls gives the functions in marks their names: a program knows those that are
// watched by their numbers, in the order in which it was built to watch them.
func (e *explorer) nameCalls(reports []report) []report {
	watched, conditions := property.NeedsOf(e.spec.Properties).Spans, property.Conditions(e.spec.Properties)
	for _, r := range reports {
		for i := range r.outcomes {
			r.outcomes[i].marks = called(named(r.outcomes[i].marks, watched), conditions)
		}
	}
	return reports
}

// called are the functions that were watched, and called in some run, by their names.
func (e *explorer) called() (names []string) {
	watched := property.NeedsOf(e.spec.Properties).Spans
	for _, r := range slices.Concat(e.full, e.rest) {
		for _, note := range r.notes {
			n, err := strconv.Atoi(note.Text)
			if note.Kind == wire.NoteCalled && err == nil && n >= 0 && n < len(watched) && !slices.Contains(names, watched[n]) {
				names = append(names, watched[n])
			}
		}
	}
	return names
}

// markFalse begins the mark of a condition that is not true, before its number.
const markFalse = "false-"

// called is marks with the conditions in the place of their numbers: "false-0" becomes
// "not always total >= 0".
func called(marks []string, conditions []model.Condition) []string {
	for i, mark := range marks {
		number, ok := strings.CutPrefix(mark, markFalse)
		if n, err := strconv.Atoi(number); ok && err == nil && n >= 0 && n < len(conditions) {
			marks[i] = property.MarkOf(conditions[n])
		}
	}
	return marks
}

// named is marks with names in the place of numbers: "overlap 0" becomes
// "overlap work". What is no number is left as it is.
func named(marks, watched []string) []string {
	if len(watched) == 0 {
		return marks
	}
	var all []string
	for _, mark := range marks {
		parts := strings.Split(mark, " ")
		for i, part := range parts[1:] {
			if n, err := strconv.Atoi(part); err == nil && n >= 0 && n < len(watched) {
				parts[i+1] = watched[n]
			}
		}
		all = append(all, strings.Join(parts, " "))
	}
	slices.Sort(all)
	return all
}

// untrueIn are the marks of the conditions that a recorded run shows not to be true.
func (e *explorer) untrueIn(x *model.Execution) (marks []string) {
	conditions := property.Conditions(e.spec.Properties)
	for _, l := range x.Lost {
		if l.N < len(conditions) {
			marks = append(marks, property.MarkOf(conditions[l.N]))
		}
	}
	return marks
}

// showsUntrue says whether a recorded run shows all that is not true in an outcome.
func (e *explorer) showsUntrue(s *sum, x *model.Execution) bool {
	untrue := e.untrueIn(x)
	for _, c := range property.Conditions(e.spec.Properties) {
		if mark := property.MarkOf(c); s.Has(mark) && !slices.Contains(untrue, mark) {
			return false
		}
	}
	return true
}

// foundUntrue says whether all that a recorded run shows not to be true is known to be
// so in some run.
func (e *explorer) foundUntrue(m *merged, x *model.Execution) bool {
	for _, mark := range e.untrueIn(x) {
		if !m.any(func(s *sum) bool { return s.Has(mark) }) {
			return false
		}
	}
	return true
}

// ofCondition says whether a mark is that of a condition, which a recorded run shows.
func (e *explorer) ofCondition(mark string) bool {
	return slices.ContainsFunc(property.Conditions(e.spec.Properties), func(c model.Condition) bool { return property.MarkOf(c) == mark })
}
