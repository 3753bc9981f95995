package difference

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/render/walk"
	"threading101/kernel/words"
)

// everyPair are the pairs that learners compare, and each situation with the next.
func everyPair(t *testing.T, check func(t *testing.T, d *difference)) {
	all := map[string]func() (a, b *model.Execution){}
	for _, pair := range differences {
		all[pair.name] = pair.make
	}
	for i, s := range rendertest.All[1:] {
		all[rendertest.All[i].Name+" and "+s.Name] = func() (a, b *model.Execution) { return rendertest.All[i].Make(), s.Make() }
	}
	for name, pair := range all {
		t.Run(name, func(t *testing.T) { check(t, newDifference(pair())) })
	}
}

func tone(lane int) string { return strconv.Itoa(lane % ink.Textures) }

// TestHTMLShowsTheLayout: the cells of the table say what the steps of both sides do.
func TestHTMLShowsTheLayout(t *testing.T) {
	everyPair(t, func(t *testing.T, d *difference) {
		got := rendertest.Tables(t, ink.Twice(nil, d.plain))
		for r := range d.rows {
			row := &d.rows[r]
			var want []string
			switch row.kind {
			case diffAlike:
				want = []string{row.says}
			case diffParts:
				want = []string{"≠ " + row.says}
			default:
				want = slices.Concat(cellsOf(&row.cells[0]), cellsOf(&row.cells[1]))
			}
			var said []string
			for _, c := range got[r] {
				said = append(said, c.Text)
			}
			if !slices.Equal(said, want) {
				t.Errorf("row %d: %q, want %q", r, said, want)
			}
			for i := range row.cells {
				if c := &row.cells[i]; c.shown && c.lane >= 0 && !strings.HasPrefix(got[r][3*i+2].Classes, " k"+tone(c.lane)+" ") {
					t.Errorf("row %d: %s is drawn as %s", r, c.name, got[r][3*i+2].Classes)
				}
			}
		}
	})
}

// cellsOf are the three cells of a step.
func cellsOf(c *diffCell) []string {
	switch {
	case c.ended:
		return []string{"", "", words.DiffEnded}
	case !c.shown:
		return []string{"", "", ""}
	}
	name := c.name
	if c.lane >= 0 {
		name = []string{"●", "■", "▲", "◆", "▼", "◉", "□", "△"}[c.lane%8] + " " + name
	}
	return []string{strconv.Itoa(c.n), c.where, name + " " + c.Does + walk.Warned(c.Marks)}
}

// TestTextShowsTheLayout: each line says what the steps of both sides do, each in its
// half, with the sign of the step before it.
func TestTextShowsTheLayout(t *testing.T) {
	everyPair(t, func(t *testing.T, d *difference) {
		lines := strings.Split(string(d.text(ink.Paper{Width: 600})), "\n")
		first := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, d.sides[0].label+" ") }) + 1
		for r := range d.rows {
			row, line := &d.rows[r], lines[first+r]
			if row.kind != diffSteps {
				if !strings.Contains(line, row.says) || strings.HasPrefix(line, "≠") != (row.kind == diffParts) {
					t.Errorf("row %d: %s", r, line)
				}
				continue
			}
			left, right, _ := strings.Cut(line, " │")
			for i, said := range []string{left, right} {
				if got, want := strings.Join(strings.Fields(said), " "), half(&row.cells[i]); got != strings.Join(strings.Fields(want), " ") {
					t.Errorf("row %d: %q, want %q", r, got, want)
				}
			}
		}
	})
}

// half is a step as its half of the line should have it.
func half(c *diffCell) string {
	switch {
	case c.ended:
		return words.DiffEnded
	case !c.shown:
		return ""
	}
	sign := "●"
	switch {
	case c.Crash:
		sign = "✖"
	case c.Waits:
		sign = "○"
	}
	return strconv.Itoa(c.n) + " " + c.where + " " + sign + " " + c.name + " " + c.Does + walk.Warned(c.Marks)
}

// TestSVGShowsTheLayout: each step of either side is in its half, with its number, its
// title, and its mark in the colour of its lane.
func TestSVGShowsTheLayout(t *testing.T) {
	everyPair(t, func(t *testing.T, d *difference) {
		all := rendertest.Elements(t, d.svg(ink.Paper{}))
		group := 0
		for r := range d.rows {
			for i := range d.rows[r].cells {
				if c := &d.rows[r].cells[i]; c.shown {
					stepInSVG(t, all, group, i, c)
					group++
				}
			}
		}
	})
}

func stepInSVG(t *testing.T, all []rendertest.Element, group, side int, c *diffCell) {
	var narrow []string
	dots, bars := 0, 0
	for i := range all {
		e := &all[i]
		if e.Group != group {
			continue
		}
		x := e.Number("x") + e.Number("cx")
		switch {
		case e.Name == "title" && e.Text != c.title:
			t.Errorf("a step is called %q, want %q", e.Text, c.title)
		case e.Name == "text" && e.Is("n"):
			narrow = append(narrow, e.Text)
		case e.Is("dot") && c.lane >= 0 && e.Is("s"+tone(c.lane)):
			dots++
		case e.Is("wait") && c.lane >= 0 && e.Is("s"+tone(c.lane)):
			bars++
		case e.Is("dot") || e.Is("wait"):
			t.Errorf("step %d is drawn as %s", c.n, e.Class)
		}
		if (e.Name == "text" || e.Name == "circle") && (x > diffWide/2) != (side == 1) {
			t.Errorf("step %d of side %d is at %d", c.n, side, x)
		}
	}
	want := []string{strconv.Itoa(c.n)}
	if c.where != "" {
		want = append(want, c.where)
	}
	if !slices.Equal(narrow, want) || (dots == 1) != (c.lane >= 0) || (bars == 1) != (c.lane >= 0 && c.Waits) {
		t.Errorf("step %d at %s is numbered %q, with %d dots and %d bars", c.n, c.where, narrow, dots, bars)
	}
}
