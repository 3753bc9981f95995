package picture

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"threading101/kernel/explain"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/render/walk"
	"threading101/kernel/words"
)

// TestTextShowsTheLayout: in every situation each line of the text says what its row
// does, at the place of its lane, and the lanes beside it look as they should.
func TestTextShowsTheLayout(t *testing.T) {
	for _, s := range rendertest.All {
		for _, width := range []int{100, 400} {
			t.Run(s.Name+" "+strconv.Itoa(width), func(t *testing.T) {
				ex := s.Make()
				ex.Explanation = explain.Sentences(ex)
				p := newPicture(ex, Options{})
				r := &reading{T: t, lanesText: &lanesText{p: p}, wide: width > 300}
				r.read(width)
			})
		}
	}
}

// reading is the text form of a picture, read again.
type reading struct {
	*testing.T
	*lanesText
	wide bool // there is room for all words
}

func (r *reading) read(width int) {
	r.Sheet = ink.NewSheet(ink.Paper{Width: width})
	r.measure()
	lines := strings.Split(string(r.p.text(r.Paper)), "\n")
	head := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(strings.TrimSpace(l), words.HeadStep+" ") })
	if head < 0 {
		r.Fatalf("no heads: %q", lines)
	}
	for l, lane := range r.p.lanes {
		if name, _, _ := strings.Cut(from(lines[head], r.laneX[l]), " "); !strings.HasPrefix(lane.name, strings.TrimSuffix(name, "…")) {
			r.Errorf("the head of %s is %q", lane.name, name)
		}
	}
	lines = lines[head+1:]
	for i := range r.p.rows {
		r.row(i, lines[i])
	}
	lines = lines[len(r.p.rows):]
	if slices.ContainsFunc(r.p.ends, func(e ending) bool { return e.kind != endNone }) {
		r.ends(lines[0])
		lines = lines[1:]
	}
	for i, l := range r.p.links {
		tip := "▶"
		if l.to < l.from {
			tip = "◀"
		}
		if char(lines[i], r.laneX[l.from]) != "○" || l.to != l.from && char(lines[i], r.laneX[l.to]) != tip {
			r.Errorf("link %d: %s", i, lines[i])
		}
	}
}

// from is what stands in a line from a column on; char is one character.
func from(line string, column int) string {
	for i := range line {
		if words.Width(line[:i]) >= column {
			return line[i:]
		}
	}
	return ""
}

func char(line string, column int) string {
	for _, c := range from(line, column) {
		return string(c)
	}
	return " "
}

func (r *reading) row(i int, line string) {
	row := &r.p.rows[i]
	if row.kind != isStep {
		sign := map[rowKind]string{isAgain: "⋮", isGap: "⋮", isParting: "≠"}[row.kind]
		if strings.Fields(line)[0] != sign || !strings.Contains(line, row.Does) {
			r.Errorf("row %d should say %q: %s", i, row.Does, line)
		}
		return
	}
	narrow := strings.Fields(line)[:2]
	if narrow[0] != strconv.Itoa(row.n) || row.where != "" && narrow[1] != row.where {
		r.Errorf("row %d should be %d at %s: %s", i, row.n, row.where, line)
	}
	if got, want := char(line, r.laneX[row.lane]), r.sign(row); got != want {
		r.Errorf("row %d is marked %q, want %q: %s", i, got, want, line)
	}
	says := r.p.lanes[row.lane].name + " " + row.Does + walk.Warned(row.Marks)
	if r.wide && !strings.Contains(line, says) {
		r.Errorf("row %d should say %q: %s", i, says, line)
	}
	r.beside(i, line, words.Width(says))
	r.side(i, line)
}

// sign is what should stand on the lane at a step.
func (r *reading) sign(row *row) string {
	switch {
	case row.Crash:
		return "✖"
	case row.ends && r.p.Steps.List[row.from].End < 0:
		return "■"
	case row.Waits:
		return "○"
	}
	return "●"
}

// beside looks at the lanes beside a step, where its words and its arrows leave them
// to be seen.
func (r *reading) beside(i int, line string, width int) {
	looks := map[walk.State]string{walk.Absent: " ", walk.Gone: " ", walk.Ready: "╎", walk.Running: "┃", walk.Waiting: "▒", walk.Sleeping: "·", walk.Computing: "║"}
	row := &r.p.rows[i]
	for l := range r.p.lanes {
		before := walk.Absent
		if i > 0 {
			before = r.p.rows[i-1].state[l]
		} else if r.p.lanes[l].g == 0 {
			before = walk.Running
		}
		x, own := r.laneX[l], r.laneX[row.lane]
		covered := l == row.lane || x > own && x <= own+3+width || !r.wide && x < own
		if got := char(line, x); !covered && got != looks[before] && !strings.Contains("─▶◀╮", got) {
			r.Errorf("row %d: the lane of %s looks %q, want %q: %s", i, r.p.lanes[l].name, got, looks[before], line)
		}
	}
}

// side reads the columns of locks and variables.
func (r *reading) side(i int, line string) {
	row := &r.p.rows[i]
	for j, h := range row.held {
		want := words.Short(h.who, r.lockW[j])
		if i > 0 && r.p.rows[i-1].held[j].who == h.who && h.who != "" {
			want = "┃"
		}
		if got := from(line, r.lockX[j]); !strings.HasPrefix(got+" ", want+" ") {
			r.Errorf("row %d: %s is %q, want %q: %s", i, r.p.locks[j].name, got, want, line)
		}
	}
	for v, value := range row.values {
		want := words.Truncate(value, r.varW[v])
		if i > 0 && r.p.rows[i-1].values[v] == value && row.wrote != v {
			want = ""
		}
		if got := from(line, r.varX[v]); !strings.HasPrefix(got+" ", want+" ") {
			r.Errorf("row %d: %s is %q, want %q: %s", i, r.p.vars[v].name, got, want, line)
		}
	}
}

func (r *reading) ends(line string) {
	for l, e := range r.p.ends {
		want := map[endKind]string{endNone: " ", endCut: "✂", endBlocked: "✖", endFatal: "✖", endPrompt: "∿"}[e.kind]
		if got := char(line, r.laneX[l]); e.kind != endNone && got != want {
			r.Errorf("the lane of %s ends with %q, want %q: %s", r.p.lanes[l].name, got, want, line)
		}
	}
}
