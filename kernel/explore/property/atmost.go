package property

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// mostCalls is the largest N, here and of goroutines: a program has no more of them.
const mostCalls = 1_000_000

// atMost: of the goroutines never more than N are in a call of the function.
var atMost = kind{
	name:     "at-most",
	args:     "N F",
	example:  "at-most 2 work",
	means:    words.AtMost,
	read:     readAtMost,
	complete: completeAtMost,
	needs:    func(s subject) Needs { return Needs{Spans: s.functions} },
	rule:     func(s subject) (first, then string) { return s.functions[0], s.functions[0] },
	mixed:    true,
	violated: func(p Property, o *model.Outcome) bool {
		return o.Has("at-once-" + strconv.Itoa(p.subject.most+1) + " " + p.subject.functions[0])
	},
	marked: true,
	fails:  always(words.AtMostFails),
}

func readAtMost(text string) (subject, error) {
	text = unquoted(text)
	number, name, _ := strings.Cut(strings.Join(strings.Fields(text), " "), " ")
	n, err := strconv.Atoi(number)
	_, last := strconv.Atoi(name)
	switch {
	case name == "":
		return subject{}, errors.New(words.AtMostNeedsBoth(text))
	case err != nil && last == nil && function().MatchString(number):
		return subject{}, errors.New(words.AtMostReversed(number, name))
	case err != nil || n < 1 || n > mostCalls:
		if !function().MatchString(name) {
			name = "work"
		}
		return subject{}, errors.New(words.AtMostNumber(number, name, mostCalls))
	}
	if err := checkFunction("at-most", name); err != nil {
		return subject{}, err
	}
	return subject{functions: []string{name}, most: n}, nil
}

// completeAtMost: a number alone, and a quoted text that is not closed, could go on.
func completeAtMost(text string) bool {
	return !open(text) && len(strings.Fields(unquoted(text))) > 1
}

// AtOnce is what the search has to mark of the calls of functions, for a program that
// was built with [NeedsOf] ps: pairs of a function, by its place among those that are
// watched, and of how many calls of it at once are too many.
func AtOnce(ps []Property) (pairs []uint32) {
	watched := NeedsOf(ps).Spans
	seen := map[[2]uint32]bool{}
	for _, p := range ps {
		if p.subject.most == 0 {
			continue
		}
		pair := [2]uint32{uint32(slices.Index(watched, p.subject.functions[0])), uint32(p.subject.most) + 1}
		if !seen[pair] {
			seen[pair] = true
			pairs = append(pairs, pair[:]...)
		}
	}
	return pairs
}
