package columns

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"threading101/kernel/explain"
	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/render/walk"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// columnStories are runs to be put in columns.
var columnStories = []rendertest.Situation{
	{Name: "lost", Make: func() *model.Execution { return twoPaymentsRaced() }},
	{Name: "deadlock", Make: rendertest.Deadlock},
	{Name: "lock", Make: rendertest.Told(`
cell 3
main start @1
main wg-add wg 2 @3
main go A @4
main go B @5
main wait-want wg @6
A start @4
A lock mu @9
A load counter 0 @10
B start @5
B lock-want mu @9
A store counter 1 @10
A unlock mu @11
A wg-done wg @12
A end @12
B lock mu @9
B load counter 1 @10
B store counter 2 @10
B unlock mu @11
B wg-done wg @12
B end @12
main wait wg @6
main load counter 2 @7
main print 2 @7
main end @8`)},
	{Name: "loop", Make: func() *model.Execution { return looping(2) }},
	{Name: "long", Make: func() *model.Execution { return looping(400) }},
	{Name: "everything", Make: rendertest.Told(`
main start @1
main go A @2
main go B_with_a_long_name @3
main send-want in 7 @4
A start @2
A recv in 7 @10
main send in 7 @4
A atomic-add n 5 @11
A atomic-load n 5 @12
A rlock rw @13
B_with_a_long_name start @3
B_with_a_long_name atomic-load n 5 @20
B_with_a_long_name lock-want rw @21
A runlock rw @14
B_with_a_long_name lock rw @21
B_with_a_long_name cond-want c rw @23
A close in @15
main recv in closed @5
A signal c @16
A sleep 5000000 @17
main print done @6
main end @7`)},
	{Name: "crowd", Make: rendertest.ThousandBlocked},
	{Name: "hostile", Make: rendertest.Hostile},
}

// twoPaymentsRaced is a lost update, found as a race too.
func twoPaymentsRaced() *model.Execution {
	x := rendertest.TwoPayments(true)
	x.Races = trace.Races(x)
	return x
}

// looping is a goroutine that counts in a loop while another does the same.
func looping(switches int) *model.Execution {
	var story strings.Builder
	story.WriteString("main start @1\nmain go A @2\nmain go B @3\nA start @2\nB start @3\n")
	n := 0
	for i := range switches {
		who := string(rune('A' + i%2))
		for range 4 {
			fmt.Fprintf(&story, "%s lock mu @8\n%s load n %d @9\n%s store n %d @9\n%s unlock mu @10\n", who, who, n, who, n+1, who)
			n++
		}
	}
	for range 5 {
		story.WriteString("A print tick @12\n")
	}
	story.WriteString("A end @13\nB end @13\nmain end @5")
	return rendertest.Told(story.String())()
}

// whole are those whose columns are kept as files: they show every kind of mark.
var whole = []string{"lost", "everything", "loop", "crowd", "hostile"}

// TestColumnsGolden: each is laid out as its file says, the columns of some are kept
// whole, and of the others the checksums.
func TestColumnsGolden(t *testing.T) {
	var sums rendertest.Sums
	var marks rendertest.Coverage
	for _, s := range columnStories {
		x := s.Make()
		x.Explanation = explain.Sentences(x)
		c := newColumns(x, columnsAt(100), walk.IsMain)
		rendertest.Golden(t, filepath.Join("testdata", s.Name+".layout"), rendertest.Layout(c, names, "laneOf", "cells"))
		html := page(x)
		rendertest.CheckMarkup(t, s.Name+".html", html)
		for _, f := range []struct{ ext, drawn string }{{"txt", Text(x, ink.Paper{})}, {"html", html[strings.Index(html, "</style>"):]}} {
			kept := slices.Contains(whole, s.Name)
			if kept {
				rendertest.Golden(t, filepath.Join("testdata", s.Name+"."+f.ext), []byte(f.drawn))
			} else {
				sums.Add(t, s.Name+"."+f.ext, []byte(f.drawn))
			}
			marks.Add(kept, f.ext, []byte(f.drawn))
		}
	}
	sums.Check(t, "testdata/sums")
	marks.Check(t, "txt ⋮", "html <i>") // a gap, which takes 400 rows
}

