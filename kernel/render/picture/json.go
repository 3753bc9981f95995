package picture

import (
	"slices"
	"strings"
	"unicode/utf8"

	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// Run is a run as data, for other programs: schema 1.
//
// Fields are only ever added. Times are in nanoseconds; those of a controlled run
// are virtual, none was measured. A step number is the
// one that the picture shows; several events can belong to one step (a lock
// that was wanted and got without waiting; a send over a channel without a buffer
// and its receive, in a controlled run), and an event that the picture
// leaves out, such as a goroutine's private memory, has none.
type Run struct {
	Schema       int              `json:"schema"`
	Mode         string           `json:"mode"`  // controlled, real, race
	Seed         *uint64          `json:"seed"`  // null unless controlled
	Token        *string          `json:"token"` // null unless controlled
	Clock        string           `json:"clock"` // virtual, free, wall
	Status       string           `json:"status"`
	Reason       string           `json:"reason,omitempty"`    // one line: the panic's value, the limit's name
	ExitCode     int              `json:"exit_code,omitempty"` //
	Procs        int              `json:"procs,omitempty"`     // GOMAXPROCS
	Steps        int              `json:"steps"`               // how many steps there were
	Goroutines   []RunGoroutine   `json:"goroutines"`
	MoreRoutines int              `json:"goroutines_omitted,omitempty"` // counted, not listed
	Events       []RunEvent       `json:"events"`
	Omitted      int              `json:"events_omitted,omitempty"` // known, but left out of this list
	OmittedAt    int              `json:"events_omitted_at,omitempty"`
	Dropped      uint64           `json:"dropped"`                // happened, but were not kept by the recorder
	DroppedAt    int              `json:"dropped_at,omitempty"`   // index in events before which they lie
	Waits        []RunWait        `json:"waits,omitempty"`        // who waited for whom when the run ended: of a deadlock or a leak
	Transactions []RunTransaction `json:"transactions,omitempty"` // of databases, in a controlled run
	Races        []RunRace        `json:"races"`
	RacesPartial bool             `json:"races_partial,omitempty"` // of a controlled run: not all accesses were compared
	Stdout       string           `json:"stdout"`
	MoreStdout   int              `json:"stdout_omitted,omitempty"` // bytes left out at its end
	Uncontrolled []string         `json:"uncontrolled"`
	Explanation  []string         `json:"explanation"`
	Plain        bool             `json:"plain,omitempty"` // races, waits, stale writes and explanation are withheld
}

// RunGoroutine is a goroutine of a run.
type RunGoroutine struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	CreatedBy string `json:"created_by,omitempty"`
	place
	End       string `json:"end"` // returned, cut-off, blocked, panicked, exited
	BlockedOn string `json:"blocked_on,omitempty"`
}

// RunEvent is an event of a run.
type RunEvent struct {
	Step      int    `json:"step,omitempty"`
	Goroutine string `json:"goroutine"`
	Op        string `json:"op"`
	Object    string `json:"object,omitempty"`
	place
	T       int64  `json:"t"`
	Partner string `json:"partner,omitempty"`
	Value   string `json:"value,omitempty"`
	Stale   bool   `json:"stale,omitempty"` // a write that lost another's update

	// Of statements, as far as the database has said.
	Sees  int      `json:"sees,omitempty"`  // in a transaction: it sees what was committed before that step
	Wants string   `json:"wants,omitempty"` // what it waits for: a row by table and key, "account 1", or a table, or SQLite's file
	Rows  []RunRow `json:"rows,omitempty"`  // what is locked or free from now on
}

// RunRow is a row of a database, or a table, that is locked or freed.
type RunRow struct {
	Row       string `json:"row"`
	Goroutine string `json:"goroutine"` // whose transaction has it locked, or had
	Freed     bool   `json:"freed,omitempty"`
}

