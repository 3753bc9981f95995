package rtsql

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/rt"
	"threading101/kernel/rt/control"
)

// Who looks at a run is told what the database says of its transactions: when they begin
// and end, which state of the database a statement sees, and what is locked. It is asked
// after each statement, while nobody else may go on, so the answer is the same each time.
// A search, whose runs nobody looks at, asks nothing.

// world is what the database has said in this run.
var world struct {
	in    map[*conn]*transaction // those that are open
	count int                    // of them, so far
	held  map[hold]bool
	paths map[*connector]string // of files
	plain map[int64]bool        // numbers in rows that are not of several transactions
}

func init() {
	forget()
	rt.EachRun(forget)
}

// forget has the world be as it is when a run begins.
func forget() {
	world.in, world.count = map[*conn]*transaction{}, 0
	world.held, world.plain, world.paths = map[hold]bool{}, map[int64]bool{}, map[*connector]string{}
}

// transaction is an open one.
type transaction struct {
	name  string // tells it from others
	level string // how well it is isolated, as the database calls it
	seen  bool   // a statement in it has seen the data: the level is settled
}

// hold says that a goroutine's transaction has something locked.
type hold struct {
	g    uint32
	what string
}

// looked says whether somebody looks at the run.
func (s *statement) looked(c *control.Scheduler) bool { return !s.quiet && !c.Quiet && !c.Observed }

// tell records what the database says once the statement is over. let are the goroutines
// whose statements it has let go.
func (s *statement) tell(c *control.Scheduler, w *work, let []uint32, err error) {
	if !s.looked(c) {
		return
	}
	var facts []event.Fact
	for _, g := range let {
		facts = append(facts, event.Fact{Kind: event.LetsGo, G: g})
	}
	if n := w.conn.Load(); n != nil {
		facts = append(facts, s.transacts(n, w.g.ID, err)...)
	}
	rows := s.engine.locked(w)
	for _, f := range append(facts, changes(rows)...) {
		c.Record(w.g, event.Says, 0, s.site, 0, text(written(f)))
	}
}

// tellWaiting is tell for a statement that waits; it returns what is to be recorded.
func (s *statement) tellWaiting(c *control.Scheduler, w *work) (all []string) {
	if !s.looked(c) {
		return nil
	}
	rows := s.engine.locked(w)
	facts := changes(rows)
	if what := wanted(w, rows); what != "" {
		facts = append(facts, event.Fact{Kind: event.WaitsFor, G: w.g.ID, Text: what})
	}
	for _, f := range facts {
		all = append(all, written(f))
	}
	return all
}

// written is a fact as it is recorded.
func written(f event.Fact) string {
	return strings.TrimSpace(string(f.Kind) + " " + strconv.FormatUint(uint64(f.G), 10) + " " + f.Text)
}

// transacts says what the statement has done to the transaction of its session, and what it saw.
func (s *statement) transacts(n *conn, g uint32, err error) (all []event.Fact) {
	t, state := world.in[n], s.engine.state(n)
	say := func(kind event.FactKind) { all = append(all, event.Fact{Kind: kind, G: g, Text: t.name}) }
	if t == nil && state == inside {
		world.count++
		t = &transaction{name: strconv.Itoa(world.count)}
		world.in[n] = t
		say(event.Begins)
	}
	if t == nil {
		return nil
	}
	if state == inside && !t.seen {
		t.level = s.engine.level(n)
	}
	if s.sees() && (err == nil || refuses(err)) {
		if t.seen = true; keeps[t.level] {
			say(event.SeesFirst)
		} else {
			say(event.SeesNow)
		}
	}
	switch {
	case state == inside:
		return all
	case state == aborted || err != nil:
		say(event.IsRefused)
	case s.commits():
		say(event.Commits)
	default:
		say(event.RollsBack)
	}
	delete(world.in, n)
	return all
}

// keeps has the levels at which all statements of a transaction see what the first one saw.
var keeps = map[string]bool{"repeatable read": true, "serializable": true}

// state is how a session stands after a statement.
type state uint8

const (
	outside state = iota // of any transaction
	inside
	aborted // inside one of which nothing will remain
)

// verb is the first word of the statement.
func (s *statement) verb() string {
	first, _, _ := strings.Cut(strings.TrimLeft(strings.TrimSpace(s.text), "("), " ")
	return strings.ToUpper(strings.TrimRight(first, ";"))
}

// sees says whether the statement looks at the data.
func (s *statement) sees() bool {
	switch s.verb() {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "TABLE", "VALUES":
		return true
	}
	return false
}

func (s *statement) commits() bool { return s.verb() == "COMMIT" || s.verb() == "END" }

// refuses says whether the database has refused a statement because of others.
func refuses(err error) bool {
	var state interface{ SQLState() string }
	return errors.As(err, &state) && strings.HasPrefix(state.SQLState(), "40")
}

// changes says what is locked now and was not, or was and is not.
func changes(rows []locked) (all []event.Fact) {
	now := map[hold]bool{}
	for _, r := range rows {
		if !world.held[r.hold] && !now[r.hold] {
			all = append(all, event.Fact{Kind: event.Locks, G: r.g, Text: r.what})
		}
		now[r.hold] = true
	}
	for h := range world.held {
		if !now[h] {
			all = append(all, event.Fact{Kind: event.Frees, G: h.g, Text: h.what})
		}
	}
	world.held = now
	slices.SortFunc(all, func(a, b event.Fact) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.G, b.G), cmp.Compare(a.Text, b.Text))
	})
	return all
}
