package picture

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"threading101/kernel/explain"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/words"
)

// TestMarkdownShowsTheLayout: in every situation the table has a row for each row of the
// layout, what it says in the column of its goroutine, and then how the lanes end.
func TestMarkdownShowsTheLayout(t *testing.T) {
	for _, s := range rendertest.All {
		t.Run(s.Name, func(t *testing.T) {
			ex := s.Make()
			ex.Explanation = explain.Sentences(ex)
			p := newPicture(ex, Options{})
			want := [][]string{{words.HeadStep, p.WhereHead()}, {"--:", "--:"}}
			for _, l := range p.lanes {
				want[0], want[1] = append(want[0], l.name), append(want[1], ":--")
			}
			at := func(lane int, step, where, says string) {
				cells := make([]string, 2+len(p.lanes))
				cells[0], cells[1], cells[2+lane] = step, where, says
				want = append(want, cells)
			}
			for i := range p.rows {
				switch r := &p.rows[i]; r.kind {
				case isStep:
					says := r.Does
					if r.Crash {
						says = "✖ " + says
					}
					for _, m := range r.Marks {
						says += " ⚠ " + m
					}
					at(r.lane, strconv.Itoa(r.n), r.where, says)
				case isParting:
					at(0, "≠", "", r.Does)
				default:
					at(0, "⋮", "", r.Does)
				}
			}
			if slices.ContainsFunc(p.ends, func(e ending) bool { return e.kind != endNone }) {
				at(0, "", "", "")
				for i, e := range p.ends {
					want[len(want)-1][2+i] = map[endKind]string{endNone: "", endCut: "✂ ", endBlocked: "✖ ", endFatal: "✖ ", endPrompt: "∿ "}[e.kind] + e.text
				}
			}
			for _, l := range p.links {
				at(l.from, "✖", l.where, l.says)
			}
			got := markdownRows(string(p.markdown(ink.Paper{})))
			if len(got) != len(want) {
				t.Fatalf("%d rows, want %d", len(got), len(want))
			}
			for i := range want {
				if !slices.Equal(got[i], want[i]) {
					t.Errorf("row %d\ngot  %q\nwant %q", i, got[i], want[i])
				}
			}
		})
	}
}

var (
	bar    = regexp.MustCompile(`(^|[^\\])((?:\\\\)*)\|`) // that ends a cell
	strong = regexp.MustCompile(`(^|[^\\])(\*\*|\*)`)
	sign   = regexp.MustCompile(`\\([[:punct:]])`)
)

// markdownRows are the cells of the table, as a reader of Markdown sees them.
func markdownRows(text string) (rows [][]string) {
	for _, line := range strings.Split(text, "\n") {
		if !strings.HasPrefix(line, "| ") {
			continue
		}
		var cells []string
		for _, cell := range strings.Split(bar.ReplaceAllString(line, "$1$2\n"), "\n") {
			cell = strong.ReplaceAllString(strings.TrimSpace(cell), "$1")
			cell = html.UnescapeString(sign.ReplaceAllString(cell, "$1"))
			cells = append(cells, strings.ReplaceAll(cell, "\u200b", ""))
		}
		rows = append(rows, cells[1:len(cells)-1])
	}
	return rows
}
