package explore

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"threading101/kernel/explore/wire"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// saying is the report of a process that said text, in which blanks are tabs.
func saying(t testing.TB, search, text string) report {
	t.Helper()
	s := heard(strings.ReplaceAll(text, " ", "\t"))
	if s.bad > 0 {
		t.Fatalf("%d bad lines in %q", s.bad, text)
	}
	return report{snapshot: s, asked: sched.Spec{Search: search}}
}

// brief is a merged result, an outcome a line.
func (m *merged) brief() string {
	var b strings.Builder
	for _, s := range m.outcomes {
		fmt.Fprintf(&b, "%s %q %v: %d classes, %s interleavings, %d runs, %d switches, proven %v\n",
			s.Status, s.Value, s.Marks, s.Classes, bigText(s.Interleavings), s.Runs, s.Switches, s.Proven)
	}
	return b.String()
}

func TestMerge(t *testing.T) {
	full := []report{
		saying(t, "dpor", `progress 9 4 0 0 dpor 0
outcome 1 ok "1" "" "" race 1 1 10 3 2 1.2x3.1x4.2
outcome 2 ok "1" "" "" - 2 2 - 0 0 -
class 2 5 7.2
class 1 6 -
level dpor 0
`),
		saying(t, "dpor", `progress 5 2 0 0 dpor 0
outcome 1 ok "2" "" "" - 1 1 40 3 3 1.2x2.1x3.2
outcome 7 ok "1" "" "" race 1 3 20 2 2 1.2x3.1
class 7 8 8.2
level dpor 0
`)}
	rest := []report{saying(t, "find", `progress 2 0 0 0 bound 0
outcome 5 ok "2" "" "" - 0 1 - 2 2 5.2x6.1
level bound 0
level bound 1
`)}
	m := merge(full, rest, nil)
	want := `ok "2" []: 1 classes, 40 interleavings, 2 runs, 2 switches, proven true
ok "1" [race]: 2 classes, 30 interleavings, 4 runs, 2 switches, proven true
ok "1" []: 2 classes, - interleavings, 2 runs, 0 switches, proven true
`
	if got := m.brief(); got != want {
		t.Errorf("merged into\n%s, not\n%s", got, want)
	}
	if m.runs != 16 || m.counted != 8 || m.classes != 6 || m.bound != 1 || m.strays != nil || m.interleavings() != nil {
		t.Errorf("%+v", m)
	}
	var classes []string
	for _, c := range m.parallel(full) {
		classes = append(classes, fmt.Sprintf("%d %v %s", c.Outcome, c.Interleavings, scheduleText(c.schedule)))
	}
	if want := []string{"2 5 7.2", "1 6 -", "1 8 8.2"}; !slices.Equal(classes, want) {
		t.Errorf("classes %q, not %q", classes, want)
	}
}

// Values that were asked for are what an outcome is known by, whatever was printed.
func TestMergeValues(t *testing.T) {
	text := strings.ReplaceAll(`outcome 1 ok "a" "" "3|1" - 1 1 1 0 0 -
outcome 2 ok "b" "" "3|1" - 1 1 1 0 0 -
outcome 3 deadlock "c" "" "" - 1 1 1 0 0 -
outcome 4 deadlock "d" "" "" - 1 1 1 0 0 -
level dpor 0
`, "3|1", `3\x1f1`)
	m := merge([]report{saying(t, "dpor", text)}, nil, []string{"total", "n"})
	if got, want := m.brief(), `deadlock "" []: 2 classes, 2 interleavings, 2 runs, 0 switches, proven true
ok "total = 3, n = 1" []: 2 classes, 2 interleavings, 2 runs, 0 switches, proven true
`; got != want {
		t.Errorf("%s, not\n%s", got, want)
	}
	if v := m.outcomes[1].Values; !slices.Equal(v, []string{"3", "1"}) {
		t.Errorf("values %q", v)
	}
}

// What only a search finds that did not try all puts in doubt that the other did.
func TestMergeStray(t *testing.T) {
	all := saying(t, "dpor", "outcome 1 ok \"1\" \"\" \"\" - 1 1 1 0 0 -\nlevel dpor 0\n")
	for other, stray := range map[string]bool{
		"outcome 1 ok \"1\" \"\" \"\" - 0 1 - 0 0 -\n":    false,
		"outcome 1 ok \"2\" \"\" \"\" - 0 1 - 0 0 -\n":    true,
		"outcome 1 limit \"2\" \"\" \"\" - 0 1 - 0 0 -\n": false, // stopped by its time, not by its schedule
	} {
		if m := merge([]report{all}, []report{saying(t, "find", other)}, nil); (m.strays != nil) != stray {
			t.Errorf("%q: strays are %q", other, m.strays)
		}
	}
}

