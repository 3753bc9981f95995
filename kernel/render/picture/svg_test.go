package picture

import (
	"fmt"
	"os"
	"regexp"
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

// sketch is the SVG form of a picture, read again.
type sketch struct {
	*testing.T
	p     *Picture
	all   []rendertest.Element
	laneX []int // the middle of each lane, as its head says
	rowY  []int // the middle of each row
}

// TestSVGShowsTheLayout: in every situation the marks of the layout, and no others,
// are where they belong.
func TestSVGShowsTheLayout(t *testing.T) {
	for _, s := range rendertest.All {
		t.Run(s.Name, func(t *testing.T) {
			ex := s.Make()
			ex.Explanation = explain.Sentences(ex)
			p := newPicture(ex, Options{})
			k := &sketch{T: t, p: p, all: rendertest.Elements(t, p.svg(ink.Paper{}))}
			k.findLanes()
			k.findRows()
			for i := range p.rows {
				k.row(i)
			}
			for l := range p.lanes {
				k.lane(l)
				k.ending(l)
			}
			k.locks()
			k.arrows()
			k.links()
			k.frame()
		})
	}
}

// find returns the elements that are so.
func (k *sketch) find(so func(e *rendertest.Element) bool) []*rendertest.Element {
	var found []*rendertest.Element
	for i := range k.all {
		if so(&k.all[i]) {
			found = append(found, &k.all[i])
		}
	}
	return found
}

func tone(lane int) string { return strconv.Itoa(lane % ink.Textures) }

// findLanes reads the heads of the lanes: a box with the lane's look, and its name.
func (k *sketch) findLanes() {
	boxes := k.find(func(e *rendertest.Element) bool {
		return e.Name == "rect" && e.Is("bar") && e.Group < 0 && e.Number("width") == ink.BarWidth && e.Number("height") == ink.BarWidth
	})
	if len(boxes) < len(k.p.lanes) {
		k.Fatalf("%d heads for %d lanes", len(boxes), len(k.p.lanes))
	}
	for l := range k.p.lanes {
		if !boxes[l].Is("s" + tone(l)) {
			k.Errorf("the head of lane %d looks like %s", l, boxes[l].Class)
		}
		k.laneX = append(k.laneX, boxes[l].Number("x")+ink.BarWidth/2)
	}
	if !slices.IsSorted(k.laneX) {
		k.Errorf("the lanes are at %v", k.laneX)
	}
}

// findRows reads where the rows are, each below the one before, and what they say to
// a pointer.
func (k *sketch) findRows() {
	areas := k.find(func(e *rendertest.Element) bool { return e.Is("z") })
	titles := k.find(func(e *rendertest.Element) bool { return e.Name == "title" && e.Group >= 0 })
	if len(areas) != len(k.p.rows) || len(titles) != len(k.p.rows) {
		k.Fatalf("%d rows with %d titles, want %d", len(areas), len(titles), len(k.p.rows))
	}
	for i, a := range areas {
		k.rowY = append(k.rowY, a.Number("y")+ink.RowHeight/2)
		if i > 0 && k.rowY[i] != k.rowY[i-1]+ink.RowHeight {
			k.Errorf("row %d is at %d, after %d", i, k.rowY[i], k.rowY[i-1])
		}
		if titles[i].Text != k.p.title(&k.p.rows[i]) {
			k.Errorf("the title of row %d: %q", i, titles[i].Text)
		}
	}
}

// row reads a row: its number, its place, its mark, its words, its warnings and values.
func (k *sketch) row(i int) {
	r := &k.p.rows[i]
	texts := k.find(func(e *rendertest.Element) bool { return e.Name == "text" && e.Group == i })
	if r.kind != isStep {
		if !slices.ContainsFunc(texts, func(e *rendertest.Element) bool { return cutFrom(e.Text, r.Does) }) {
			k.Errorf("row %d does not say %q", i, r.Does)
		}
		return
	}
	var narrow, said, tags []string
	for _, e := range texts {
		switch {
		case e.Is("n"):
			narrow = append(narrow, e.Text)
		case e.Is("h"):
			said = append(said, e.Text)
			if left := e.Number("x") < k.laneX[r.lane]; left != e.Is("e") {
				k.Errorf("row %d: %q runs over its lane", i, e.Text)
			}
		case e.Is("x") && e.Number("x") < k.right():
			tags = append(tags, e.Text)
		}
	}
	want := []string{strconv.Itoa(r.n)}
	if r.where != "" {
		want = append(want, r.where)
	}
	if !slices.Equal(narrow, want) {
		k.Errorf("row %d is numbered %q, want %q", i, narrow, want)
	}
	if len(said) != 1 || !cutFrom(said[0], r.Does) {
		k.Errorf("row %d says %q, want %q", i, said, r.Does)
	}
	k.mark(i, r)
	k.tags(i, r, tags)
	k.values(i, r)
}

// right is where the columns beside the lanes begin.
func (k *sketch) right() int {
	d := &drawing{p: k.p}
	d.measure()
	return d.laneRight + 1
}

// cutFrom reports whether a text is another, or the beginning of it.
func cutFrom(said, whole string) bool {
	begin, cut := strings.CutSuffix(said, "…")
	return said == whole || cut && strings.HasPrefix(whole, begin)
}

// mark compares what is drawn on the lane at a step.
func (k *sketch) mark(i int, r *row) {
	x, y := k.laneX[r.lane], k.rowY[i]
	var got []string
	for _, e := range k.find(func(e *rendertest.Element) bool { return e.Group == i }) {
		look := ""
		switch {
		case e.Name == "circle" && e.Is("dot") && e.Is("s"+tone(r.lane)) && e.Number("cx") == x && e.Number("cy") == y:
			look = "dot"
		case e.Name == "path" && e.Is("wait") && e.Is("s"+tone(r.lane)) && slices.Equal(e.Path(), []int{x - 3, y, x + 3, y}):
			look = "bar"
		case e.Name == "path" && e.Is("cross") && slices.Equal(e.Path(), []int{x - 5, y - 5, x + 5, y + 5, x + 5, y - 5, x - 5, y + 5}):
			look = "cross"
		case e.Name == "rect" && e.Is("f"+tone(r.lane)) && e.Number("x")+e.Number("width")/2 == x && e.Number("y") < y:
			look = "box"
		case e.Name == "rect" && e.Is("f"+tone(r.lane)) && e.Number("x")+e.Number("width")/2 == x:
			look = "foot"
		case e.Name == "circle" || e.Name == "path" && !e.Is("rule"):
			look = "stray " + e.Name
		}
		if look != "" {
			got = append(got, look)
		}
	}
	want := []string{"dot"}
	switch {
	case r.Crash:
		want = []string{"cross"}
	case k.p.Steps.List[r.from].End >= 0:
		want = []string{"dot", "foot"}
	case r.ends:
		want = []string{"box"}
	case r.Waits:
		want = []string{"dot", "bar"}
	}
	if !slices.Equal(got, want) {
		k.Errorf("row %d (%s) is marked %q, want %q", i, r.Does, got, want)
	}
}

// tags compares the warnings: as many as there is room for, the first of all.
func (k *sketch) tags(i int, r *row, tags []string) {
	for _, m := range r.Marks {
		for j, tag := range tags {
			if tag == m || tag == words.MarkBrief(m) {
				tags = slices.Delete(tags, j, j+1)
				break
			}
		}
	}
	if len(tags) > 0 {
		k.Errorf("row %d warns of %q, not only of %q", i, tags, r.Marks)
	}
}

// values compares the columns of the variables.
func (k *sketch) values(i int, r *row) {
	d := &drawing{p: k.p}
	d.measure()
	for v, value := range r.values {
		before := ""
		if i > 0 {
			before = k.p.rows[i-1].values[v]
		}
		class, changed := "m", value != before
		switch {
		case r.wrote == v && r.Stale:
			class = "x"
		case r.wrote == v:
			class = "b"
		}
		at := k.find(func(e *rendertest.Element) bool {
			return e.Group == i && e.Name == "text" && e.Number("x") == d.varX[v]
		})
		shown := value != "" && (changed || r.wrote == v)
		if shown != (len(at) == 1) || shown && (at[0].Text != value || at[0].Class != class) {
			k.Errorf("row %d: %s is %q (%s), drawn %v", i, k.p.vars[v].name, value, class, at)
		}
	}
}

// lane compares what a lane looks like between each row and the next.
func (k *sketch) lane(l int) {
	for i := range k.p.rows[:len(k.p.rows)-1] {
		want := k.p.rows[i].state[l]
		for _, y := range []int{k.rowY[i] + ink.RowHeight/2} {
			if got := k.stateAt(l, y); got != want && !(want == walk.Gone && got == walk.Absent) {
				k.Errorf("lane %d below row %d looks %s, want %s", l, i, names["State"][got], names["State"][want])
			}
		}
	}
}

// stateAt is what a lane looks like at a height.
func (k *sketch) stateAt(l, y int) walk.State {
	x, state := k.laneX[l], walk.Absent
	for _, e := range k.find(func(e *rendertest.Element) bool { return e.Group < 0 && e.Is("s"+tone(l)) }) {
		from, to := e.Number("y"), e.Number("y")+e.Number("height")
		if d := e.Path(); len(d) == 4 && d[0] == x && d[2] == x { // lines leave out a little at both ends
			from, to = d[1]-9, d[3]+8
		} else if e.Name != "rect" || e.Number("x")+e.Number("width")/2 != x {
			continue
		}
		if y < from || y >= to {
			continue
		}
		switch fill := e.Attribute("fill"); {
		case e.Is("zz"):
			state = walk.Sleeping
		case e.Is("ready"):
			state = walk.Ready
		case strings.Contains(fill, "-h"+tone(l)):
			state = walk.Waiting
		case strings.Contains(fill, "-p"+tone(l)) && e.Number("width") > ink.BarWidth:
			state = walk.Computing
		case strings.Contains(fill, "-p"+tone(l)):
			state = walk.Running
		}
	}
	return state
}

// locks compares who is drawn to hold what between each row and the next.
func (k *sketch) locks() {
	d := &drawing{p: k.p}
	d.measure()
	for i := range k.p.rows[:len(k.p.rows)-1] {
		for j, h := range k.p.rows[i].held {
			y, got := k.rowY[i]+ink.RowHeight/2, ""
			for _, e := range k.find(func(e *rendertest.Element) bool {
				return e.Group < 0 && e.Name == "rect" && e.Number("x") == d.lockX[j] && e.Number("y") <= y && e.Number("y")+e.Number("height") > y
			}) {
				got = e.Class
			}
			want := ""
			switch {
			case h.free():
			case h.lane < 0:
				want = "none"
			default:
				want = "bar s" + tone(h.lane)
			}
			if got != want {
				k.Errorf("below row %d %s is drawn %q, want %q", i, k.p.locks[j].name, got, want)
			}
			begins := i == 0 || k.p.rows[i-1].held[j] != h
			name := k.find(func(e *rendertest.Element) bool {
				return e.Name == "text" && e.Is("h") && e.Number("x") == d.lockX[j]+ink.BarWidth+5 && e.Number("y") > k.rowY[i] && e.Number("y") <= k.rowY[i]+16
			})
			if begins && !h.free() && (len(name) != 1 || name[0].Text != ink.FitName(h.who, 80) || h.lane >= 0 && !name[0].Is("f"+tone(h.lane))) {
				k.Errorf("row %d: %s is held by %s, drawn %v", i, k.p.locks[j].name, h.who, name)
			}
		}
	}
}

// arrows compares from where to where the arrows go.
func (k *sketch) arrows() {
	var got, want []string
	legend := k.legend()
	for _, e := range k.find(func(e *rendertest.Element) bool {
		return e.Name == "path" && (e.Is("msg") || e.Is("join") || e.Is("race"))
	}) {
		if d := e.Path(); d[1] < legend {
			got = append(got, fmt.Sprintf("%s from %d to %d", e.Class, k.rowAt(d[1]), k.rowAt(k.lastY(e))))
		}
	}
	for _, a := range k.p.arrows {
		class := [...]string{passes: "msg s" + tone(a.fromLane), joins: "join s" + tone(a.fromLane), raced: "race"}[a.kind]
		want = append(want, fmt.Sprintf("%s from %d to %d", class, a.from, a.to))
	}
	if !slices.Equal(got, want) {
		k.Errorf("arrows %q, want %q", got, want)
	}
	tips := k.find(func(e *rendertest.Element) bool { return e.Is("racy") && e.Number("cy") < legend })
	for i, a := range slices.DeleteFunc(slices.Clone(k.p.arrows), func(a arrow) bool { return a.kind != raced }) {
		if tips[i].Number("cy") != k.rowY[a.to] {
			k.Errorf("race %d ends at %d", i, tips[i].Number("cy"))
		}
	}
}

// legend is where the legend begins: below all that belongs to the lanes.
func (k *sketch) legend() int {
	rules := k.find(func(e *rendertest.Element) bool { return e.Is("rule") && e.Group < 0 })
	return rules[len(rules)-1].Path()[1]
}

// rowAt is the row at a height.
func (k *sketch) rowAt(y int) int { return (y - k.rowY[0] + ink.RowHeight/2) / ink.RowHeight }

var vertical = regexp.MustCompile(`V-?\d+Q-?\d+ (-?\d+)`)

// lastY is the height at which an arrow ends.
func (k *sketch) lastY(e *rendertest.Element) int {
	if m := vertical.FindStringSubmatch(e.Attribute("d")); m != nil {
		y, _ := strconv.Atoi(m[1])
		return y
	}
	return e.Path()[1]
}

// links compares who waits for whom.
func (k *sketch) links() {
	var got, want []string
	bottom := k.rowY[len(k.rowY)-1] + ink.RowHeight/2
	for _, e := range k.find(func(e *rendertest.Element) bool { return e.Name == "path" && e.Is("needs") && e.Path()[1] > bottom }) {
		if d := e.Path(); d[1] < k.legend() {
			got = append(got, fmt.Sprintf("%d to %d", k.laneAt(d[0]), k.laneAt(d[len(d)-2])))
		}
	}
	for _, l := range k.p.links {
		want = append(want, fmt.Sprintf("%d to %d", l.from, l.to))
	}
	if !slices.Equal(got, want) {
		k.Errorf("links %q, want %q", got, want)
	}
	titles := k.find(func(e *rendertest.Element) bool { return e.Name == "title" && e.Group < 0 })
	for i, l := range k.p.links {
		if titles[i].Text != k.p.lanes[l.from].name+" "+l.says {
			k.Errorf("link %d is called %q", i, titles[i].Text)
		}
	}
}

// laneAt is the lane next to a place.
func (k *sketch) laneAt(x int) int {
	best := 0
	for l := range k.laneX {
		if max(x-k.laneX[l], k.laneX[l]-x) < max(x-k.laneX[best], k.laneX[best]-x) {
			best = l
		}
	}
	return best
}

// ending compares what stands below a lane.
func (k *sketch) ending(l int) {
	x, bottom := k.laneX[l], k.rowY[len(k.rowY)-1]
	got := endNone
	for _, e := range k.find(func(e *rendertest.Element) bool {
		return e.Name == "path" && e.Group < 0 && (e.Is("cut") || e.Is("cross") || e.Is("stays"))
	}) {
		switch d := e.Path(); {
		case d[1] <= bottom || d[1] >= k.legend():
		case e.Is("cut") && d[0] == x-7:
			got = endCut
		case e.Is("cross") && d[0] == x-5:
			got = endBlocked
		case e.Is("stays") && d[0] == x-7:
			got = endPrompt
		}
	}
	want := k.p.ends[l].kind
	if want == endFatal {
		want = endBlocked
	}
	if got != want {
		k.Errorf("lane %d ends with %s, want %s", l, names["endKind"][got], names["endKind"][want])
	}
}

// frame compares what stands above and below the lanes, and looks whether all is
// inside the picture and has a known look.
func (k *sketch) frame() {
	var said strings.Builder
	known := regexp.MustCompile(`^([fs]\d|r)$`)
	rules, err := os.ReadFile("../ink/style.css")
	if err != nil {
		k.Fatal(err)
	}
	width := k.all[0].Number("width")
	for i := range k.all {
		e := &k.all[i]
		for _, class := range strings.Fields(e.Class) {
			if !known.MatchString(class) && class != "t101" && !strings.Contains(string(rules), "."+class) {
				k.Errorf("no rule says how .%s looks", class)
			}
		}
		if e.Name != "text" {
			continue
		}
		if e.Group < 0 {
			said.WriteString(e.Text + " ")
		}
		if from, to := reach(e); from < 0 || to > width {
			k.Errorf("%q reaches from %d to %d in a picture of %d", e.Text, from, to, width)
		}
		for _, other := range k.all[:i] {
			if other.Name == "text" && other.Group == e.Group && other.Number("y") == e.Number("y") && overlap(e, &other) {
				k.Errorf("%q and %q cover each other", other.Text, e.Text)
			}
		}
	}
	for _, s := range slices.Concat([]string{k.p.Status, k.p.Mode + " · " + k.p.Size, k.p.note}, k.p.Explanation, k.p.notes) {
		if !strings.Contains(said.String(), s) {
			k.Errorf("it does not say %q", s)
		}
	}
}

// reach is from where to where a text reaches, as far as can be told without its font.
func reach(e *rendertest.Element) (from, to int) {
	width := ink.Pixels(e.Text)
	if e.Is("e") || e.Is("n") {
		return e.Number("x") - width, e.Number("x")
	}
	return e.Number("x"), e.Number("x") + width
}

func overlap(a, b *rendertest.Element) bool {
	from, to := reach(a)
	start, end := reach(b)
	return from < end && start < to
}
