package render

import (
	"path/filepath"
	"strings"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

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
