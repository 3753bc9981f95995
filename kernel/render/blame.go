package render

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"threading101/kernel/model"
	"threading101/kernel/trace"
)

// rank is how much a goroutine matters: the first most.
type rank int

const (
	inCircle rank = iota // each waits for the next
	atHeart              // of another fault, or named in the explanation
	isStuck              // or lost an update
	isMain
	isCutOff
	isOther
)

// matters ranks the goroutines, main at least as is given.
func (t *tale) matters(main rank) []rank {
	ranks := slices.Repeat([]rank{isOther}, len(t.ex.Goroutines))
	better := func(g int, level rank) {
		if g >= 0 && g < len(ranks) && ranks[g] > level {
			ranks[g] = level
		}
	}
	better(0, main)
	for g := range ranks {
		switch t.ex.Goroutines[g].End {
		case model.DidPanic, model.DidExit:
			better(g, atHeart)
		case model.WasBlocked:
			better(g, isStuck)
		case model.WasCutOff:
			better(g, isCutOff)
		}
	}
	for _, w := range t.circle() {
		better(w.G, inCircle)
	}
	for _, w := range t.stuck() {
		for _, h := range w.For {
			better(h.G, atHeart)
		}
	}
	for _, r := range t.ex.Races {
		for _, a := range []model.Access{r.A, r.B} {
			if a.Event >= 0 && a.Event < len(t.ex.Events) {
				better(t.ex.Events[a.Event].G, atHeart)
			}
		}
	}
	for i := range t.ex.Events {
		if t.ex.Events[i].Stale {
			better(t.ex.Events[i].G, isStuck)
		}
	}
	for g, named := range t.named() {
		if named {
			better(g, atHeart)
		}
	}
	return ranks
}

// foremost are the goroutines that matter most, so many of them, in the order in
// which they were created. Main has at least the rank that is given.
func (t *tale) foremost(most int, main rank) []int {
	all := make([]int, len(t.ex.Goroutines))
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

// forGood reports whether those who wait at the end of the run would wait for
// ever, as far as is known.
func (t *tale) forGood() bool {
	return t.ex.Status == model.Deadlock || t.ex.Status == model.Leak
}

// stuck are the waits that never ended.
func (t *tale) stuck() []model.Wait {
	return slices.DeleteFunc(trace.Waits(t.ex), func(w model.Wait) bool { return t.ex.Goroutines[w.G].End != model.WasBlocked })
}

// circle are those of them in which each waits for the next.
func (t *tale) circle() []model.Wait {
	var circle []model.Wait
	waits := t.stuck()
	for _, i := range trace.Circle(waits) {
		circle = append(circle, waits[i])
	}
	return circle
}

// named are the goroutines that the explanation names.
func (t *tale) named() []bool {
	said := strings.Join(t.ex.Explanation, " ")
	who := make([]bool, len(t.ex.Goroutines))
	for g := range who {
		who[g] = mentions(said, t.name(g))
	}
	return who
}

// namedObjects are the objects that it names.
func (t *tale) namedObjects() []bool {
	said := strings.Join(t.ex.Explanation, " ")
	what := make([]bool, len(t.ex.Objects))
	for i := range what {
		what[i] = mentions(said, t.ex.Objects[i].Name)
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