// RunTransaction is a transaction of a database.
type RunTransaction struct {
	Goroutine string `json:"goroutine"`
	Begin     int    `json:"begin,omitempty"` // step
	End       int    `json:"end,omitempty"`   // absent where the run ended before
	How       string `json:"how,omitempty"`   // commits, undoes, refused
}

// RunWait is a goroutine that waited for something when the run ended.
type RunWait struct {
	Goroutine string   `json:"goroutine"`
	Object    string   `json:"object,omitempty"`
	HeldBy    []string `json:"held_by,omitempty"` // of a lock
	place
	Circle bool `json:"circle,omitempty"` // it is one of those that wait in a circle
}

// RunRace is a data race.
type RunRace struct {
	Object string    `json:"object,omitempty"`
	A      RunAccess `json:"a"`
	B      RunAccess `json:"b"`
}

// RunAccess is one side of a data race.
type RunAccess struct {
	Goroutine string `json:"goroutine,omitempty"`
	Write     bool   `json:"write"`
	place
	Step int `json:"step,omitempty"`
}

// place is where in the source; cell is absent outside notebooks.
type place struct {
	Cell int    `json:"cell,omitempty"`
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"`
}

// mostGoroutines and mostStdout bound what a bundle carries.
const (
	mostGoroutines = 1000
	mostStdout     = 100_000
	mostValue      = 1000
)

// bundleEvents is how many events a bundle holds as data, first and last ones.
const bundleEvents = 2000

// json is the run as data, as much of it as a notebook should carry.
func (p *Picture) json(ink.Paper) []byte {
	r := newRun(p.Execution, bundleEvents)
	if r.Plain = p.Bare; r.Plain {
		r.Waits = nil
	}
	return ink.Marshal(r)
}

// JSON returns a run as data, whole, ready for encoding/json; nil without a run.
func JSON(ex *model.Execution) *Run {
	if ex == nil {
		return nil
	}
	return newRun(ex, 0)
}

// newRun makes the data of a run with at most so many events, half of them the
// first, half of them the last; 0 means all of everything.
func newRun(ex *model.Execution, most int) *Run {
	w := runWriter{ex: ex, steps: trace.Steps(ex)}
	r := &Run{
		Schema: 1, Mode: string(ex.Mode), Clock: ex.Clock, Status: string(ex.Status), Reason: words.Reason(ex),
		ExitCode: ex.ExitCode, Procs: ex.Procs, Dropped: ex.Dropped, Races: []RunRace{}, RacesPartial: ex.RacesPartial,
		Stdout: ex.Stdout, Uncontrolled: append([]string{}, words.Uncontrolled(ex)...), Explanation: append([]string{}, ex.Explanation...),
	}
	if r.Clock == "" {
		r.Clock = "wall"
	}
	if ex.Mode == model.Controlled {
		r.Seed, r.Token = &ex.Seed, &ex.Token
	}
	if n := len(w.steps.List); n > 0 {
		r.Steps = w.steps.List[n-1].N
	}
	w.goroutines(r, most)
	w.waits(r, most)
	w.events(r, most)
	w.transactions(r, most)
	for _, race := range ex.Races {
		r.Races = append(r.Races, RunRace{race.Object, w.access(race.A), w.access(race.B)})
	}
	if most > 0 && len(r.Stdout) > mostStdout {
		r.MoreStdout = len(r.Stdout) - mostStdout
		r.Stdout = strings.ToValidUTF8(r.Stdout[:mostStdout], "")
	}
	return r
}

type runWriter struct {
	ex    *model.Execution
	steps model.Steps
}

func (w *runWriter) goroutines(r *Run, most int) {
	all := w.ex.Goroutines
	if most > 0 && len(all) > mostGoroutines {
		r.MoreRoutines = len(all) - mostGoroutines
		all = all[:mostGoroutines]
	}
	r.Goroutines = make([]RunGoroutine, len(all))
	for i := range all {
		g := &all[i]
		r.Goroutines[i] = RunGoroutine{ID: g.ID, Name: g.Name, CreatedBy: w.id(g.Creator), place: at(g.Pos), End: string(g.End)}
		if g.End == model.WasBlocked {
			r.Goroutines[i].BlockedOn = w.object(g.BlockedOn)
		}
	}
}

