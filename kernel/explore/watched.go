package explore

import (
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/explore/property"
)

// nameCalls gives the functions in marks their names: a program knows those that are
// watched by their numbers, in the order in which it was built to watch them.
func (e *explorer) nameCalls(reports []report) []report {
	watched := property.NeedsOf(e.spec.Properties).Spans
	for _, r := range reports {
		for i := range r.outcomes {
			r.outcomes[i].marks = named(r.outcomes[i].marks, watched)
		}
	}
	return reports
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
