package found

import (
	"encoding/json"
	"math/big"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/words"
)

func number(s string) *big.Int {
	n, ok := new(big.Int).SetString(s, 10)
	if !ok {
		panic(s)
	}
	return n
}

// lost2x1 is two goroutines that each add 1 without a lock.
func lost2x1() *model.Result {
	return &model.Result{
		Interleavings: number("6"), Classes: 4, Runs: 4, Elapsed: 21 * time.Millisecond, Clock: "free", Values: []string{"total"},
		Outcomes: []model.Outcome{
			{Status: model.OK, Value: "total = 1", Values: []string{"1"}, Marks: []string{"race"}, Classes: 2, Interleavings: number("4"), Runs: 2, Token: "t1-9f3cq-s2.3x4.2f-ab12-k7", Switches: 2, Proven: true},
			{Status: model.OK, Value: "total = 2", Values: []string{"2"}, Marks: []string{"race"}, Classes: 2, Interleavings: number("2"), Runs: 2, Token: "t1-9f3cq-s1f-77ee-p2", Switches: 1, Proven: true},
		},
		Parallel: []model.Class{
			{Outcome: 0, Interleavings: number("2"), Token: "t1-9f3cq-s2.3x4.2f-ab12-k7"}, {Outcome: 0, Interleavings: number("2"), Token: "t1-9f3cq-s3.2x4.3f-ab19-k9"},
			{Outcome: 1, Interleavings: number("1"), Token: "t1-9f3cq-s1f-77ee-p2"}, {Outcome: 1, Interleavings: number("1"), Token: "t1-9f3cq-s3.2f-77ef-p3"},
		},
		Races: []model.FoundRace{
			{A: model.Pos{Cell: 3, Line: 9}, B: model.Pos{Cell: 3, Line: 12}, Object: "total", Token: "t1-9f3cq-s1f-77ee-p2"},
			{A: model.Pos{Cell: 3, Line: 12}, B: model.Pos{Cell: 3, Line: 12}, Object: "total"},
		},
	}
}

// philosophers4 end well or in a deadlock.
func philosophers4() *model.Result {
	return &model.Result{
		Interleavings: number("98184"), Classes: 15, Runs: 15, Elapsed: 9 * time.Millisecond, Clock: "virtual",
		Outcomes: []model.Outcome{
			{Status: model.OK, Value: "all have eaten\n", Classes: 14, Interleavings: number("98160"), Runs: 14, Token: "t1-phil4-s0f-1111-aa", Switches: 4},
			{Status: model.Deadlock, Classes: 1, Interleavings: number("24"), Runs: 1, Token: "t1-phil4-s2.3x3.4x4.5f-2222-bb", Switches: 4, Proven: true},
		},
	}
}

// notAll is a search that ended at its budget, with outcomes of every kind.
func notAll() *model.Result {
	r := &model.Result{
		Level: model.Bounded, Preemptions: 2, Runs: 12034, Elapsed: 2 * time.Second, Clock: "free", Omitted: 30,
		Stopped: "you interrupted it", Notes: []string{"time.Now was read: the real time", "rand was seeded: the same numbers in each run"},
	}
	for i := range 20 {
		r.Outcomes = append(r.Outcomes, model.Outcome{Status: model.OK, Value: "A 1\nB 1\nA 2\n" + strings.Repeat("B 2 and so on ", 1+i%7) + strconv.Itoa(i) + "\n",
			Runs: 1100 - 50*i, Token: "t1-many0-s" + strconv.Itoa(i) + "f-aaaa-cc", Switches: i})
	}
	for i, s := range []model.Status{model.CutOff, model.Leak, model.Deadlock, model.Panicked, model.Exited, model.Limit} {
		r.Outcomes = append(r.Outcomes, model.Outcome{Status: s, Value: "A 1\n", Runs: 1 + i%2, Token: "t1-many0-s" + strconv.Itoa(i) + ".2f-bbbb-dd", Switches: 3 + i})
	}
	return r
}

