package predict

import (
	"cmp"
	"slices"
)

// Progress counts the answers of some records.
type Progress struct {
	Questions int   // that were answered
	Judged    int   // of them those whose answer became known
	AtFirst   int   // and was as said in the first round
	Second    int   // those with a second round whose answer became known
	AtSecond  int   // and was as said in it
	Shown     []Key // misconceptions of first answers, most frequent first
}

// Key is a misconception, and how many first answers show it.
type Key struct {
	Name  string
	Times int
}

// Sum counts what was answered.
func Sum(all []Record) (p Progress) {
	shown := map[string]int{}
	for _, r := range all {
		switch {
		case r.Passed() || r.Round > 2:
		case r.Round == 1:
			p.Questions++
			p.Judged += one(r.Judged)
			p.AtFirst += one(r.AsSaid)
			if r.Shows != "" {
				shown[r.Shows]++
			}
		default:
			p.Second += one(r.Judged)
			p.AtSecond += one(r.AsSaid)
		}
	}
	for name, n := range shown {
		p.Shown = append(p.Shown, Key{name, n})
	}
	slices.SortFunc(p.Shown, func(a, b Key) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(a.Name, b.Name))
	})
	return p
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}
