package columns

import (
	"slices"
	"strings"
	"testing"

	"threading101/kernel/explain"
	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/render/walk"
	"threading101/kernel/words"
)

func everyRun(t *testing.T, check func(t *testing.T, x *model.Execution)) {
	for _, s := range slices.Concat(columnStories, rendertest.All) {
		t.Run(s.Name, func(t *testing.T) {
			x := s.Make()
			x.Explanation = explain.Sentences(x)
			check(t, x)
		})
	}
}

// tables are those of a run, in their order.
func (c *columns) tables() []*columnTable {
	if c.short == nil {
		return []*columnTable{c.whole}
	}
	return []*columnTable{c.short, c.whole}
}

// said are the cells of a row: its number, what each goroutine does, the place.
func said(t *columnTable, r *columnRow) []string {
	all := []string{r.n}
	for _, l := range t.lanes {
		switch {
		case r.kind == columnEnd:
			all = append(all, r.ends[l])
		case l == r.lane:
			bracket := [...]string{noBlock: "", blockOnly: "", blockFirst: "┌ ", blockMiddle: "│ ", blockLast: "└ "}[r.part]
			all = append(all, bracket+r.whole())
		default:
			all = append(all, "")
		}
	}
	return append(all, r.where)
}

// TestHTMLShowsTheLayout: each cell of the tables says what the layout does, in the
// column of its goroutine.
func TestHTMLShowsTheLayout(t *testing.T) {
	everyRun(t, func(t *testing.T, x *model.Execution) {
		c := newColumns(x, mostLanes, walk.InCircle)
		got := rendertest.Tables(t, fold(x))
		for _, table := range c.tables() {
			for i := range table.rows {
				r, row := &table.rows[i], got[0]
				got = got[1:]
				var texts []string
				for _, cell := range row {
					texts = append(texts, cell.Text)
				}
				want := said(table, r)
				if r.kind == columnGap {
					want = []string{"⋮ " + r.says}
				}
				if !slices.Equal(texts, want) {
					t.Errorf("row %d: %q, want %q", i, texts, want)
				}
				for _, cell := range row {
					if r.brief != "" && strings.Contains(cell.Text, r.brief) && !strings.Contains(cell.Strong, "⚠ "+r.brief) {
						t.Errorf("row %d: the warning does not stand out: %q", i, cell)
					}
				}
			}
		}
	})
}

// TestTextShowsTheLayout: so does each line of the text, where there is room.
func TestTextShowsTheLayout(t *testing.T) {
	everyRun(t, func(t *testing.T, x *model.Execution) {
		paper := ink.Paper{Width: 2000}
		c := newColumns(x, columnsAt(paper.Width), walk.IsMain)
		lines := strings.Split(Text(x, paper), "\n")
		for _, table := range c.tables() {
			for !strings.Contains(lines[0], "─┼") {
				lines = lines[1:]
			}
			edges := places(lines[0], "┼")
			for i := range table.rows {
				r, line := &table.rows[i], lines[1+i]
				if r.kind == columnGap {
					if strings.TrimSpace(line) != "⋮   "+r.says && !strings.Contains(line, r.says) {
						t.Errorf("row %d: %s", i, line)
					}
					continue
				}
				if got, want := between(line, edges), said(table, r); !slices.Equal(got, want) && !slices.Equal(append(got, ""), want) {
					t.Errorf("row %d: %q, want %q", i, got, want)
				}
			}
			lines = lines[1+len(table.rows):]
		}
	})
}

// between are the texts of a line between the edges of its columns.
func between(line, edges string) []string {
	var all []string
	cell, x := "", 0
	for _, r := range line {
		if strings.Contains(edges, places(strings.Repeat(" ", x)+"│", "│")) && r == '│' {
			all = append(all, strings.TrimSpace(cell))
			cell = ""
		} else {
			cell += string(r)
		}
		x += width(r)
	}
	return append(all, strings.TrimSpace(cell))
}

func width(r rune) int { return words.Width(string(r)) }
