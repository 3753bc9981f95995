package render

import (
	"path/filepath"
	"strings"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// twoWorkers print under a lock: in this order of who gets it.
func twoWorkers(seed uint64, order string) *model.Execution {
	story := "cell 3\nmain start @1\nmain wg-add wg 2 @3\nmain go A @4\nmain go B @5\nmain wait-want wg @6\nA start @4\nB start @5\n"
	for _, who := range strings.Fields(order) {
		story += strings.ReplaceAll("X lock mu @9\nX print X_2 @10\nX print X_1 @10\nX unlock mu @12\n", "X", who)
	}
	story += "A wg-done wg @13\nA end @13\nB wg-done wg @13\nB end @13\nmain wait wg @6\nmain end @7"
	x := told(story)()
	x.Seed = seed
	return x
}

// twoPayments go to one account without a lock: 10 and 20, to the 100 that are there.
func twoPayments(lost bool) *model.Execution {
	const first = "cell 1\nmain start @1\nmain wg-add wg 2 @10\nmain go A @11\nmain go B @12\nmain wait-want wg @13\n"
	if !lost {
		return told(first + "B start @12\nB load balance 100 @6\nB store balance 120 @6\nB wg-done wg @5\nB end @5\n" +
			"A start @11\nA load balance 120 @6\nA store balance 130 @6\nA wg-done wg @5\nA end @5\n" +
			"main wait wg @13\nmain load balance 130 @14\nmain print balance:_130 @14\nmain end @15")()
	}
	return told(first + "A start @11\nA load balance 100 @6\nB start @12\nB load balance 100 @6\nB store balance 120 @6\n" +
		"A store balance 110 @6\nB wg-done wg @5\nB end @5\nA wg-done wg @5\nA end @5\n" +
		"main wait wg @13\nmain load balance 110 @14\nmain print balance:_110 @14\nmain end @15")()
}

// differences are pairs of runs as learners compare them.
var differences = []struct {
	name string
	make func() (a, b *model.Execution)
}{
	{"diff-other-order", func() (a, b *model.Execution) { return twoWorkers(7, "A B"), twoWorkers(8, "B A") }},
	{"diff-same", func() (a, b *model.Execution) { return twoWorkers(7, "A B"), twoWorkers(9, "A B") }},
	{"diff-longer", func() (a, b *model.Execution) {
		a, b = twoWorkers(7, "A B"), twoWorkers(8, "A B")
		b.Events = b.Events[:len(b.Events)-6]
		return a, b
	}},
	{"diff-lost-update", func() (a, b *model.Execution) { return twoPayments(true), twoPayments(false) }},
	{"diff-crowd", func() (a, b *model.Execution) { return thousand(), thousandBlocked() }},
	{"diff-hostile", func() (a, b *model.Execution) { return hostile(), lostUpdate() }},
}

func TestDifference(t *testing.T) {
	for _, pair := range differences {
		t.Run(pair.name, func(t *testing.T) {
			a, b := pair.make()
			data, _ := Difference(a, b, Paper{})
			picture := data["image/svg+xml"].(string)
			golden(t, filepath.Join("testdata", pair.name+".txt"), []byte(data["text/plain"].(string)))
			golden(t, filepath.Join("testdata", pair.name+".svg"), []byte(picture))
			golden(t, filepath.Join("testdata", pair.name+".html"), []byte(newDifference(a, b).html(nil)))
			checkMarkup(t, pair.name+".svg", picture)
			checkMarkup(t, pair.name+".html", data["text/html"].(string))
			for _, line := range strings.Split(data["text/plain"].(string), "\n") {
				if words.Width(line) > 100 {
					t.Errorf("%d columns: %s", words.Width(line), line)
				}
			}
			if len(picture) > 60<<10 || len(data["text/html"].(string)) > 100<<10 {
				t.Errorf("%d bytes of SVG, %d of HTML", len(picture), len(data["text/html"].(string)))
			}
		})
	}
	if data, _ := Difference(nil, twoWorkers(1, "A"), Paper{}); data != nil {
		t.Error("a difference with nothing")
	}
}

// What stands above the line at which two runs part goes on from one step to the
// next on either side, with the waiting that does not count when they are compared.
func TestDifferenceLeavesOutNoStep(t *testing.T) {
	for _, pair := range differences {
		d := newDifference(pair.make())
		last := [2]int{}
		for r := range d.rows {
			for i, c := range d.rows[r].cells {
				if c.shown && last[i] > 0 && c.n != last[i]+1 {
					t.Errorf("%s: step %d of the %s follows step %d", pair.name, c.n, d.sides[i].label, last[i])
				}
				if c.shown {
					last[i] = c.n
				}
			}
		}
	}
	a := told("main start @1\nmain go A @2\nmain wait-want wg @3\nA start @2\nA print x @5\nA end @6")()
	b := told("main start @1\nmain go A @2\nA start @2\nA print x @5\nA end @6")()
	text := DifferenceText(a, b, Paper{Width: 90})
	if !strings.Contains(text, "main waits for wg              │\n") {
		t.Errorf("waiting that only one of them does is not shown:\n%s", text)
	}
}

// Whatever step of either run is shown, every form shows it.
func TestDifferenceFormsAgree(t *testing.T) {
	for _, pair := range differences {
		a, b := pair.make()
		d := newDifference(a, b)
		picture, table, text := string(d.svg()), d.html(nil), d.text(Paper{Width: 300})
		for r := range d.rows {
			for i := range d.rows[r].cells {
				c := &d.rows[r].cells[i]
				if !c.shown {
					continue
				}
				if !strings.Contains(picture, escape(c.title)) || !strings.Contains(text, c.name+" "+c.does+warned(c.marks)) ||
					!strings.Contains(table, stepHTML(c.does, c.marks)) || len(c.marks) > 0 && !strings.Contains(picture, ">"+c.short) && !strings.Contains(picture, ">"+c.marks[0]) {
					t.Errorf("%s: not every form says %q", pair.name, c.title)
				}
			}
		}
	}
}

// After a rerun the picture says and marks where the run parts from the one before.
func TestBefore(t *testing.T) {
	before, now := twoWorkers(7, "A B"), twoWorkers(8, "B A")
	for _, f := range []struct{ ext, got string }{
		{"txt", Text(now, Options{Before: before})}, {"svg", string(SVG(now, Options{Before: before}))},
	} {
		golden(t, filepath.Join("testdata", "rerun."+f.ext), []byte(f.got))
	}
	for form, got := range map[string]string{
		"text": Text(now, Options{Paper: Paper{Width: 200}, Before: before}), "svg": string(SVG(now, Options{Before: before})), "html": HTML(now, Options{Before: before}),
	} {
		if want := "from here on another way: before, A locks mu"; !strings.Contains(got, want) {
			t.Errorf("%s does not say %q", form, want)
		}
	}
	if got := Text(now, Options{Before: now}); strings.Contains(got, "≠") || !strings.Contains(got, "Same order as the last run") {
		t.Errorf("the same run again:\n%s", got)
	}
	real := twoWorkers(8, "A B")
	real.Mode = model.Real
	if got := Text(now, Options{Before: real}); strings.Contains(got, "≠") {
		t.Errorf("compared with a run of another kind:\n%s", got)
	}
	shorter := twoWorkers(7, "A B")
	shorter.Events = shorter.Events[:len(shorter.Events)-1]
	if got := Text(shorter, Options{Paper: Paper{Width: 200}, Before: before}); !strings.Contains(got, "the run before went on: main returns") {
		t.Errorf("the end of a shorter run is not marked:\n%s", got)
	}
}

// A line break does not tear what was printed.
func TestSplitKeepsQuotations(t *testing.T) {
	got := strings.Join(split("now B prints “B 1 and more”, then “"+strings.Repeat("long ", 20)+"”"), "|")
	if want := "now|B|prints|“B 1 and more”,|then|“long|"; !strings.HasPrefix(got, want) {
		t.Errorf("split as %q, want %q …", got, want)
	}
}
