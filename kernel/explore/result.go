package explore

import (
	"cmp"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"threading101/kernel/explore/wire"
	"threading101/kernel/model"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// result makes one result of all that was found.
func (e *explorer) result() *model.Result {
	m := merge(e.full, e.rest, e.spec.Values)
	r := &model.Result{
		Runs: m.counted, Clock: e.spec.Clock.String(), Values: e.spec.Values, Omitted: m.omitted,
		Stopped: e.stopped, Ledger: e.spec.Run.Gaps(), Notes: e.notes(), Uncontrolled: e.spec.Run.Uncontrolled, Fixed: e.fixed(),
		Called: e.called(),
	}
	strays := m.strays
	if len(strays) > 0 {
		m = merge(nil, append(e.full, e.rest...), e.spec.Values)
		e.full = nil
	}
	switch r.Level = model.Sampled; {
	case e.full != nil:
		r.Level, r.Classes, r.Interleavings = model.Exhaustive, m.classes, m.interleavings()
		if r.Endless = met(e.full, wire.NotePutAside); r.Endless {
			m.uncount()
			r.Interleavings = nil
		}
		r.Ticks = ticks(e.full)
	case m.bound >= 0:
		r.Level, r.Preemptions = model.Bounded, m.bound
	}
	if r.Stopped == "" && e.full == nil && e.violated(e.rest) {
		r.Stopped = words.SearchViolated
	}
	e.name(m, r)
	e.blame(r, m, strays)
	r.Elapsed = time.Since(e.began)
	return r
}

// blame says why a search that tried everything had not met all that others came to,
// the strays of its outcomes. A run that ends so each time that it is made, with
// nothing left to chance and nothing unseen, shows that the fault is ours.
func (e *explorer) blame(r *model.Result, m *merged, strays []string) {
	r.Fault = e.fault
	for _, key := range strays {
		if s := m.at[key]; r.Fault == nil && s.Token != "" && len(e.spec.Run.Uncontrolled) == 0 {
			r.Fault = &model.Fault{Status: s.Status, Value: s.Value, Token: s.Token}
		}
	}
	switch {
	case r.Fault != nil && len(r.Ledger)+len(r.Uncontrolled) > 0:
		r.Notes = append(r.Notes, words.SearchUnseen(string(r.Fault.Status), r.Fault.Value, r.Fault.Token))
	case r.Fault != nil && len(e.races()) > 0:
		r.Notes = append(r.Notes, words.SearchRaced(string(r.Fault.Status), r.Fault.Value, r.Fault.Token))
	case r.Fault != nil:
		r.Notes = append(r.Notes, words.SearchFault(string(r.Fault.Status), r.Fault.Value, r.Fault.Token))
	case len(strays) > 0:
		r.Notes = append(r.Notes, words.SearchContradiction)
	}
}

// ticks is the bound, if there is one, within which all schedules were tried: no
// ticker ticks more often than that. 0 if there is none.
func ticks(all []report) (most int) {
	for _, r := range all {
		for _, n := range r.notes {
			if n.Kind == wire.NoteTicks {
				most, _ = strconv.Atoi(n.Text) // of our own making
			}
		}
	}
	return most
}

// met says whether a search told such a note.
func met(all []report, kind wire.Kind) bool {
	return slices.ContainsFunc(all, func(r report) bool {
		return slices.ContainsFunc(r.notes, func(n wire.Note) bool { return n.Kind == kind })
	})
}

// notes says once each what the searches met.
func (e *explorer) notes() []string {
	var all []string
	add := func(text string) {
		if text != "" && !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	if len(e.spec.Run.Uncontrolled) > 0 {
		add(words.UncontrolledInside(e.spec.Run.Uncontrolled))
	}
	for i, r := range slices.Concat(e.full, e.rest) {
		tried := e.full != nil && i >= len(e.full) // by another search: everything, also what this one had no time for
		if r.died != e.stopped {
			add(r.died)
		}
		if r.slow && !tried {
			add(words.SearchSlow)
		}
		for _, n := range r.notes {
			if !tried || n.Kind != wire.NoteWork {
				add(e.note(n))
			}
		}
	}
	for _, site := range e.inLibraries() {
		add(words.SearchInside(words.Plain(e.spec.Run.Sites[site].Object, 32), e.place(site)))
	}
	return all
}

// note says one thing that a search met, "" if it is for us alone.
func (e *explorer) note(n wire.Note) string {
	switch n.Kind {
	case wire.NoteUnrepeatable, wire.NoteWatched, wire.NotePutAside, wire.NoteCalled:
		return ""
	case wire.NoteMany:
		return e.manyNote()
	}
	return words.SearchNote(n.Kind, n.Text, e.place(n.Site))
}

// fixed is what was the same in all runs, and might be otherwise.
func (e *explorer) fixed() (all []string) {
	for _, r := range slices.Concat(e.full, e.rest) {
		for _, n := range r.notes {
			if text := words.SearchFixed(n.Kind); text != "" && !slices.Contains(all, text) {
				all = append(all, text)
			}
		}
	}
	if len(e.inLibraries()) > 0 {
		all = append(all, words.SearchOneStep)
	}
	return all
}

// inLibraries are the sites of races in which a library makes at least one of the
// accesses: what it does there is one step to a search, and in Go it is not.
func (e *explorer) inLibraries() (sites []uint32) {
	for _, r := range slices.Concat(e.full, e.rest) {
		for _, race := range r.races {
			for _, site := range []uint32{race.A, race.B} {
				if e.inside(site) && !slices.Contains(sites, site) {
					sites = append(sites, site)
				}
			}
		}
	}
	slices.Sort(sites)
	return sites
}

// inside says whether a library makes the access at a site.
func (e *explorer) inside(site uint32) bool {
	return int(site) < len(e.spec.Run.Sites) && e.spec.Run.Sites[site].Inside
}

// manyNote says what was done about too many goroutines.
func (e *explorer) manyNote() string {
	if tellAll(e.spec.Properties) {
		return words.SearchManySeeds
	}
	return words.SearchMany
}

// place names the place of a site, "" if there is none.
func (e *explorer) place(site uint32) string {
	p := e.position(site)
	if p.Line == 0 {
		return ""
	}
	return words.Place(p, filepath.Base(p.File))
}

// position is the place of a site for the learner.
func (e *explorer) position(site uint32) model.Pos {
	program := &e.spec.Run
	if site == 0 || int(site) >= len(program.Sites) {
		return model.Pos{}
	}
	s := program.Sites[site]
	if program.Locate == nil {
		return model.Pos{File: s.File, Line: s.Line}
	}
	return program.Locate(s.File, s.Line, s.Col)
}

// between is a race with its places in the order of the source.
func (e *explorer) between(r *wire.Race) model.FoundRace {
	a, b := e.position(r.A), e.position(r.B)
	if order(b, a) < 0 {
		a, b = b, a
	}
	return model.FoundRace{A: a, B: b, Object: e.object(r)}
}

// object is what a race is about: what it is called where it is accessed.
func (e *explorer) object(r *wire.Race) string {
	name := r.Object
	for _, site := range []uint32{r.A, r.B} {
		if sites := e.spec.Run.Sites; name == "" && int(site) < len(sites) {
			name = sites[site].Object
		}
	}
	return name
}

func order(a, b model.Pos) int {
	return cmp.Or(cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
}

// races lists each race of all searches once, with a run that has it.
func (e *explorer) races() (all []raceOf) {
	known := map[model.FoundRace]int{}
	for _, r := range slices.Concat(e.full, e.rest) {
		for i := range r.races {
			one := e.between(&r.races[i])
			at, again := known[one]
			switch schedule := r.races[i].Schedule; {
			case !again:
				known[one] = len(all)
				all = append(all, raceOf{one, schedule})
			case len(schedule) < len(all[at].schedule):
				all[at].schedule = schedule
			}
		}
	}
	slices.SortFunc(all, func(x, y raceOf) int {
		return cmp.Or(order(x.A, y.A), order(x.B, y.B), cmp.Compare(x.Object, y.Object))
	})
	return all[:min(len(all), mostRaces)]
}

// mostRaces is how many races a result has.
const mostRaces = 100

type raceOf struct {
	model.FoundRace
	schedule []sched.Switch
}
