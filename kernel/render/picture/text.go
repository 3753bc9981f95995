package picture

import (
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/render/walk"
	"threading101/kernel/words"
)

// lanesText writes the text form of a picture.
type lanesText struct {
	*ink.Sheet
	p        *Picture
	numberW  int
	whereW   int
	left     int   // where the lanes begin
	right    int   // where their texts must end
	laneX    []int // column of each lane
	lockX    []int
	lockW    []int
	varX     []int
	varW     []int
	lastHeld []string
	lastVal  []string
}

// text draws the picture as lanes of text. Each row makes sense alone, for a screen
// reader or far below the heads: it begins with the step's number and names the
// goroutine.
func (p *Picture) text(paper ink.Paper) []byte {
	s := &lanesText{Sheet: ink.NewSheet(paper), p: p}
	s.measure()
	s.head()
	for i := range p.rows {
		s.row(i)
	}
	s.ends()
	s.links()
	s.foot()
	return []byte(s.String())
}

func (s *lanesText) measure() {
	s.numberW = max(len(words.HeadStep), len(strconv.Itoa(s.p.StepCount())))
	for i := range s.p.rows {
		s.whereW = max(s.whereW, words.Width(s.p.rows[i].where))
	}
	if s.whereW > 0 {
		s.whereW = max(s.whereW, len(s.p.WhereHead()))
	}
	s.left = s.numberW + 1 + s.whereW + 2
	side := s.sideWidths()
	s.placeLanes(max(s.Width-s.left-side, 4*len(s.p.lanes)+12))
	s.placeSide()
}

func (s *lanesText) sideWidths() int {
	total := 0
	for i, l := range s.p.locks {
		w := words.Width(l.name)
		for r := range s.p.rows {
			w = max(w, min(words.Width(s.p.rows[r].held[i].who), 12))
		}
		s.lockW = append(s.lockW, w)
		total += w + 2
	}
	for i, v := range s.p.vars {
		w := words.Width(v.name)
		for r := range s.p.rows {
			w = max(w, words.Width(s.p.rows[r].values[i]))
		}
		s.varW = append(s.varW, w)
		total += w + 2
	}
	return total - s.narrow(max(s.Width-s.left-max(7*len(s.p.lanes), 40), 0))
}

// narrow makes the columns beside the lanes so narrow that all fit into budget,
// and returns by how much.
func (s *lanesText) narrow(budget int) (less int) {
	both := append(slices.Clone(s.lockW), s.varW...)
	most := ink.Widest(both, budget-2*len(both), 3)
	for _, widths := range [][]int{s.lockW, s.varW} {
		for i, w := range widths {
			widths[i] = min(w, most)
			less += w - widths[i]
		}
	}
	return less
}

func (s *lanesText) placeLanes(budget int) {
	need := make([]int, len(s.p.lanes))
	for i, l := range s.p.lanes {
		need[i] = max(words.Width(l.name)+2, 4)
		if e := s.p.ends[i]; e.kind != endNone {
			need[i] = max(need[i], words.Width(e.text)+4)
		}
	}
	for i := range s.p.rows {
		if r := &s.p.rows[i]; r.kind == isStep {
			need[r.lane] = max(need[r.lane], words.Width(s.says(r))+4)
		}
	}
	shareColumns(need, budget)
	x := s.left
	for _, n := range need {
		s.laneX = append(s.laneX, x)
		x += n
	}
	s.right = min(max(x, s.left+12), s.left+budget)
}

// shareColumns makes the lanes so narrow that all fit. Texts may go over the
// lanes to their right; the last lane has none there, so it gives way last.
func shareColumns(need []int, budget int) {
	last := len(need) - 1
	most := ink.Widest(need, budget, 4)
	if less := ink.Widest(need[:last], budget-min(need[last], 44), 4); most < need[last] && less >= 12 {
		need[last] = min(need[last], 44)
		need, most = need[:last], less
	}
	for i := range need {
		need[i] = min(need[i], most)
	}
}

func (s *lanesText) placeSide() {
	x := s.right + 2
	for _, w := range s.lockW {
		s.lockX = append(s.lockX, x)
		x += w + 2
	}
	for _, w := range s.varW {
		s.varX = append(s.varX, x)
		x += w + 2
	}
	s.lastHeld = make([]string, len(s.lockX))
	s.lastVal = make([]string, len(s.varX))
}

// says is the text of a step: who does what, and what to beware of.
func (s *lanesText) says(r *row) string {
	return s.saysOf(r, s.p.lanes[r.lane].name)
}

// nameWidth is how long a name may be in a row that is too narrow for its text.
const nameWidth = 8

func (s *lanesText) saysOf(r *row, name string) string {
	return name + " " + r.Does + walk.Warned(r.Marks)
}