func (w *runWriter) waits(r *Run, most int) {
	if w.ex.Status != model.Deadlock && w.ex.Status != model.Leak {
		return
	}
	all := slices.DeleteFunc(trace.Waits(w.ex), func(a model.Wait) bool { return w.ex.Goroutines[a.G].End != model.WasBlocked })
	circle := trace.Circle(all)
	for i, a := range all {
		if most > 0 && i == mostGoroutines {
			return
		}
		out := RunWait{Goroutine: w.id(a.G), Object: w.object(a.Object), place: at(w.ex.Events[a.Event].Pos), Circle: slices.Contains(circle, i)}
		for _, h := range a.For {
			out.HeldBy = append(out.HeldBy, w.id(h.G))
		}
		r.Waits = append(r.Waits, out)
	}
}

func (w *runWriter) events(r *Run, most int) {
	n := len(w.ex.Events)
	from, to := n, n // what is left out
	if most > 0 && n > most {
		from, to = most/2, n-most/2
		r.Omitted, r.OmittedAt = to-from, from
	}
	r.Events = make([]RunEvent, 0, n-(to-from))
	for i := range n {
		if w.ex.Dropped > 0 && i == w.ex.DroppedAt {
			r.DroppedAt = len(r.Events)
		}
		if i < from || i >= to {
			r.Events = append(r.Events, w.event(i, most > 0))
		}
	}
}

func (w *runWriter) transactions(r *Run, most int) {
	for i, t := range w.ex.Transactions {
		if most > 0 && i == mostGoroutines {
			return
		}
		r.Transactions = append(r.Transactions, RunTransaction{w.id(t.G), w.step(t.First), w.step(t.Last), string(t.How)})
	}
}

func (w *runWriter) event(i int, short bool) RunEvent {
	e := &w.ex.Events[i]
	out := RunEvent{
		Goroutine: w.id(e.G), Op: e.Op.String(), Object: w.object(e.Object), place: at(e.Pos),
		T: e.T, Partner: w.id(e.Partner), Value: e.Value, Stale: e.Stale, Step: w.step(i),
	}
	if e.Sees > 0 {
		out.Sees = w.step(e.Seen())
	}
	if e.Wants > 0 {
		out.Wants = w.object(e.Wanted())
	}
	for _, l := range e.Rows {
		out.Rows = append(out.Rows, RunRow{w.object(l.Object), w.id(l.G), l.Frees})
	}
	if short && len(out.Value) > mostValue {
		out.Value = strings.ToValidUTF8(out.Value[:mostValue], string(utf8.RuneError)) + "…"
	}
	return out
}

func (w *runWriter) step(event int) int {
	if event < 0 || event >= len(w.steps.Of) || w.steps.Of[event] < 0 {
		return 0
	}
	return w.steps.List[w.steps.Of[event]].N
}

func (w *runWriter) access(a model.Access) RunAccess {
	return RunAccess{Goroutine: a.Goroutine, Write: a.Write, place: at(a.Pos), Step: w.step(a.Event)}
}

func (w *runWriter) id(g int) string {
	if g < 0 || g >= len(w.ex.Goroutines) {
		return ""
	}
	return w.ex.Goroutines[g].ID
}

func (w *runWriter) object(i int) string {
	if i < 0 || i >= len(w.ex.Objects) {
		return ""
	}
	return w.ex.Objects[i].Name
}

func at(p model.Pos) place {
	if p.Cell > 0 {
		return place{Cell: p.Cell, Line: p.Line}
	}
	return place{File: ink.FileName(p.File), Line: p.Line}
}