// fold is a run in columns as HTML, page the same with its style sheet.
func fold(x *model.Execution) string {
	var b strings.Builder
	HTML(&b, x)
	return b.String()
}

func page(x *model.Execution) string {
	return ink.Page(func(b *strings.Builder) { HTML(b, x) })
}

// names are the words of the layouts for its numbers.
var names = rendertest.Names{
	"columnKind": {"step", "switch", "gap", "end"},
	"blockPart":  {"none", "only", "first", "middle", "last"},
}

// The lines between the columns stand below each other, and no line is wider
// than asked.
func TestColumnsLineUp(t *testing.T) {
	for _, s := range slices.Concat(columnStories, rendertest.All) {
		for _, width := range []int{80, 100, 140} {
			edges := ""
			for line := range strings.Lines(Text(s.Make(), ink.Paper{Width: width})) {
				line = strings.TrimSuffix(line, "\n")
				if n := words.Width(line); n > width {
					t.Errorf("%s at %d: %d columns: %s", s.Name, width, n, line)
				}
				switch {
				case strings.Contains(line, "─┼"):
					edges = places(line, "┼")
				case line == "" || !strings.Contains(line, "│"):
					edges = ""
				default:
					for _, x := range strings.Fields(edges) {
						if !strings.Contains(places(line, "│"), x) {
							t.Errorf("%s at %d: no line at column %s: %s", s.Name, width, x, line)
						}
					}
				}
			}
		}
	}
}

// places are the columns at which a line holds a character.
func places(line, char string) string {
	s, x := "", 0
	for _, r := range line {
		if string(r) == char {
			s += fmt.Sprintf("%04d ", x)
		}
		x += words.Width(string(r))
	}
	return s
}

// What is said of a step in words as one would write it.
func TestColumnsWords(t *testing.T) {
	lost, locked := columnStories[0].Make(), columnStories[2].Make()
	for _, c := range []struct {
		x    *model.Execution
		want string
	}{
		{lost, "balance ➜ 100"}, {lost, "balance = 120"}, {lost, "balance = 110 ⚠ lost update"}, {lost, "│ switch "},
		{lost, "prints “balance: 110”"},
		{locked, "lock mu"}, {locked, "waits for mu (A holds it)"}, {locked, "switch (reason: mu is held by A)"},
		{locked, "switch (reason: wg is not done)"}, {locked, "wg.Done(), returns"},
		{looping(2), "┌ lock mu"}, {looping(2), "n ➜ 0 … 3"}, {looping(2), "└ unlock mu × 4"}, {looping(2), "prints “tick” × 4"},
	} {
		if got := Text(c.x, ink.Paper{Width: 160}); !strings.Contains(got, c.want) {
			t.Errorf("does not say %q:\n%s", c.want, got)
		}
	}
}

// After a goroutine has returned nobody asks why another goes on; and who goes on
// itself does not switch.
func TestColumnsSwitches(t *testing.T) {
	x := rendertest.Told("main start\nmain go A\nA start\nA print x\nA end\nmain print y\nmain print z\nmain end")()
	_, whole, _ := strings.Cut(Text(x, ink.Paper{}), words.ColumnsWhole)
	if n := strings.Count(whole, "│ switch"); n != 1 { // from main to A
		t.Errorf("%d switches:\n%s", n, whole)
	}
}

