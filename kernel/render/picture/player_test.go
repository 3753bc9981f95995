package picture

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/explain"
	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/render/walk"
)

// text stands for what the learner wrote.
func text(model.Pos) string { return strings.Repeat("line\n", 60) }

// TestPlayerData keeps the data of some runs, without drawings.
func TestPlayerData(t *testing.T) {
	kept := []string{"lost-update", "deadlock", "panic", "queue", "threads-cut-off", "hostile"}
	for _, s := range rendertest.All {
		if !slices.Contains(kept, s.Name) {
			continue
		}
		kept = slices.DeleteFunc(kept, func(name string) bool { return name == s.Name })
		ex := s.Make()
		ex.Explanation = explain.Sentences(ex)
		p := NewPlayer(ex, Options{}, func(model.Pos) string { return "…" })
		p.SVG = PlayerSVG{First: p.SVG.First, Row: p.SVG.Row}
		data, err := json.MarshalIndent(p, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		rendertest.Golden(t, filepath.Join("testdata", s.Name+".player"), append(data, '\n'))
	}
	if len(kept) > 0 {
		t.Errorf("there are no situations %v", kept)
	}
}

// TestPlayerAgrees: in each situation the marks of the drawing lie where the data say, and
// what belongs together does so from both sides.
func TestPlayerAgrees(t *testing.T) {
	for _, s := range rendertest.All {
		p := NewPlayer(s.Make(), Options{}, text)
		if p == nil {
			continue
		}
		marks := map[int]bool{}
		for _, e := range rendertest.Elements(t, []byte(p.SVG.Steps)) {
			if e.Is("z") {
				marks[e.Number("y")+ink.RowHeight/2] = true
			}
		}
		for i, r := range p.Rows {
			if y := p.SVG.First + i*p.SVG.Row; !marks[y] {
				t.Errorf("%s: row %d is not at %d", s.Name, i, y)
			}
			if r.Lane >= len(p.Lanes) || len(r.States) != len(p.Lanes) || r.Source >= len(p.Sources) {
				t.Errorf("%s: row %d is %+v", s.Name, i, r)
			}
			for _, partner := range r.Partners {
				if !slices.Contains(p.Rows[partner].Partners, i) {
					t.Errorf("%s: row %d belongs to %d, which does not know", s.Name, i, partner)
				}
			}
		}
		if p.Start < 0 || p.Start >= len(p.Rows) {
			t.Errorf("%s: it opens at row %d of %d", s.Name, p.Start, len(p.Rows))
		}
		if strings.Contains(p.SVG.Heads+p.SVG.Steps+p.SVG.Key, "<style") {
			t.Errorf("%s: a drawing has a style sheet of its own", s.Name)
		}
	}
}

// TestPlayerOpensAtTheFailure.
func TestPlayerOpensAtTheFailure(t *testing.T) {
	for _, c := range []struct {
		name string
		make func() *model.Execution
		stop string
	}{
		{"a lost update", rendertest.LostUpdate, "⚠"},
		{"a deadlock", rendertest.Deadlock, "✖"},
		{"two workers", func() *model.Execution { return rendertest.Workers(2, 2) }, ""},
	} {
		p := NewPlayer(c.make(), Options{}, text)
		if stop := p.Rows[p.Start].Stop; stop != c.stop {
			t.Errorf("%s: opens at row %d, marked %q, not %q", c.name, p.Start, stop, c.stop)
		}
		if c.stop == "" && p.Start != 0 {
			t.Errorf("%s: opens at row %d", c.name, p.Start)
		}
	}
}

// TestPlayerOfCells: what earlier cells did can be stepped through, and it opens where the
// last one begins.
func TestPlayerOfCells(t *testing.T) {
	for _, s := range rendertest.All {
		ex := s.Make()
		if len(ex.Prompts) == 0 {
			continue
		}
		whole, folded := NewPlayer(ex, Options{}, text), NewPlayer(ex, Options{Folded: 1}, text)
		if len(whole.Rows) != len(folded.Rows) {
			t.Errorf("%s: %d rows, not %d", s.Name, len(folded.Rows), len(whole.Rows))
		}
		cells := (&Picture{Run: walk.New(ex)}).cells()
		if len(cells) < 2 || folded.Rows[folded.Start].Stop != "" {
			continue
		}
		if first := folded.Rows[folded.Start].Step; first <= cells[0].until || first == 0 {
			t.Errorf("%s: opens at step %d", s.Name, first)
		}
	}
}

// TestPlayerLetters.
func TestPlayerLetters(t *testing.T) {
	for _, c := range []struct{ names, want []string }{
		{[]string{"main", "A", "B"}, []string{"m", "A", "B"}},
		{[]string{"main", "pay A", "pay B"}, []string{"m", "A", "B"}},
		{[]string{"main", "worker 1", "worker 22"}, []string{"m", "1", "22"}},
		{[]string{"main", "merge", "monitor"}, []string{"main", "merge", "monit…"}},
		{[]string{"main", "über", "日本"}, []string{"m", "ü", "日"}},
	} {
		w := playerWriter{Picture: &Picture{}}
		for i, name := range c.names {
			w.lanes = append(w.lanes, lane{g: i, name: name})
		}
		if got := w.letters(); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, not %v", c.names, got, c.want)
		}
	}
}

// TestPlayerOfManySteps: 500 steps are shown one by one.
func TestPlayerOfManySteps(t *testing.T) {
	p := NewPlayer(rendertest.Workers(5, 25), Options{}, text)
	if len(p.Rows) < 300 {
		t.Errorf("%d rows", len(p.Rows))
	}
}