// briefly shortens the name, and then as many warnings as needed, to fit the room.
func (s *lanesText) briefly(r *row, room int) string {
	name := words.Short(s.p.lanes[r.lane].name, nameWidth)
	say, brief := s.saysOf(r, name), *r
	brief.Marks = slices.Clone(r.Marks)
	for i := len(r.Marks) - 1; i >= 0 && words.Width(say) > room; i-- {
		brief.Marks[i] = words.MarkBrief(r.Marks[i])
		say = s.saysOf(&brief, name)
	}
	return say
}

func (s *lanesText) head() {
	s.Paragraph(s.p.Status, 0)
	for _, sentence := range s.p.Explanation {
		s.Paragraph(sentence, 2)
	}
	s.Paragraph(s.p.Mode+" · "+s.p.Size, 0)
	if s.p.note != "" {
		s.Paragraph(s.p.note, 0)
	}
	s.Blank()
	g := s.Line()
	g.Put(s.numberW-len(words.HeadStep), words.HeadStep, ink.NoColor)
	if s.whereW > 0 {
		g.Put(s.numberW+1, s.p.WhereHead(), ink.NoColor)
	}
	for i, l := range s.p.lanes {
		room := s.right - s.laneX[i]
		if i+1 < len(s.laneX) {
			room = s.laneX[i+1] - s.laneX[i] - 1
		}
		g.Put(s.laneX[i], words.Short(l.name, room), ink.Tint(i))
	}
	for i, l := range s.p.locks {
		g.Put(s.lockX[i], words.Short(l.name, s.lockW[i]), ink.NoColor)
	}
	for i, v := range s.p.vars {
		g.Put(s.varX[i], words.Short(v.name, s.varW[i]), ink.NoColor)
	}
	s.Write(g)
}

// rails are the looks of a lane between its steps.
var rails = [...]string{walk.Absent: " ", walk.Ready: "╎", walk.Running: "┃", walk.Waiting: "▒", walk.Sleeping: "·", walk.Computing: "║", walk.Gone: " "}

func (s *lanesText) row(i int) {
	r := &s.p.rows[i]
	g := s.Line()
	if r.kind != isStep {
		sign, says := "⋮", "⋯ "+r.Does+" ⋯"
		if r.kind == isParting {
			sign, says = "≠", "┄┄ "+words.Truncate(r.Does, s.right-s.left-6)+" ┄┄"
		}
		g.Put(s.numberW-1, sign, ink.NoColor)
		g.Put(s.left, says, ink.NoColor)
		s.side(g, i)
		s.Write(g)
		return
	}
	g.Put(s.numberW-len(strconv.Itoa(r.n)), strconv.Itoa(r.n), ink.NoColor)
	g.Put(s.numberW+1+s.whereW-words.Width(r.where), r.where, ink.NoColor)
	s.rails(g, i)
	s.step(g, r)
	s.side(g, i)
	s.Write(g)
}

// rails draws the lanes as they are when a step begins.
func (s *lanesText) rails(g *ink.Grid, i int) {
	for l := range s.p.lanes {
		now := walk.Absent
		if i > 0 {
			now = s.p.rows[i-1].state[l]
		} else if s.p.lanes[l].g == 0 {
			now = walk.Running
		}
		if now != walk.Absent && now != walk.Gone {
			g.Put(s.laneX[l], rails[now], ink.Tint(l))
		}
		g.Put(s.laneX[l]-1, s.p.bracket(l, i), ink.Tint(l))
	}
}

func (s *lanesText) step(g *ink.Grid, r *row) {
	x, say, colour := s.laneX[r.lane], s.says(r), ink.Tint(r.lane)
	right, left := s.right-x-2, x-s.left-1
	g.Put(x, marker(s.p, r), colour)
	if words.Width(say) > max(right, left) {
		say = s.briefly(r, max(right, left))
	}
	if words.Width(say) > right && left > right {
		say = words.Truncate(say, left)
		g.Put(x-1-words.Width(say), say, colour)
		s.meets(g, r, x-2-words.Width(say), x+1)
		return
	}
	say = words.Truncate(say, right)
	g.Put(x+2, say+" ", colour)
	s.meets(g, r, x-1, x+3+words.Width(say))
	for l := range s.p.lanes { // the way to the goroutine that it starts
		if to := s.laneX[l]; s.p.lanes[l].created == s.p.rowOf[r.from] && to > x {
			if from := x + 3 + words.Width(say); from < to {
				g.Put(from, strings.Repeat("─", to-from), ink.Tint(l))
				g.Put(to, "╮", ink.Tint(l))
			}
		}
	}
}

// meets draws the way from a sender to the receiver in the same step, where the
// words that reach from left to right leave room for it.
func (s *lanesText) meets(g *ink.Grid, r *row, left, right int) {
	if r.met < 0 {
		return
	}
	switch to := s.laneX[r.met]; {
	case to < left:
		g.Put(to, "◀"+strings.Repeat("─", left-to), ink.Tint(r.lane))
	case to >= right:
		g.Put(right, strings.Repeat("─", to-right)+"▶", ink.Tint(r.lane))
	}
}

