package walk

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"threading101/kernel/model"
	"threading101/kernel/trace"
)

// Rank says how much a goroutine matters, most first.
type Rank int

const (
	InCircle Rank = iota // each waits for the next
	atHeart              // of another fault, or named in the explanation
	isStuck              // or lost an update
	IsMain
	isCutOff
	isOther
)

// matters ranks the goroutines. Main gets at least the rank that is given.
func (t *Run) matters(main Rank) []Rank {
	ranks := slices.Repeat([]Rank{isOther}, len(t.Execution.Goroutines))
	better := func(g int, level Rank) {
		if g >= 0 && g < len(ranks) && ranks[g] > level {
			ranks[g] = level
		}
	}
	better(0, main)
	for g := range ranks {
		switch t.Execution.Goroutines[g].End {
		case model.DidPanic, model.DidExit:
			better(g, atHeart)
		case model.WasBlocked:
			better(g, isStuck)
		case model.WasCutOff:
			better(g, isCutOff)
		}
	}
	for _, w := range t.Circle() {
		better(w.G, InCircle)
	}
	for _, w := range t.Stuck() {
		for _, h := range w.For {
			better(h.G, atHeart)
		}
	}
	for _, r := range t.Execution.Races {
		for _, a := range []model.Access{r.A, r.B} {
			if a.Event >= 0 && a.Event < len(t.Execution.Events) {
				better(t.Execution.Events[a.Event].G, atHeart)
			}
		}
	}
	for i := range t.Execution.Events {
		if t.Execution.Events[i].Stale {
			better(t.Execution.Events[i].G, isStuck)
		}
	}
	for g, named := range t.Named() {
		if named {
			better(g, atHeart)
		}
	}
	return ranks
}

// Foremost returns the goroutines that matter most, at most so many, in the order in
// which they were created. Main gets at least the rank that is given.
func (t *Run) Foremost(most int, main Rank) []int {
	all := make([]int, len(t.Execution.Goroutines))
	for g := range all {
		all[g] = g
	}
	if len(all) <= most {
		return all
	}
	ranks := t.matters(main)
	slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(ranks[a], ranks[b]) })
	all = all[:most]
	slices.Sort(all)
	return all
}

// ForGood reports whether the goroutines that wait at the end of the run would wait
// for ever, as far as is known.
func (t *Run) ForGood() bool {
	return t.Execution.Status == model.Deadlock || t.Execution.Status == model.Leak
}

// Stuck are the waits that never ended.
func (t *Run) Stuck() []model.Wait {
	return slices.DeleteFunc(trace.Waits(t.Execution), func(w model.Wait) bool { return t.Execution.Goroutines[w.G].End != model.WasBlocked })
}

// Circle are the waits of a deadlock in which each goroutine waits for the next.
func (t *Run) Circle() []model.Wait {
	var circle []model.Wait
	waits := t.Stuck()
	for _, i := range trace.Circle(waits) {
		circle = append(circle, waits[i])
	}
	return circle
}

// Named are the goroutines that the explanation names.
func (t *Run) Named() []bool {
	said := strings.Join(t.Execution.Explanation, " ")
	who := make([]bool, len(t.Execution.Goroutines))
	for g := range who {
		who[g] = mentions(said, t.Name(g))
	}
	return who
}

// NamedObjects are the objects that it names.
func (t *Run) NamedObjects() []bool {
	said := strings.Join(t.Execution.Explanation, " ")
	what := make([]bool, len(t.Execution.Objects))
	for i := range what {
		what[i] = mentions(said, t.Execution.Objects[i].Name)
	}
	return what
}

// mentions says whether a text holds a name as a word of its own.
func mentions(text, name string) bool {
	part := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '·' }
	for from := 0; name != ""; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(name):])
		if !part(before) && !part(after) {
			return true
		}
		from = i + len(name)
	}
	return false
}