// explorations are results as learners meet them, and such as are hard to draw.
var explorations = []struct {
	name string
	make func() *model.Result
}{
	{"lost", lost2x1},
	{"philosophers", philosophers4},
	{"not-all", notAll},
	{"one", func() *model.Result {
		return &model.Result{Interleavings: number("11732745024"), Classes: 1, Runs: 1, Elapsed: time.Millisecond, Clock: "free",
			Outcomes: []model.Outcome{{Status: model.OK, Classes: 1, Interleavings: number("11732745024"), Runs: 1, Token: "t1-one00-s0f-0000-00"}},
			Parallel: []model.Class{{Interleavings: number("11732745024"), Token: "t1-one00-s0f-0000-00"}}}
	}},
	{"huge", func() *model.Result {
		n := number("83" + strings.Repeat("7", 40))
		return &model.Result{Interleavings: n, Classes: 2, Runs: 2, Elapsed: time.Millisecond,
			Outcomes: []model.Outcome{
				{Status: model.OK, Value: "x = 1", Classes: 1, Interleavings: new(big.Int).Sub(n, number("12")), Runs: 1, Token: "t1-huge0-s0f-0000-00"},
				{Status: model.OK, Value: "x = 2", Classes: 1, Interleavings: number("12"), Runs: 1}}}
	}},
	{"uncounted", func() *model.Result {
		r := philosophers4()
		r.Interleavings, r.Outcomes[1].Interleavings = nil, nil
		return r
	}},
	{"sample", func() *model.Result {
		r := lost2x1()
		r.Level, r.Runs, r.Interleavings, r.Races = model.Sampled, 400, nil, nil
		r.Outcomes[0].Runs, r.Outcomes[1].Runs = 31, 369
		return r
	}},
	{"endless", func() *model.Result {
		r := philosophers4()
		r.Outcomes[1].Status = model.Limit
		return r
	}},
	{"nothing", func() *model.Result {
		return &model.Result{Level: model.Sampled, Stopped: "the program did not start"}
	}},
	{"hostile", func() *model.Result {
		bad := "</td><script>alert(1)</script>\x1b[31m\u202e日本語 & \"quotes\"\n\x00]]>"
		r := lost2x1()
		r.Outcomes[0].Value, r.Outcomes[1].Token, r.Races[0].Object, r.Stopped, r.Clock = bad, bad, bad, bad, bad
		r.Notes, r.Parallel[0].Outcome, r.Parallel[1].Token, r.Outcomes[0].Status = []string{bad}, 99, bad, model.Status(bad)
		return r
	}},
}

func drawn(form string, r *model.Result) string {
	return string(Forms.In(form, newFound(r), ink.Paper{}))
}

// whole are those whose forms are kept as files: they show every kind of mark.
var whole = []string{"lost", "not-all", "hostile"}

// TestExplorationGolden: each result is laid out as its file says, the forms of some
// are kept whole, and of the others' forms the checksums.
func TestExplorationGolden(t *testing.T) {
	var sums rendertest.Sums
	var marks rendertest.Coverage
	for _, e := range explorations {
		rendertest.Golden(t, filepath.Join("testdata", e.name+".layout"), rendertest.Layout(newFound(e.make()), names))
		data, err := json.MarshalIndent(JSON(e.make()), "", " ")
		if err != nil {
			t.Fatal(err)
		}
		html := drawn("html", e.make())
		rendertest.CheckMarkup(t, e.name+".html", html)
		rendertest.CheckMarkup(t, e.name+".svg", drawn("svg", e.make()))
		for _, f := range []struct{ ext, drawn string }{
			{"txt", drawn("text", e.make())}, {"svg", drawn("svg", e.make())}, {"html", html[strings.Index(html, "</style>"):]}, {"json", string(data) + "\n"},
		} {
			kept := slices.Contains(whole, e.name)
			if kept {
				rendertest.Golden(t, filepath.Join("testdata", e.name+"."+f.ext), []byte(f.drawn))
			} else {
				sums.Add(t, e.name+"."+f.ext, []byte(f.drawn))
			}
			marks.Add(kept, f.ext, []byte(f.drawn))
		}
	}
	sums.Check(t, "testdata/sums")
	marks.Check(t)
}

