package property

import (
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// noOverlap: no call of the function begins while another is under way.
var noOverlap = kind{
	name:    "no-overlap",
	args:    "F",
	example: "no-overlap printString",
	means:   words.NoOverlap,
	read:    readNoOverlap,
	needs:   func(s subject) Needs { return Needs{Spans: s.functions} },
	rule:    func(s subject) (first, then string) { return s.functions[0], s.functions[0] },
	seen:    torn,
	mixed:   true,
	violated: func(p Property, o *model.Outcome) bool {
		return o.Has("overlap " + p.subject.functions[0])
	},
	marked: true,
	fails:  always(words.NoOverlapFails),
}

func readNoOverlap(text string) (subject, error) {
	name := strings.TrimSpace(unquoted(text))
	if err := checkFunction("no-overlap", name); err != nil {
		return subject{}, err
	}
	return subject{functions: []string{name}}, nil
}
