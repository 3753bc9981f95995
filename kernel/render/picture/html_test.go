package picture

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"threading101/kernel/explain"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
)

// TestHTMLShowsTheLayout: in every situation the cells of the table say what the layout
// does, each goroutine in its colour.
func TestHTMLShowsTheLayout(t *testing.T) {
	for _, s := range rendertest.All {
		t.Run(s.Name, func(t *testing.T) {
			ex := s.Make()
			ex.Explanation = explain.Sentences(ex)
			p := newPicture(ex, Options{})
			got := rendertest.Tables(t, ink.Twice(nil, p.plain))
			if len(got) != len(p.rows)+len(p.links) {
				t.Fatalf("%d rows, want %d and %d", len(got), len(p.rows), len(p.links))
			}
			for i := range p.rows {
				if want := cellsOf(p, &p.rows[i]); !slices.Equal(got[i], want) {
					t.Errorf("row %d\ngot  %q\nwant %q", i, got[i], want)
				}
			}
			for i, l := range p.links {
				want := []rendertest.Cell{{Text: "✖", Classes: " "}, {Text: l.where, Classes: " "}, named(l.from, p.lanes[l.from].name), {Text: l.says, Classes: " kx ", Strong: l.says}}
				if got := got[len(p.rows)+i]; !slices.Equal(got, want) {
					t.Errorf("link %d\ngot  %q\nwant %q", i, got, want)
				}
			}
		})
	}
}

// named is a cell with a goroutine's name.
func named(lane int, name string) rendertest.Cell {
	if lane < 0 {
		return rendertest.Cell{Text: name, Classes: " "}
	}
	sign := []string{"●", "■", "▲", "◆", "▼", "◉", "□", "△"}[lane%8]
	return rendertest.Cell{Text: sign + " " + name, Classes: " k" + tone(lane) + " ", Strong: sign + " " + name}
}

// cellsOf is a row as the table should have it.
func cellsOf(p *Picture, r *row) []rendertest.Cell {
	switch r.kind {
	case isStep:
	case isParting:
		return []rendertest.Cell{{Text: "≠ " + r.Does, Classes: " kw ", Strong: "≠ " + r.Does}}
	default:
		return []rendertest.Cell{{Text: r.Does, Classes: " "}}
	}
	does := rendertest.Cell{Text: r.Does, Classes: " " + strings.Repeat("kx ", len(r.Marks))}
	for _, m := range r.Marks {
		does.Text += " ⚠ " + m
		does.Strong += "⚠ " + m
	}
	all := []rendertest.Cell{{Text: strconv.Itoa(r.n), Classes: " "}, {Text: r.where, Classes: " "}, named(r.lane, p.lanes[r.lane].name), does}
	for _, h := range r.held {
		if h.free() {
			h.lane = -1
		}
		all = append(all, named(h.lane, h.who))
	}
	for v, value := range r.values {
		cell := rendertest.Cell{Text: value, Classes: " "}
		if r.wrote == v {
			cell.Strong = value
		}
		all = append(all, cell)
	}
	return all
}
