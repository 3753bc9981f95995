package difference

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/render/walk"
	"threading101/kernel/words"
)

// differences are pairs of runs as learners compare them.
var differences = []struct {
	name string
	make func() (a, b *model.Execution)
}{
	{"other-order", func() (a, b *model.Execution) {
		return rendertest.TwoWorkers(7, "A B"), rendertest.TwoWorkers(8, "B A")
	}},
	{"same", func() (a, b *model.Execution) {
		return rendertest.TwoWorkers(7, "A B"), rendertest.TwoWorkers(9, "A B")
	}},
	{"longer", func() (a, b *model.Execution) {
		a, b = rendertest.TwoWorkers(7, "A B"), rendertest.TwoWorkers(8, "A B")
		b.Events = b.Events[:len(b.Events)-6]
		return a, b
	}},
	{"lost-update", func() (a, b *model.Execution) { return rendertest.TwoPayments(true), rendertest.TwoPayments(false) }},
	{"crowd", func() (a, b *model.Execution) { return rendertest.Thousand(), rendertest.ThousandBlocked() }},
	{"hostile", func() (a, b *model.Execution) { return rendertest.Hostile(), rendertest.LostUpdate() }},
}

// whole are those that are kept as files: they show every kind of mark.
var whole = []string{"lost-update", "crowd", "hostile"}

// TestDifference: each pair is laid out as its file says, the forms of some are kept
// whole, and of the others' forms the checksums.
func TestDifference(t *testing.T) {
	var sums rendertest.Sums
	var marks rendertest.Coverage
	for _, pair := range differences {
		a, b := pair.make()
		data, _ := Bundle(a, b, ink.Paper{})
		text, picture, page := data["text/plain"].(string), data["image/svg+xml"].(string), data["text/html"].(string)
		rendertest.Golden(t, filepath.Join("testdata", pair.name+".layout"), rendertest.Layout(newDifference(a, b), names, "lane", "order"))
		for _, f := range []struct{ ext, drawn string }{{"txt", text}, {"svg", picture}, {"html", ink.Twice(nil, newDifference(a, b).plain)}} {
			kept := slices.Contains(whole, pair.name)
			if kept {
				rendertest.Golden(t, filepath.Join("testdata", pair.name+"."+f.ext), []byte(f.drawn))
			} else {
				sums.Add(t, pair.name+"."+f.ext, []byte(f.drawn))
			}
			marks.Add(kept, f.ext, []byte(f.drawn))
		}
		rendertest.CheckMarkup(t, pair.name+".svg", picture)
		rendertest.CheckMarkup(t, pair.name+".html", page)
		for _, line := range strings.Split(text, "\n") {
			if words.Width(line) > 100 {
				t.Errorf("%d columns: %s", words.Width(line), line)
			}
		}
		if len(picture) > 60<<10 || len(page) > 100<<10 {
			t.Errorf("%d bytes of SVG, %d of HTML", len(picture), len(page))
		}
	}
	sums.Check(t, "testdata/sums")
	marks.Check(t)
	if data, _ := Bundle(nil, rendertest.TwoWorkers(1, "A"), ink.Paper{}); data != nil {
		t.Error("a difference with nothing")
	}
}

// names are the words of the layouts for its numbers.
var names = rendertest.Names{"diffKind": {"steps", "alike", "parts"}}

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
	a := rendertest.Told("main start @1\nmain go A @2\nmain wait-want wg @3\nA start @2\nA print x @5\nA end @6")()
	b := rendertest.Told("main start @1\nmain go A @2\nA start @2\nA print x @5\nA end @6")()
	text := string(newDifference(a, b).text(ink.Paper{Width: 90}))
	if !strings.Contains(text, "main waits for wg              │\n") {
		t.Errorf("waiting that only one of them does is not shown:\n%s", text)
	}
}

// Whatever step of either run is shown, every form shows it.
func TestDifferenceFormsAgree(t *testing.T) {
	for _, pair := range differences {
		a, b := pair.make()
		d := newDifference(a, b)
		picture, table, text := string(d.svg(ink.Paper{})), ink.Twice(nil, d.plain), string(d.text(ink.Paper{Width: 300}))
		for r := range d.rows {
			for i := range d.rows[r].cells {
				c := &d.rows[r].cells[i]
				if !c.shown {
					continue
				}
				if !strings.Contains(picture, ink.Escape(c.title)) || !strings.Contains(text, c.name+" "+c.Does+walk.Warned(c.Marks)) ||
					!strings.Contains(table, ink.Step(c.Does, c.Marks)) || len(c.Marks) > 0 && !strings.Contains(picture, ">"+c.short) && !strings.Contains(picture, ">"+c.Marks[0]) {
					t.Errorf("%s: not every form says %q", pair.name, c.title)
				}
			}
		}
	}
}