// Runs made at random between those of a search that tries everything are none of
// its counts, and put it in doubt if they end otherwise; where not all was tried
// they count as any.
func TestMergeProbes(t *testing.T) {
	part := saying(t, "dpor", "outcome 1 ok \"1\" \"\" \"\" - 2 2 5 0 0 -\nprobes 1 7\noutcome 2 ok \"2\" \"\" \"\" - 0 0 0 1 1 1.2\nprobes 2 3\nlevel dpor 0\n")
	other := saying(t, "dpor", "outcome 1 ok \"2\" \"\" \"\" - 1 1 4 2 2 1.2x2.1\nlevel dpor 0\n")
	m := merge([]report{part, other}, nil, nil)
	if want := `ok "1" []: 2 classes, 5 interleavings, 2 runs, 0 switches, proven true
ok "2" []: 1 classes, 4 interleavings, 1 runs, 1 switches, proven false
`; m.brief() != want || m.strays != nil || m.counted != 3 {
		t.Errorf("%s, strays %q, not\n%s", m.brief(), m.strays, want)
	}
	if m := merge([]report{part}, nil, nil); m.strays == nil {
		t.Errorf("what only a run at random came to is among all that was tried:\n%s", m.brief())
	}
	if m := merge(nil, []report{part}, nil); m.counted != 12 || m.outcomes[0].Runs != 9 || m.outcomes[1].Runs != 3 {
		t.Errorf("%d runs count:\n%s", m.counted, m.brief())
	}
}

// A search that had to begin anew has other classes, and perhaps not all outcomes
// that it had before.
func TestMergeAnew(t *testing.T) {
	r := saying(t, "dpor", `class 1 5 1.2
class 1 5 2.2
class 2 5 3.2
outcome 1 ok "1" "" "" - 2 2 10 0 0 -
outcome 2 ok "2" "" "" - 1 1 5 0 0 -
outcome 1 ok "1" "" "" - 2 2 12 0 0 -
outcome 2 ok "2" "" "" - 0 0 0 0 0 -
class 1 6 4.2
class 1 6 1.2
progress 5 2 0 0 dpor 0
level dpor 0
`)
	m := merge([]report{r}, nil, nil)
	if len(m.outcomes) != 1 || m.interleavings().Int64() != 12 || m.strays != nil {
		t.Errorf("%s", m.brief())
	}
	if c := m.parallel([]report{r}); len(c) != 2 || scheduleText(c[0].schedule) != "4.2" || scheduleText(c[1].schedule) != "1.2" {
		t.Errorf("%+v", c)
	}
}

// More outcomes than anybody reads are counted, and those with most runs kept.
func TestMergeMany(t *testing.T) {
	var b strings.Builder
	for i := range mostOutcomes + 7 {
		fmt.Fprintf(&b, "outcome %d ok \"%d\" \"\" \"\" - 1 %d 1 0 0 -\n", i, i, i)
	}
	m := merge(nil, []report{saying(t, "sample", b.String())}, nil)
	if len(m.outcomes) != mostOutcomes || m.omitted != 7 || m.outcomes[0].Runs != mostOutcomes+6 {
		t.Errorf("%d outcomes, %d omitted, first %+v", len(m.outcomes), m.omitted, m.outcomes[0])
	}
	if m = merge([]report{saying(t, "dpor", b.String()+"level dpor 0\n")}, nil, nil); m.interleavings() != nil {
		t.Error("interleavings of outcomes that are left out are not counted")
	}
}

// However the work is divided, the sum is the same.
func TestMergeShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "shares")
		whole, parts := "", make([]string, n)
		for i := range rapid.IntRange(0, 12).Draw(t, "outcomes") {
			// Each share knows an outcome by a number of its own.
			value, classes := rapid.IntRange(0, 3).Draw(t, "value"), rapid.IntRange(1, 5).Draw(t, "classes")
			line := fmt.Sprintf("outcome %d ok \"%d\" \"\" \"\" - %d %d %d 1 1 %d.2\n", i, value, classes, classes, classes*3, value)
			at := rapid.IntRange(0, n-1).Draw(t, "share")
			parts[at] += line
			whole += line
		}
		var reports []report
		for _, p := range parts {
			reports = append(reports, report{snapshot: heard(strings.ReplaceAll(p, " ", "\t"))})
		}
		one := merge([]report{{snapshot: heard(strings.ReplaceAll(whole, " ", "\t"))}}, nil, nil)
		if many := merge(reports, nil, nil); many.brief() != one.brief() {
			t.Fatalf("in %d shares\n%s, in one\n%s", n, many.brief(), one.brief())
		}
	})
}

// What one search had no time for is not told where another has tried everything; that
// of the search that tried everything is.
func TestNotesOfTheUnfinished(t *testing.T) {
	cut := report{slow: true, snapshot: &snapshot{notes: []wire.Note{{Kind: wire.NoteWork}, {Kind: wire.NoteRandom}}}}
	random, work := words.SearchNote(wire.NoteRandom, "", ""), words.SearchNote(wire.NoteWork, "", "")
	for _, c := range []struct {
		full, rest []report
		want       []string
	}{
		{nil, []report{cut}, []string{words.SearchSlow, work, random}},
		{[]report{{snapshot: &snapshot{}}}, []report{cut}, []string{random}},
		{[]report{cut}, nil, []string{words.SearchSlow, work, random}},
	} {
		e := &explorer{full: c.full, rest: c.rest}
		if got := e.notes(); !slices.Equal(got, c.want) {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