// marker is what stands on the lane at a step.
func marker(p *Picture, r *row) string {
	switch {
	case r.Crash:
		return "✖"
	case r.ends && p.Steps.List[r.from].End < 0:
		return "■"
	case r.Waits:
		return "○"
	}
	return "●"
}

// side writes the columns of locks and variables.
func (s *lanesText) side(g *ink.Grid, i int) {
	r := &s.p.rows[i]
	for l, h := range r.held {
		who := h.who
		switch {
		case who == s.lastHeld[l] && who != "":
			g.Put(s.lockX[l], "┃", ink.Tint(h.lane))
		case who != "":
			g.Put(s.lockX[l], words.Short(who, s.lockW[l]), ink.Tint(h.lane))
		}
		s.lastHeld[l] = who
	}
	for v, value := range r.values {
		if value != s.lastVal[v] || r.wrote == v {
			g.Put(s.varX[v], words.Truncate(value, s.varW[v]), ink.NoColor)
		}
		s.lastVal[v] = value
	}
}

// signs stand before how a lane ends.
var signs = [...]string{endNone: "", endCut: "✂", endBlocked: "✖", endFatal: "✖", endPrompt: "∿"}

// ends writes how the lanes end whose goroutines did not return.
func (s *lanesText) ends() {
	g, any := s.Line(), false
	for i, e := range s.p.ends {
		if e.kind == endNone {
			continue
		}
		any = true
		sign := signs[e.kind]
		room := s.right - s.laneX[i] - 2
		if i+1 < len(s.laneX) {
			room = s.laneX[i+1] - s.laneX[i] - 3
		}
		g.Put(s.laneX[i], sign, ink.Tint(i))
		g.Put(s.laneX[i]+2, e.that(func(t string) bool { return words.Width(t) <= room }), ink.Tint(i))
	}
	if any {
		s.Write(g)
	}
}

// links writes who waits for whom: from lane to lane, with the words beside or
// between them, where there is room.
func (s *lanesText) links() {
	for _, l := range s.p.links {
		g := s.Line()
		from, to := s.laneX[l.from], s.laneX[l.to]
		left, right := min(from, to), max(from, to)
		switch {
		case from < to:
			g.Put(from, "○"+strings.Repeat("─", to-from-1)+"▶", ink.Tint(l.from))
		case from > to:
			g.Put(to, "◀"+strings.Repeat("─", from-to-1)+"○", ink.Tint(l.from))
		default:
			g.Put(from, "○", ink.Tint(l.from))
		}
		at, says := s.linkWords(s.p.texts(&l), left, right)
		g.Put(at, says, ink.Tint(l.from))
		s.Write(g)
	}
}

// linkWords is where the longest text of a link stands for which there is room: between
// the two lanes, to the right of them, or to the left.
func (s *lanesText) linkWords(texts []string, left, right int) (at int, says string) {
	for _, says := range texts {
		switch w := words.Width(says); {
		case w+4 <= right-left:
			return left + (right-left-w)/2, " " + says + " "
		case w <= s.Width-right-2:
			return right + 2, says
		case w < left-1:
			return left - 1 - w, says
		}
	}
	return right + 2, words.Truncate(texts[len(texts)-1], s.Width-right-2)
}

func (s *lanesText) foot() {
	s.Blank()
	for _, n := range s.p.notes {
		s.Paragraph(n, 2)
	}
	s.Paragraph(s.legend(), 0)
}

// legend explains the signs that the text form uses.
func (s *lanesText) legend() string {
	k := &s.p.keys
	var out []string
	for _, e := range []struct {
		show bool
		text string
	}{
		{true, "● " + words.KeyStep}, {k.waits, "▒ " + words.KeyWaits}, {k.sleeps, "· " + words.KeySleeps}, {k.computes, "║ " + words.KeyComputes},
		{k.ready, "╎ " + words.KeyReady}, {k.returned, "■ " + words.KeyReturned}, {k.crash, "✖ " + words.KeyCrash},
		{k.race, "⚠ " + words.KeyRace}, {k.waitsFor, "○─▶ " + words.KeyWaitsFor},
		{len(s.p.calls) > 0, "[ " + words.KeyCalls(s.p.called)},
		{k.commits, "┌└ " + words.KeyTransaction}, {k.undone, "┌x " + words.KeyUndone}, {k.world, words.KeyWorld},
		{k.cut, "✂ " + words.KeyCut}, {k.blocked, "✖ " + words.EndBlocked},
	} {
		if e.show {
			out = append(out, e.text)
		}
	}
	return strings.Join(out, "   ")
}
