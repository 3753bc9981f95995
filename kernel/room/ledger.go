package room

import (
	"cmp"
	"slices"

	"threading101/kernel/room/wire"
)

// The bounds of what is remembered.
const (
	mostQuestions = 200
	mostPosed     = 60 // questions that one seat may bring
	mostAnswers   = 40 // different ones to one question; others are counted as one
	mostCells     = 200
	mostOpened    = 60  // cells that one seat may bring
	mostOrders    = 200 // of one cell
	mostOrdersBy  = 100 // of one cell, by one seat
	mostMakers    = 5   // who can show one order
	mostChecks    = 20  // properties of one cell
)

// ledger is what all learners have told, each thing once for each learner.
type ledger struct {
	questions map[string]*question
	cells     map[string]*cell
	count     int // of all questions and cells so far: their order
}

// question is what was to be predicted in a cell.
type question struct {
	id           string
	number       int
	lesson, cell string
	asked        wire.Question
	said         [wire.MostRound]map[*seat]string
	round        int // that the teacher has opened
	revealed     int // up to this round answers are shown to everybody
}

// cell is what came of a cell.
type cell struct {
	id           string
	number       int
	lesson, cell string
	orders       map[string]*order
	by           map[*seat]int // how many orders each has brought
	checks       map[string]*check
}

// order is one interleaving, with what came of it.
type order struct {
	id      string
	number  int
	outcome string
	shows   []string
	seats   map[*seat]int // how often each had it
	makers  []maker       // who can show it
}

// maker can show a run.
type maker struct {
	token string
	seat  *seat
}

// check is one property of a cell: the last result of each.
type check struct {
	number   int
	property string
	results  map[*seat]wire.Verdict
}

func newLedger() ledger {
	return ledger{questions: map[string]*question{}, cells: map[string]*cell{}}
}

// hear writes down what a seat tells.
func (l *ledger) hear(s *seat, n *wire.Note) {
	switch n.Kind {
	case wire.Said:
		l.said(s, n)
	case wire.Run:
		l.ran(s, n)
	case wire.Check:
		l.checked(s, n)
	}
}

// said counts an answer: the first of each round.
func (l *ledger) said(s *seat, n *wire.Note) {
	id := idOf(append([]string{n.Lesson, n.Cell, n.Question.Kind, n.Question.Text}, n.Question.Options...)...)
	q := l.questions[id]
	if q == nil {
		if len(l.questions) >= mostQuestions || s.posed >= mostPosed {
			return
		}
		s.posed++
		l.count++
		q = &question{id: id, number: l.count, lesson: n.Lesson, cell: n.Cell, asked: *n.Question, round: 1}
		for i := range q.said {
			q.said[i] = map[*seat]string{}
		}
		l.questions[id] = q
	}
	if said := q.said[n.Round-1]; said[s] == "" {
		said[s] = n.Answer
	}
}

// cellOf is where something happened, nil if there is no room for another.
func (l *ledger) cellOf(s *seat, n *wire.Note) *cell {
	id := idOf(n.Lesson, n.Cell)
	c := l.cells[id]
	if c == nil && len(l.cells) < mostCells && s.opened < mostOpened {
		s.opened++
		l.count++
		c = &cell{id: id, number: l.count, lesson: n.Lesson, cell: n.Cell, orders: map[string]*order{}, by: map[*seat]int{}, checks: map[string]*check{}}
		l.cells[id] = c
	}
	return c
}

func (l *ledger) ran(s *seat, n *wire.Note) {
	c := l.cellOf(s, n)
	if c == nil {
		return
	}
	id := idOf(c.id, n.Order, n.Outcome)
	o := c.orders[id]
	if o == nil {
		if len(c.orders) >= mostOrders || c.by[s] >= mostOrdersBy {
			return
		}
		c.by[s]++
		o = &order{id: id, number: len(c.orders) + 1, outcome: n.Outcome, shows: n.Shows, seats: map[*seat]int{}}
		c.orders[id] = o
	}
	if o.seats[s]++; n.Token != "" && len(o.makers) < mostMakers && !slices.Contains(o.makers, maker{n.Token, s}) {
		o.makers = append(o.makers, maker{n.Token, s})
	}
}

func (l *ledger) checked(s *seat, n *wire.Note) {
	c := l.cellOf(s, n)
	if c == nil {
		return
	}
	for _, v := range n.Verdicts {
		k := c.checks[v.Property]
		if k == nil {
			if len(c.checks) >= mostChecks {
				continue
			}
			k = &check{number: len(c.checks), property: v.Property, results: map[*seat]wire.Verdict{}}
			c.checks[v.Property] = k
		}
		k.results[s] = v
	}
}

// forget takes out all that a seat has told.
func (l *ledger) forget(s *seat) {
	for _, q := range l.questions {
		for i := range q.said {
			delete(q.said[i], s)
		}
	}
	for _, c := range l.cells {
		delete(c.by, s)
		for id, o := range c.orders {
			delete(o.seats, s)
			o.makers = slices.DeleteFunc(o.makers, func(m maker) bool { return m.seat == s })
			if len(o.seats) == 0 {
				delete(c.orders, id)
			}
		}
		for _, k := range c.checks {
			delete(k.results, s)
		}
	}
	l.sweep()
}

// sweep forgets what nobody has told any more.
func (l *ledger) sweep() {
	for id, q := range l.questions {
		if len(q.said[0])+len(q.said[1]) == 0 {
			delete(l.questions, id)
		}
	}
	for id, c := range l.cells {
		for name, k := range c.checks {
			if len(k.results) == 0 {
				delete(c.checks, name)
			}
		}
		if len(c.orders)+len(c.checks) == 0 {
			delete(l.cells, id)
		}
	}
}

// find is the order with that id, nil if there is none.
func (l *ledger) find(id string) (*cell, *order) {
	for _, c := range l.cells {
		if o := c.orders[id]; o != nil {
			return c, o
		}
	}
	return nil, nil
}

// bar is one answer with how many gave it.
type bar struct {
	Answer string `json:"answer"`
	Count  int    `json:"count"`
}

// bars are the answers of a round: of a choice all options, else what was said, most
// frequent first; those that do not fit are counted under "".
func (q *question) bars(round int) []bar {
	counts := map[string]int{}
	for _, answer := range q.said[round-1] {
		counts[answer]++
	}
	var all []bar
	if q.asked.Kind == "choice" {
		for _, o := range q.asked.Options {
			all = append(all, bar{o, counts[o]})
		}
		return all
	}
	for answer, n := range counts {
		all = append(all, bar{answer, n})
	}
	slices.SortFunc(all, func(a, b bar) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Answer, b.Answer)) })
	if len(all) > mostAnswers {
		others := bar{}
		for _, b := range all[mostAnswers:] {
			others.Count += b.Count
		}
		all = append(all[:mostAnswers], others)
	}
	return all
}