// names are the words of the layouts for its numbers.
var names = rendertest.Names{"look": {"fine", "cut", "bad"}, "counting": {"interleavings", "executions", "runs"}}

// Whatever one form says, the others say.
func TestExplorationFormsAgree(t *testing.T) {
	for _, e := range explorations {
		f := newFound(e.make())
		bundle, _ := Bundle(e.make(), ink.Paper{Width: 1000})
		said := append(append([]string{f.head, f.raceHead, f.more, f.moreRace, f.classes.head}, f.lines...), append(f.notes, f.meaning...)...)
		for _, r := range f.rows {
			said = append(said, r.sign, r.value, r.ends, r.many, r.switches, r.token)
		}
		for _, r := range f.races {
			said = append(said, r.says, r.token)
		}
		for _, say := range said {
			if text := bundle["text/plain"].(string); !strings.Contains(text, say) {
				t.Errorf("%s: the text does not say %q:\n%s", e.name, say, text)
			}
			if !strings.Contains(bundle["text/html"].(string), ink.Escape(say)) {
				t.Errorf("%s: the HTML does not say %q", e.name, say)
			}
			if picture := strings.ReplaceAll(unwrapped(bundle["image/svg+xml"].(string)), " ", ""); !strings.Contains(picture, strings.ReplaceAll(ink.Escape(say), " ", "")) {
				t.Errorf("%s: the picture does not say %q", e.name, say)
			}
		}
		if !json.Valid(bundle[Type].(json.RawMessage)) {
			t.Errorf("%s: no JSON", e.name)
		}
	}
}

// unwrapped are the words of a picture without its elements, as lines are broken
// in the middle of sentences.
func unwrapped(picture string) string {
	var b strings.Builder
	for _, part := range strings.Split(picture, "<") {
		if _, text, ok := strings.Cut(part, ">"); ok {
			b.WriteString(strings.TrimSuffix(text, "\n"))
		}
	}
	return b.String()
}

// No line of the text is wider than asked, but where a token is: that is never cut.
func TestExplorationTextFits(t *testing.T) {
	for _, e := range explorations {
		for _, width := range []int{60, 80, 100} {
			for line := range strings.Lines(Text(e.make(), ink.Paper{Width: width})) {
				if n := words.Width(strings.TrimSuffix(line, "\n")); n > width && !strings.Contains(line, "%replay ") && !strings.Contains(line, "t1-") {
					t.Errorf("%s at %d: %d columns: %s", e.name, width, n, line)
				}
			}
		}
	}
}

// What was not tried completely says so in other words, with another mark and in
// another colour, in every form.
func TestIncompleteLooksDifferent(t *testing.T) {
	all := drawn("html", lost2x1()) + drawn("svg", lost2x1()) + Text(lost2x1(), ink.Paper{Color: true})
	some := drawn("html", notAll()) + drawn("svg", notAll()) + Text(notAll(), ink.Paper{Color: true})
	for _, mark := range []string{`<b class="k3">✔ All`, `class="t f3"`, "\x1b[38;5;36m✔ All"} {
		if !strings.Contains(all, mark) || strings.Contains(some, mark) {
			t.Errorf("%q does not mark what is complete, and that only", mark)
		}
	}
	for _, mark := range []string{`<b class="kw">◐ Tried`, `class="t w"`, "\x1b[38;5;178m◐ Tried"} {
		if !strings.Contains(some, mark) || strings.Contains(all, mark) {
			t.Errorf("%q does not mark what is not complete, and that only", mark)
		}
	}
	for _, never := range []string{"probab", "chance", "%)", "no bug"} {
		if strings.Contains(strings.ToLower(all+some), never) {
			t.Errorf("says %q", never)
		}
	}
}

