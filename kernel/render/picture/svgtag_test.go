package picture

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/render/walk"
	"threading101/kernel/words"
)

// Tags stay within the lanes' area, clear of each other: they cover neither the
// places left of it nor the locks right of it.
func TestTagsStayInTheLanes(t *testing.T) {
	for _, s := range rendertest.All {
		p := newPicture(s.Make(), Options{})
		c := &drawing{p: p}
		c.measure()
		left, right := c.laneX[0]-ink.BarWidth/2, c.laneRight
		for y, tags := range tagsIn(p.svg(ink.Paper{})) {
			for i, tag := range tags {
				if tag.from < left || tag.to > right {
					t.Errorf("%s: the tag at %d from %d to %d leaves the lanes, from %d to %d", s.Name, y, tag.from, tag.to, left, right)
				}
				for _, other := range tags[:i] {
					if tag.from < other.to && other.from < tag.to {
						t.Errorf("%s: tags at %d cover each other: %v %v", s.Name, y, tag, other)
					}
				}
			}
		}
	}
}

// Tags leave the lanes to be seen that are drawn beside them.
func TestTagsHideNoLane(t *testing.T) {
	for _, s := range rendertest.All {
		p := newPicture(s.Make(), Options{})
		c := &drawing{p: p}
		c.measure()
		c.headH = 0
		all := tagsIn(p.svg(ink.Paper{}))
		c.body()
		for i := range p.rows {
			for _, tag := range all[c.Y(i)-8] {
				for l, x := range c.laneX {
					if l != p.rows[i].lane && c.alive(&p.rows[i], l) && tag.from < x+ink.BarWidth/2 && tag.to > x-ink.BarWidth/2 {
						t.Errorf("%s: the tag of step %d, from %d to %d, hides the lane of %s", s.Name, p.rows[i].n, tag.from, tag.to, p.lanes[l].name)
					}
				}
			}
		}
	}
}

// So do the words of a step: no lane that is drawn beside them is behind them.
func TestWordsHideNoLane(t *testing.T) {
	for _, s := range rendertest.All {
		p := newPicture(s.Make(), Options{})
		c := &drawing{p: p}
		c.measure()
		all := rendertest.Elements(t, p.svg(ink.Paper{}))
		for i := range p.rows {
			r := &p.rows[i]
			for j := range all {
				e := &all[j]
				if r.kind != isStep || e.Group != i || e.Name != "text" || !e.Is("h") {
					continue
				}
				from, to := reach(e)
				for l, x := range c.laneX {
					if l != r.lane && c.alive(r, l) && from < x+ink.BarWidth/2 && to > x-ink.BarWidth/2 {
						t.Errorf("%s: %q of step %d, from %d to %d, hides the lane of %s at %d", s.Name, e.Text, r.n, from, to, p.lanes[l].name, x)
					}
				}
			}
		}
	}
}

type extent struct{ from, to int }

// tagsIn finds the tags of a picture, by height.
func tagsIn(picture []byte) map[int][]extent {
	all := map[int][]extent{}
	for _, m := range regexp.MustCompile(`class="bg tag" x="(-?\d+)" y="(\d+)" width="(\d+)"`).FindAllSubmatch(picture, -1) {
		n := make([]int, 3)
		for i := range n {
			n[i], _ = strconv.Atoi(string(m[i+1]))
		}
		all[n[1]] = append(all[n[1]], extent{n[0], n[0] + n[2]})
	}
	return all
}

// Two warnings of a step in a narrow picture both find room, one on each side of
// the lane; the row's title has them in full wherever they went.
func TestTagsOnBothSides(t *testing.T) {
	p := newPicture(rendertest.TwoLocks(), Options{})
	picture := string(p.svg(ink.Paper{}))
	for i := range p.rows {
		for _, m := range p.rows[i].Marks {
			if !strings.Contains(picture, ">"+ink.Escape(m)+"</text>") && !strings.Contains(picture, ">"+words.MarkBrief(m)+"</text>") {
				t.Errorf("step %d: no tag %q", p.rows[i].n, m)
			}
			if !strings.Contains(picture, "⚠ "+ink.Escape(m)) {
				t.Errorf("step %d: the title lacks %q", p.rows[i].n, m)
			}
		}
	}
}

// Where there is no room for all, the one that matters most is shown: a lost
// update before a race.
func TestTagsThatMatterMost(t *testing.T) {
	p := newPicture(rendertest.TwoLocks(), Options{})
	c := &drawing{p: p}
	c.measure()
	const lane = 1
	c.laneRight = c.laneX[lane] + 180 // a lane with room for few words, on either side
	c.laneX[0] = c.laneX[lane] - 30
	r := &row{lane: lane, Telling: walk.Telling{Bad: true, Does: "writes till = 110", Marks: []string{words.LostUpdate("B"), words.RacesWith([]int{4})}}}
	if got := c.place(r); got.left || len(got.far) > 0 || len(got.near) != 1 || got.near[0] != words.LostBrief {
		t.Errorf("%+v", got)
	}
}
