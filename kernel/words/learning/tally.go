package learning

import "threading101/kernel/words"

// Tallied is what runs came to, and how many of them did.
type Tallied struct {
	Result string
	Runs   int
	Others bool // all results that are not told apart any more
}

// mostTallied is how many different results are named.
const mostTallied = 6

// Tally counts what the runs of a cell came to, "" for the first run. These are the
// learner's own runs: no odds.
func Tally(all []Tallied) string {
	runs, more := 0, 0
	var said []string
	for i, one := range all {
		runs += one.Runs
		if i < mostTallied && !one.Others {
			said = append(said, one.Result+" ×"+words.Number(one.Runs))
		} else {
			more += one.Runs
		}
	}
	if runs < 2 {
		return ""
	}
	if more > 0 {
		said = append(said, "others ×"+words.Number(more))
	}
	return "Your " + words.Number(runs) + " runs: " + words.Series(said, ", ") + "."
}
