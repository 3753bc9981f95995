package magic

import (
	"slices"
	"strings"
)

// Complete returns the words that go on from a prefix as it stands at the start
// of a line: "%re" gives %race's neighbours of ours and GoNB's, "//t101:re" ours
// only. Words of later versions are not offered.
func Complete(start string) []string {
	var matches []string
	offer := func(sign, word string) {
		if full := sign + word; strings.HasPrefix(full, start) {
			matches = append(matches, full)
		}
	}
	for _, w := range Table {
		if w.Since > Now {
			continue
		}
		if strings.HasPrefix(start, "%") {
			offer("%", w.Name)
		}
		if strings.HasPrefix(start, "//t") {
			offer(prefix, w.Name)
		}
	}
	for _, word := range gonbWords() {
		switch {
		case strings.HasPrefix(start, "%"):
			offer("%", word)
		case strings.HasPrefix(start, "//g"):
			offer(gonbPrefix+"%", word)
		}
	}
	slices.Sort(matches)
	return slices.Compact(matches)
}
