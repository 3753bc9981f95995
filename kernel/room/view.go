package room

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"threading101/kernel/room/wire"
)

// The roles of who looks at the room.
const (
	wall    = "wall"
	teacher = "teacher"
)

// cached is a view as it was when the room was at that version.
type cached struct {
	version uint64
	json    []byte
}

// view is what a role sees, as JSON, and a channel that is closed when that may have changed.
func (r *Room) view(role string) ([]byte, <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c, known := r.views[role]
	if !known || c.version != r.version {
		var v any = r.onWall()
		if role == teacher {
			v = r.forTeacher()
		}
		text, err := json.Marshal(v)
		if err != nil {
			panic(err) // it holds texts and numbers only
		}
		c = cached{r.version, text}
		r.views[role] = c
	}
	return c.json, r.changed
}

// wallView is what everybody with the code may see: what the teacher has put there, and of
// answers nothing that is not revealed. It names nobody.
type wallView struct {
	Code     string        `json:"code"`
	Address  string        `json:"address"` // where learners find the room
	Here     int           `json:"here"`    // learners who are connected
	Kind     string        `json:"kind"`
	Question *questionView `json:"question,omitempty"`
	Cell     *cellView     `json:"cell,omitempty"`
	Run      *runView      `json:"run,omitempty"`
}

type questionView struct {
	ID       string   `json:"id"`
	Lesson   string   `json:"lesson"`
	Cell     string   `json:"cell"`
	Kind     string   `json:"kind"`
	Text     string   `json:"text"`
	Options  []string `json:"options,omitempty"`
	Round    int      `json:"round"`
	Revealed int      `json:"revealed"`
	Answered []int    `json:"answered"` // in each round
	Bars     [][]bar  `json:"bars"`     // of each round that may be seen
}

type cellView struct {
	ID       string      `json:"id"`
	Lesson   string      `json:"lesson"`
	Cell     string      `json:"cell"`
	Learners int         `json:"learners"`
	Runs     int         `json:"runs"`
	Orders   int         `json:"orders"`
	Groups   []groupView `json:"groups"`
	More     int         `json:"more,omitempty"` // groups that are not listed
	Shows    []bar       `json:"shows"`          // in how many orders there is what
	Checks   []checkView `json:"checks"`
}

// groupView is what several orders came to.
type groupView struct {
	Outcome  string      `json:"outcome"`
	Shows    []string    `json:"shows,omitempty"`
	Orders   int         `json:"orders"`
	Learners int         `json:"learners"` // that had one of them
	Of       []orderView `json:"of"`       // the most frequent of those that can be had again
}

type orderView struct {
	ID       string `json:"id"`
	Learners int    `json:"learners"`
	Token    string `json:"token"`
}

type checkView struct {
	Property string `json:"property"`
	Holds    int    `json:"holds"`
	Fails    int    `json:"fails"`
	Unproven int    `json:"unproven"`
	Cases    []bar  `json:"cases,omitempty"` // what those show that fail
}

type runView struct {
	Token   string            `json:"token"`
	Outcome string            `json:"outcome"`
	Row     int               `json:"row"`
	Picture *pictureView      `json:"picture,omitempty"` // nil: it is on its way
	Since   int64             `json:"since"`             // when it was asked for
	Rows    []wire.PictureRow `json:"rows,omitempty"`
}

type pictureView struct {
	Name  string `json:"name"`
	Made  string `json:"made"`
	Ends  string `json:"ends"`
	First int    `json:"first"`
	Row   int    `json:"row"`
}

func (r *Room) onWall() wallView {
	v := wallView{Code: r.code, Address: r.Address, Here: r.here(), Kind: r.shown.Kind}
	switch r.shown.Kind {
	case showsQuestion:
		if q := r.ledger.questions[r.shown.ID]; q != nil {
			v.Question = q.view(q.revealed)
		}
	case showsOrders, showsChecks:
		if c := r.ledger.cells[r.shown.ID]; c != nil {
			v.Cell = c.view()
			v.Cell.hide(r.shown.Kind)
		}
	case showsRun:
		v.Run = r.runOnWall()
	}
	if v.Question == nil && v.Cell == nil && v.Run == nil {
		v.Kind = ""
	}
	return v
}

// How many groups of orders are listed of a cell, and orders of a group, the most frequent
// first; and how many questions and cells, the latest first.
const (
	mostGroups = 8
	mostListed = 16
	mostLatest = 40
)

// hide leaves out what was not put on the wall.
func (c *cellView) hide(kind string) {
	if kind == showsOrders {
		c.Checks = []checkView{}
		for i := range c.Groups {
			c.Groups[i].Of = []orderView{} // tokens are for who projects them
		}
		return
	}
	c.Groups, c.Shows, c.More = []groupView{}, []bar{}, 0
}

func (r *Room) runOnWall() *runView {
	_, o := r.ledger.find(r.shown.ID)
	if o == nil {
		return nil
	}
	v := &runView{Token: r.shown.Token, Outcome: o.outcome, Row: r.shown.Step, Since: r.shown.since.UnixMilli()}
	if p := r.pictures.get(r.shown.Token); p != nil {
		v.Picture = &pictureView{Name: p.name, Made: p.Made, Ends: p.Ends, First: p.First, Row: p.Row}
		v.Rows = p.Rows
	}
	return v
}

