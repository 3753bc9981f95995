package explore

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/explore/wire"
	"threading101/kernel/model"
	"threading101/kernel/sched"
)

// snapshot is what one process has said so far: it says all again from time to time,
// and at its end.
type snapshot struct {
	progress wire.Progress
	outcomes []found // in the order in which they were first told
	classes  []class
	races    []wire.Race
	levels   []wire.Level // that were completed
	notes    []wire.Note
	end      wire.Reason // why the search ended
	bad      int         // lines that make no sense
	past     bool        // something was printed past the search: it has not tried all orders

	outcomeAt map[string]int
	raceAt    map[place]int
}

// place is what makes a race another one.
type place struct {
	a, b   uint32
	object string
}

// found is one way to end.
type found struct {
	id                    string
	status                model.Status
	value, stderr         string // what was printed
	values                []string
	marks                 []string // sorted
	classes, runs, probes int
	interleavings         *big.Int // nil if not counted
	switches, preemptions int
	schedule              []sched.Switch // of its shortest run
	token                 string         // of that run, if it was one by seed
}

// class is one execution that stands for all that differ in order only.
type class struct {
	outcome       string // its id
	interleavings *big.Int
	schedule      []sched.Switch
}

// How much of one process is kept, whatever it says.
const (
	keptOutcomes = 10_000
	keptClasses  = 200
	keptRaces    = 10_000
	keptNotes    = 1_000
)

func newSnapshot() *snapshot {
	return &snapshot{outcomeAt: map[string]int{}, raceAt: map[place]int{}}
}

// hear takes one line, without its end. One that makes no sense is counted.
func (s *snapshot) hear(line string) {
	m, ok := wire.Parse(line)
	if !ok || !s.take(m) {
		s.bad++
	}
}

// take says whether a message fits what was said before.
func (s *snapshot) take(m wire.Message) bool {
	switch m := m.(type) {
	case wire.Progress:
		s.progress = m
	case wire.Outcome:
		return s.takeOutcome(&m)
	case wire.Probes:
		return s.takeProbes(m)
	case wire.Class:
		s.takeClass(m)
	case wire.Race:
		s.races = put(s.races, s.raceAt, place{m.A, m.B, m.Object}, m, keptRaces)
	case wire.Level:
		s.levels = add(s.levels, m, len(s.levels)+1)
	case wire.Note:
		s.notes = add(s.notes, m, keptNotes)
	case wire.End:
		s.end = m.Why
	}
	return true
}

func (s *snapshot) takeOutcome(m *wire.Outcome) bool {
	status := model.Status(m.Status)
	switch status {
	case model.OK, model.Panicked, model.Deadlock, model.Leak, model.CutOff, model.Exited, model.Limit, model.Interrupted:
	default:
		return false
	}
	o := found{
		id: strconv.Itoa(m.ID), status: status, value: m.Value, stderr: m.Stderr,
		values: split(m.Values, wire.ValueSeparator), marks: split(m.Marks, wire.MarkSeparator),
		classes: m.Classes, runs: m.Runs, interleavings: counted(m.Interleavings),
		switches: m.Switches, preemptions: m.Preemptions, schedule: m.Schedule,
	}
	slices.Sort(o.marks)
	o.marks = slices.Compact(o.marks)
	s.outcomes = put(s.outcomes, s.outcomeAt, o.id, o, keptOutcomes)
	return true
}

func (s *snapshot) takeProbes(m wire.Probes) bool {
	at, known := s.outcomeAt[strconv.Itoa(m.Outcome)]
	if known {
		s.outcomes[at].probes = m.Runs
	}
	return known
}

// takeClass takes a class. Those that count are the last that were told.
func (s *snapshot) takeClass(m wire.Class) {
	c := class{outcome: strconv.Itoa(m.Outcome), interleavings: counted(m.Interleavings), schedule: m.Schedule}
	same := func(other class) bool { return slices.Equal(other.schedule, c.schedule) }
	if again := slices.IndexFunc(s.classes, same); again >= 0 {
		s.classes = slices.Delete(s.classes, again, again+1)
	} else if len(s.classes) == keptClasses {
		s.classes = slices.Delete(s.classes, 0, 1)
	}
	s.classes = append(s.classes, c)
}

func split(text, separator string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, separator)
}

// counted is a number of interleavings, nil if there is none.
func counted(digits string) *big.Int {
	n, ok := new(big.Int).SetString(digits, 10)
	if !ok {
		return nil
	}
	return n
}

// add adds what is new, if there is room for it.
func add[T comparable](all []T, one T, most int) []T {
	if slices.Contains(all, one) || len(all) >= most {
		return all
	}
	return append(all, one)
}

// put replaces what has the key, or adds it.
func put[K comparable, T any](all []T, at map[K]int, key K, one T, most int) []T {
	if i, known := at[key]; known {
		all[i] = one
		return all
	}
	if len(all) >= most {
		return all
	}
	at[key] = len(all)
	return append(all, one)
}

// completed says whether all schedules that are the search's were tried.
func (s *snapshot) completed() bool {
	return !s.past && slices.ContainsFunc(s.levels, func(l wire.Level) bool { return l.Name == sched.SearchDPOR })
}

// bound is K where all schedules with at most K preemptions were tried, -1 where
// not even those without any were.
func (s *snapshot) bound() int {
	most := -1
	for _, l := range s.levels {
		if l.Name == sched.SearchBound && !s.past {
			most = max(most, l.K)
		}
	}
	return most
}

// clone is a copy that stays as it is while s hears more.
func (s *snapshot) clone() *snapshot {
	c := *s
	c.outcomes, c.classes, c.races = slices.Clone(s.outcomes), slices.Clone(s.classes), slices.Clone(s.races)
	c.levels, c.notes = slices.Clone(s.levels), slices.Clone(s.notes)
	c.outcomeAt, c.raceAt = nil, nil
	return &c
}
