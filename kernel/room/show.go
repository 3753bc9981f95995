package room

import (
	"errors"
	"slices"
	"time"

	"threading101/kernel/room/wire"
)

// shown is what the wall shows, and what learners who follow see.
type shown struct {
	Kind  string // one of kinds; "": nothing yet
	ID    string // of the question, the cell or the order
	Token string // of an order's run
	Step  int    // the row of the run's picture
	since time.Time
}

// The kinds of what the wall can show.
const (
	showsQuestion = "question"
	showsOrders   = "orders"
	showsChecks   = "checks"
	showsRun      = "run"
)

// command is what the teacher's page asks for.
type command struct {
	Do    string `json:"do"`
	ID    string `json:"id"`
	Row   int    `json:"row"`
	Round int    `json:"round"`
}

// errUnknown is returned for a command that names nothing that is there.
var errUnknown = errors.New("unknown")

// obey does what the teacher's page asks for.
func (r *Room) obey(c command) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	do := commands[c.Do]
	if do == nil {
		return errUnknown
	}
	if err := do(r, c); err != nil {
		return err
	}
	r.touch()
	return nil
}

// commands are those of the teacher's page.
var commands = map[string]func(*Room, command) error{
	"clear":        func(r *Room, _ command) error { r.shown = shown{}; return nil },
	showsQuestion:  (*Room).showQuestion,
	showsOrders:    func(r *Room, c command) error { return r.showCell(showsOrders, c.ID) },
	showsChecks:    func(r *Room, c command) error { return r.showCell(showsChecks, c.ID) },
	showsRun:       (*Room).showRun,
	"row":          (*Room).showRow,
	"reveal":       (*Room).reveal,
	"hide":         (*Room).hide,
	"second round": (*Room).secondRound,
}

func (r *Room) showQuestion(c command) error {
	if r.ledger.questions[c.ID] == nil {
		return errUnknown
	}
	r.shown = shown{Kind: showsQuestion, ID: c.ID}
	return nil
}

func (r *Room) showCell(kind, id string) error {
	if r.ledger.cells[id] == nil {
		return errUnknown
	}
	r.shown = shown{Kind: kind, ID: id}
	return nil
}

// reveal shows the answers of all rounds so far to everybody, now and later.
func (r *Room) reveal(c command) error {
	q := r.ledger.questions[c.ID]
	if q == nil {
		return errUnknown
	}
	q.revealed = q.round
	r.shown = shown{Kind: showsQuestion, ID: c.ID}
	return nil
}

func (r *Room) hide(c command) error {
	q := r.ledger.questions[c.ID]
	if q == nil {
		return errUnknown
	}
	q.revealed = 0
	return nil
}

// secondRound has the question answered again: until they are revealed, the answers of both
// rounds are the teacher's.
func (r *Room) secondRound(c command) error {
	q := r.ledger.questions[c.ID]
	if q == nil {
		return errUnknown
	}
	q.round, q.revealed = wire.MostRound, 0
	r.shown = shown{Kind: showsQuestion, ID: c.ID}
	return nil
}

// showRun puts a run on the wall. The picture comes from a learner's kernel that has made
// it, unless it is here already.
func (r *Room) showRun(c command) error {
	_, o := r.ledger.find(c.ID)
	if o == nil {
		return errUnknown
	}
	next := shown{Kind: showsRun, ID: c.ID, since: r.now()}
	for _, m := range o.makers {
		if p := r.pictures.get(m.token); p != nil {
			next.Token, next.Step = m.token, p.begins()
			break
		}
		if next.Token == "" && m.seat.call(wire.Call{Show: m.token}) {
			next.Token = m.token
			r.pictures.want(m.token, r.now())
		}
	}
	r.shown = next
	return nil
}

func (r *Room) showRow(c command) error {
	p := r.pictures.get(r.shown.Token)
	if r.shown.Kind != showsRun || p == nil || c.Row < 0 || c.Row >= len(p.Rows) {
		return errUnknown
	}
	r.shown.Step = c.Row
	return nil
}

// follow is what learners who follow see: the run on the wall, at its step.
func (r *Room) follow() wire.Follow {
	p := r.pictures.get(r.shown.Token)
	if r.shown.Kind != showsRun || p == nil {
		return wire.Follow{}
	}
	f := wire.Follow{Token: p.Token}
	for _, row := range p.Rows[:r.shown.Step+1] {
		if row.Step > 0 {
			f.Step = row.Step
		}
	}
	return f
}

// mostPictures is how many pictures are kept, and mostWanted how many are waited for.
const (
	mostPictures = 20
	mostWanted   = 20
	wantedFor    = 30 * time.Second
)

// pictures are those of the runs that were shown, and the tokens of those that are wanted.
type pictures struct {
	list   []*picture // the one that was shown last at the end
	wanted map[string]time.Time
}

// picture is a picture under a name of its own, which nobody can guess.
type picture struct {
	wire.Picture
	name string
}

// begins is the row that the picture opens at: its first step.
func (p *picture) begins() int {
	return max(0, slices.IndexFunc(p.Rows, func(row wire.PictureRow) bool { return row.Step > 0 }))
}

func (ps *pictures) get(token string) *picture {
	i := slices.IndexFunc(ps.list, func(p *picture) bool { return p.Token == token })
	if token == "" || i < 0 {
		return nil
	}
	p := ps.list[i]
	ps.list = append(slices.Delete(ps.list, i, i+1), p)
	return p
}

func (ps *pictures) want(token string, now time.Time) {
	if ps.wanted == nil {
		ps.wanted = map[string]time.Time{}
	}
	for other, since := range ps.wanted {
		if now.Sub(since) > wantedFor || len(ps.wanted) >= mostWanted {
			delete(ps.wanted, other)
		}
	}
	ps.wanted[token] = now
}

// put keeps a picture, if it is wanted.
func (ps *pictures) put(p wire.Picture) bool {
	if _, wanted := ps.wanted[p.Token]; !wanted {
		return false
	}
	delete(ps.wanted, p.Token)
	ps.list = append(ps.list, &picture{p, NewSecret()})
	ps.list = ps.list[max(0, len(ps.list)-mostPictures):]
	return true
}

// named is the picture with that name, nil if there is none.
func (ps *pictures) named(name string) *picture {
	for _, p := range ps.list {
		if p.name == name {
			return p
		}
	}
	return nil
}

// draw takes the picture of a run that a seat has told of.
func (r *Room) draw(s *seat, p wire.Picture) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !s.drawings.take(r.now(), picturesAtOnce, picturesPerSecond) || !r.ledger.made(s, p.Token) || !r.pictures.put(p) {
		return false
	}
	if r.shown.Token == p.Token {
		r.shown.Step = r.pictures.get(p.Token).begins()
	}
	r.touch()
	return true
}

// made reports whether a seat has told of the run of that token.
func (l *ledger) made(s *seat, token string) bool {
	for _, c := range l.cells {
		for _, o := range c.orders {
			if slices.Contains(o.makers, maker{token, s}) {
				return true
			}
		}
	}
	return false
}
