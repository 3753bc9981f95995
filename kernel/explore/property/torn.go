package property

import (
	"slices"
	"strings"

	"threading101/kernel/model"
)

// torn reports whether the lines that an outcome printed show that calls
// overlapped: those that begin alike, with a name, do not stand together. It only
// chooses among examples; that they overlapped, the search knows better.
func torn(o *model.Outcome) bool {
	var seen []string
	last := ""
	for line := range strings.Lines(o.Value) {
		name, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if name == last {
			continue
		}
		if slices.Contains(seen, name) {
			return true
		}
		seen, last = append(seen, name), name
	}
	return false
}