// The short table holds what the explanation names, and what was printed.
func TestColumnsShort(t *testing.T) {
	x := rendertest.Told(`
main start @1
main go A @2
main go B @3
main go C @4
C start @4
C lock other @30
C unlock other @31
C end @31
A start @2
A load x 0 @10
B start @3
B load x 0 @10
B store x 1 @10
A store x 1 @10
B print b @11
B end @12
A end @12
main end @6`)()
	x.Explanation = []string{"A reads x = 0, B overwrites it."}
	short, whole, _ := strings.Cut(Text(x, ink.Paper{}), words.ColumnsWhole)
	if !strings.Contains(whole, "lock other") || strings.Contains(short, "lock other") || strings.Contains(short, "go A") {
		t.Errorf("the short table:\n%s\nthe whole:\n%s", short, whole)
	}
	for _, want := range []string{"x ➜ 0", "x = 1", "prints “b”"} {
		if !strings.Contains(short, want) {
			t.Errorf("the short table lacks %q:\n%s", want, short)
		}
	}
}

// Of many goroutines those of the circle are drawn, however late they come, then
// main; the others are named.
func TestColumnsDrawTheCircle(t *testing.T) {
	for _, c := range []struct {
		others, circle, width int
		drawn, left           string
	}{
		{0, 5, 0, "main eat_0 eat_1 eat_2 eat_3 eat_4", ""},
		{0, 5, 100, "main eat_0 eat_1 eat_2 eat_3 eat_4", ""},
		{3, 5, 100, "main eat_0 eat_1 eat_2 eat_3 eat_4", "Not drawn: done_0, done_1 and done_2, with 3 steps."},
		{3, 6, 0, "main eat_0 eat_1 eat_2 eat_3 eat_4 eat_5", "Not drawn: done_0, done_1 and done_2, with 3 steps."},
		{1, 6, 100, "eat_0 eat_1 eat_2 eat_3 eat_4 eat_5", "Not drawn: main and done_0,"},
		{2, 2, 80, "main done_0 eat_0 eat_1", "Not drawn: done_1, with 1 step."},
	} {
		got := Text(rendertest.Philosophers(c.others, c.circle), ink.Paper{Width: c.width})
		_, whole, _ := strings.Cut(got, words.ColumnsWhole)
		heads := strings.Split(strings.Split(whole, "\n")[1], "│")
		drawn := strings.Join(strings.Fields(strings.Join(heads[1:len(heads)-1], " ")), " ")
		if drawn != c.drawn || !strings.Contains(got, c.left) || c.left == "" && strings.Contains(got, "Not drawn") {
			t.Errorf("%d and %d at %d: %s, %q is not said of the others:\n%s", c.others, c.circle, c.width, drawn, c.left, got)
		}
		for line := range strings.Lines(got) {
			if n := words.Width(line) - 1; n > 120 {
				t.Errorf("%d columns: %s", n, line)
			}
		}
	}
}

// The short table holds the whole circle, of which the explanation may name only
// the beginning.
func TestColumnsShortHasTheCircle(t *testing.T) {
	short, _, _ := strings.Cut(page(rendertest.Philosophers(0, 6)), words.ColumnsWhole)
	for i := range 6 {
		for _, want := range []string{"lock fork_" + strconv.Itoa(i), "waits for fork_" + strconv.Itoa(i)} {
			if !strings.Contains(short, ">"+want) {
				t.Errorf("the short table lacks %q", want)
			}
		}
	}
}

// Whatever the run, nothing breaks.
func TestColumnsOfAnyExecution(t *testing.T) {
	for seed := range uint64(150) {
		x := rendertest.Random(rand.New(rand.NewPCG(seed, 3)))
		rendertest.CheckMarkup(t, "seed "+strconv.Itoa(int(seed)), page(x))
		if Text(x, ink.Paper{Width: 40 + int(seed%120)}) == "" {
			t.Errorf("seed %d: nothing", seed)
		}
	}
}

func TestColumnsOfNothing(t *testing.T) {
	if Text(nil, ink.Paper{}) != "" || fold(nil) != "" || Text(&model.Execution{}, ink.Paper{}) != "" {
		t.Error("columns of nothing")
	}
}