// teacherView is what the teacher sees.
type teacherView struct {
	wallView
	Seats     []seatView      `json:"seats"`
	Questions []*questionView `json:"questions"`
	Cells     []*cellView     `json:"cells"`
	On        string          `json:"on"` // the id of what is on the wall
}

type seatView struct {
	Name   string `json:"name"`
	Lesson string `json:"lesson"`
	Cell   string `json:"cell"`
	Here   bool   `json:"here"`
	Moved  int64  `json:"moved"` // milliseconds since 1970
}

func (r *Room) forTeacher() teacherView {
	v := teacherView{wallView: r.onWall(), Seats: []seatView{}, Questions: []*questionView{}, Cells: []*cellView{}, On: r.shown.ID}
	for _, s := range r.seats {
		v.Seats = append(v.Seats, seatView{s.name, s.lesson, s.cell, len(s.streams) > 0, s.moved.UnixMilli()})
	}
	slices.SortFunc(v.Seats, func(a, b seatView) int {
		return cmp.Or(cmp.Compare(a.Lesson, b.Lesson), cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.Name, b.Name))
	})
	for _, q := range slices.SortedFunc(maps.Values(r.ledger.questions), func(a, b *question) int { return b.number - a.number }) {
		v.Questions = append(v.Questions, q.view(wire.MostRound))
	}
	v.Questions = v.Questions[:min(len(v.Questions), mostLatest)]
	for _, c := range slices.SortedFunc(maps.Values(r.ledger.cells), func(a, b *cell) int { return b.number - a.number }) {
		if len(v.Cells) < mostLatest {
			v.Cells = append(v.Cells, c.view())
		}
	}
	return v
}

func (r *Room) here() (n int) {
	for _, s := range r.seats {
		if len(s.streams) > 0 {
			n++
		}
	}
	return n
}

// view is the question, with the answers of so many rounds.
func (q *question) view(rounds int) *questionView {
	v := &questionView{
		ID: q.id, Lesson: q.lesson, Cell: q.cell, Kind: q.asked.Kind, Text: q.asked.Text, Options: q.asked.Options,
		Round: q.round, Revealed: q.revealed, Answered: []int{}, Bars: [][]bar{},
	}
	for i := range q.said {
		v.Answered = append(v.Answered, len(q.said[i]))
		if i < rounds {
			v.Bars = append(v.Bars, q.bars(i+1))
		}
	}
	return v
}

// view is the cell with what its orders came to.
func (c *cell) view() *cellView {
	v := &cellView{ID: c.id, Lesson: c.lesson, Cell: c.cell, Orders: len(c.orders), Checks: []checkView{}}
	who, shows := map[*seat]bool{}, map[string]int{}
	for _, o := range c.orders {
		for s, n := range o.seats {
			who[s] = true
			v.Runs += n
		}
		for _, name := range o.shows {
			shows[name]++
		}
	}
	for _, k := range slices.SortedFunc(maps.Values(c.checks), func(a, b *check) int { return a.number - b.number }) {
		v.Checks = append(v.Checks, k.view(who))
	}
	v.Groups = c.groups()
	v.More = max(0, len(v.Groups)-mostGroups)
	v.Groups = v.Groups[:len(v.Groups)-v.More]
	v.Learners, v.Shows = len(who), counted(shows)
	return v
}

// groups are the orders with the same outcome that show the same, put together.
func (c *cell) groups() []groupView {
	all, at, who := []groupView{}, map[string]int{}, []map[*seat]bool{}
	for _, o := range slices.SortedFunc(maps.Values(c.orders), func(a, b *order) int { return cmp.Or(len(b.seats)-len(a.seats), a.number-b.number) }) {
		key := idOf(append([]string{o.outcome}, o.shows...)...)
		i, known := at[key]
		if !known {
			i = len(all)
			at[key], all, who = i, append(all, groupView{Outcome: o.outcome, Shows: o.shows, Of: []orderView{}}), append(who, map[*seat]bool{})
		}
		g := &all[i]
		g.Orders++
		for s := range o.seats {
			who[i][s] = true
		}
		if g.Learners = len(who[i]); len(o.makers) > 0 && len(g.Of) < mostListed {
			g.Of = append(g.Of, orderView{ID: o.id, Learners: len(o.seats), Token: o.makers[0].token})
		}
	}
	slices.SortStableFunc(all, func(a, b groupView) int { return b.Learners - a.Learners })
	return all
}

func (k *check) view(who map[*seat]bool) checkView {
	v, cases := checkView{Property: k.property}, map[string]int{}
	for s, one := range k.results {
		who[s] = true
		switch one.Result {
		case "holds":
			v.Holds++
		case "fails":
			v.Fails++
			if one.Case != "" {
				cases[one.Case]++
			}
		default:
			v.Unproven++
		}
	}
	v.Cases = counted(cases)
	return v
}

// counted are names with their counts, the most frequent first.
func counted(counts map[string]int) []bar {
	all := []bar{}
	for name, n := range counts {
		all = append(all, bar{name, n})
	}
	slices.SortFunc(all, func(a, b bar) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Answer, b.Answer)) })
	return all[:min(len(all), mostAnswers)]
}