// A bar is the share of all, and never shorter than can be seen.
func TestBars(t *testing.T) {
	f := newFound(philosophers4())
	if got := f.length(&f.rows[0], 200, 3); got != 199 {
		t.Errorf("98,160 of 98,184 is %d of 200 long", got)
	}
	if got := f.length(&f.rows[1], 200, 3); got != 3 {
		t.Errorf("24 of 98,184 is %d of 200 long", got)
	}
	for i, end := range []string{"▏", "▎", "▍", "▌", "▋", "▊", "▉"} {
		f.rows[0].count = big.NewInt(int64(98184*(i+1)/32 + 1))
		if got := f.bar(&f.rows[0], 4); got != end+"···" {
			t.Errorf("%d eighths are drawn %q, want %q", i+1, got, end)
		}
	}
	for n, want := range map[string]string{"1": "▏···", "49092": "██··", "98184": "████"} {
		f.rows[0].count = number(n)
		if got := f.bar(&f.rows[0], 4); got != want {
			t.Errorf("%s of 98184 is drawn %q, want %q", n, got, want)
		}
	}
}

// A deadlock that is one of thousands stays among the rows.
func TestRareEndsAreShown(t *testing.T) {
	shown := map[string]int{}
	f := newFound(notAll())
	for _, r := range f.rows {
		shown[r.ends]++
	}
	for _, s := range []model.Status{model.CutOff, model.Leak, model.Deadlock, model.Panicked, model.Exited, model.Limit} {
		if shown[words.FoundEndings[string(s)]] != 1 {
			t.Errorf("%s: %d rows", s, shown[words.FoundEndings[string(s)]])
		}
	}
	if len(f.rows) != mostOutcomes || f.more != "and 44 more outcomes" {
		t.Errorf("%d rows, %s", len(f.rows), f.more)
	}
}

// Outcomes that differ in marks only are one to the learner, also in the data.
func TestMarksDoNotSplitOutcomes(t *testing.T) {
	r := lost2x1()
	r.Outcomes = append(r.Outcomes, model.Outcome{Status: model.OK, Value: "total = 2", Classes: 1, Interleavings: number("3"), Switches: 9})
	r.Parallel = append(r.Parallel, model.Class{Outcome: 2, Interleavings: number("3")})
	r.Interleavings = number("9")
	if f := newFound(r); len(f.rows) != 2 || f.rows[0].many != "in 5 of 9 interleavings" {
		t.Errorf("%+v", f.rows)
	}
	e := JSON(r)
	if len(e.Outcomes) != 2 || e.Parallel[4].Outcome != 1 || *e.Outcomes[1].Interleavings != "5" {
		t.Errorf("%+v", e)
	}
}

// Where values were asked for and there are none, it is said why.
func TestNoValues(t *testing.T) {
	r := philosophers4()
	r.Values, r.Outcomes[0].Value = []string{"n"}, ""
	f := newFound(r)
	if f.rows[0].value != words.FoundUnknown || f.rows[1].value != words.FoundNoValue {
		t.Errorf("%q for one that ended, %q for one that did not", f.rows[0].value, f.rows[1].value)
	}
}

func TestExplorationOfNothing(t *testing.T) {
	if data, _ := Bundle(nil, ink.Paper{}); data != nil || Text(nil, ink.Paper{}) != "" {
		t.Error("something of nothing")
	}
	if once, again := drawn("svg", notAll()), drawn("svg", notAll()); once != again {
		t.Error("two pictures of one result differ")
	}
}

// Of a value with few lines each begins in its row: what tells it from others is often in
// the last.
func TestAbridged(t *testing.T) {
	const locked = "pay %: database is locked (5) (SQLITE_BUSY)"
	ten, twenty := strings.Replace(locked, "%", "10", 1), strings.Replace(locked, "%", "20", 1)
	for value, want := range map[string]string{
		"short":                           "short",
		ten:                               ten,
		ten + "\nAnna has 120":            "pay 10: database is locked (5)…\nAnna has 120",
		ten + "\n" + twenty + "\nA has 0": "pay 10: database…\npay 20: database …\nA has 0",
		"a\nb\nc\nd\ne\n" + ten:           "a\nb\nc\nd\ne\n" + ten,
	} {
		if got := abridged(value, valueWidth); got != want || words.Width(words.Plain(got, 1000)) > valueWidth && got != value {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}
