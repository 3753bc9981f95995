package finding

import (
	"slices"
	"strings"

	"threading101/kernel/words"
)

// nilChannel stands for a channel without a name that is nil.
const nilChannel = "a channel that is nil"

// mostOffers is how many channels of a select are named in each direction.
const mostOffers = 4

// SelectCases says what a goroutine that waits in a select would do: it would
// receive from some channels and send to others. "" is one that is nil.
func SelectCases(receives, sends []string) string {
	var parts []string
	if len(receives) > 0 {
		parts = append(parts, "to receive from "+anyOf(receives))
	}
	if len(sends) > 0 {
		parts = append(parts, "to send to "+anyOf(sends))
	}
	return strings.Join(parts, " or ")
}

// anyOf joins the names of channels with "or", each name once.
func anyOf(names []string) string {
	var all []string
	for _, n := range names {
		if n = words.OrElse(n, nilChannel); !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	if extra := len(all) - mostOffers; extra > 1 {
		all = append(all[:mostOffers:mostOffers], words.Count(extra, "more channel"))
	}
	return words.Series(all, " or ")
}

// ExplainNoCase says why no case of a select becomes ready; named if at least one of
// its channels is not nil.
func ExplainNoCase(named bool) string {
	if !named {
		return ": none of that can ever happen"
	}
	return ", and none of that can happen any more"
}
