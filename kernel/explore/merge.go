package explore

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/sched"
)

// mostOutcomes is how many outcomes a result keeps.
const mostOutcomes = 1000

// merged is what several processes found, as one.
type merged struct {
	outcomes []*sum // in order
	omitted  int
	runs     int      // made, also those that count for no outcome: of a search that began anew, or again with fewer preemptions
	counted  int      // those that do
	classes  int      // of the complete search
	bound    int      // all schedules with up to so many preemptions were tried; -1 if not
	strays   []string // the keys of outcomes that the complete search has not
	at       map[string]*sum
	values   []string
}

// sum is one outcome, of all processes.
type sum struct {
	model.Outcome
	key         string
	preemptions int
	schedule    []sched.Switch
	seeded      string // the token of its run, if a seed decided that and no schedule
	probes      int    // its runs made at random between those of a search that tries everything
	counted     bool   // the complete search has it
	uncounted   bool   // somewhere its interleavings were not counted
	valued      bool   // it is known by values, not by what was printed
}

// merge puts together what was found. The reports of full are those of a search
// that tried everything; the counts are theirs alone. rest is all others.
func merge(full, rest []report, values []string) *merged {
	m := &merged{bound: -1, at: map[string]*sum{}, values: values}
	for _, r := range full {
		m.classes += r.progress.Classes
		m.add(r, true)
	}
	for _, r := range rest {
		m.add(r, false)
	}
	for _, s := range m.outcomes {
		s.Proven = s.preemptions <= m.bound+1
		if len(full) > 0 && !s.counted && s.Runs+s.probes > 0 && s.Status != model.Limit {
			m.strays = append(m.strays, s.key)
		}
	}
	m.sort(len(full) > 0)
	if len(m.outcomes) > mostOutcomes {
		m.omitted = len(m.outcomes) - mostOutcomes
		m.outcomes = m.outcomes[:mostOutcomes]
	}
	return m
}

// any says whether an outcome is so, those that the result leaves out too.
func (m *merged) any(so func(*sum) bool) bool {
	for _, s := range m.at {
		if so(s) {
			return true
		}
	}
	return false
}

func (m *merged) add(r report, counts bool) {
	m.runs += r.progress.Runs
	m.bound = max(m.bound, r.bound())
	for i := range r.outcomes {
		if f := &r.outcomes[i]; f.runs+f.probes > 0 || !counts { // void: of a search that began anew, and did not meet it again
			m.addOutcome(f, counts)
		}
	}
}

func (m *merged) addOutcome(f *found, counts bool) {
	key := m.key(f)
	s := m.at[key]
	if s == nil {
		s = &sum{key: key, Outcome: model.Outcome{Status: f.status, Value: m.value(f), Stderr: f.stderr, Values: f.values, Marks: f.marks}, valued: len(m.values) > 0}
		s.take(f)
		m.at[key] = s
		m.outcomes = append(m.outcomes, s)
	} else if f.shorter(s) {
		s.take(f)
	}
	if s.probes += f.probes; !counts {
		s.Runs += f.runs + f.probes
		m.counted += f.runs + f.probes
		return
	}
	s.Runs += f.runs
	m.counted += f.runs
	if f.runs == 0 {
		return // met at random only
	}
	s.counted = true
	s.Classes += f.classes
	s.count(f.interleavings)
}

// key is what makes an outcome another one.
func (m *merged) key(f *found) string {
	return strings.Join([]string{string(f.status), m.value(f), f.stderr, strings.Join(f.values, "\x00"), strings.Join(f.marks, "\x00")}, "\x01")
}

// take makes f's run the one that s is shown by.
func (s *sum) take(f *found) {
	s.preemptions, s.Switches, s.schedule, s.seeded = f.preemptions, f.switches, f.schedule, f.token
	s.Preempted = f.preemptions > 0
}

// shorter says whether f's run is easier to follow than that of s.
func (f *found) shorter(s *sum) bool {
	return cmp.Or(cmp.Compare(f.preemptions, s.preemptions), cmp.Compare(f.switches, s.Switches), cmp.Compare(len(f.schedule), len(s.schedule))) < 0
}

func (s *sum) count(n *big.Int) {
	switch {
	case s.uncounted:
	case n == nil:
		s.uncounted, s.Interleavings = true, nil
	case s.Interleavings == nil:
		s.Interleavings = n
	default:
		s.Interleavings = new(big.Int).Add(s.Interleavings, n)
	}
}

// value is what an outcome is known by: what the program printed, or the values
// that were asked for, if it got as far as that.
func (m *merged) value(f *found) string {
	if len(m.values) == 0 {
		return f.value
	}
	var all []string
	for i, v := range f.values {
		if i < len(m.values) {
			all = append(all, m.values[i]+" = "+v)
		}
	}
	return strings.Join(all, ", ")
}

// sort puts the outcomes of most interleavings first, or, of an incomplete
// search, those of most runs; and else in an order that is always the same.
func (m *merged) sort(complete bool) {
	slices.SortStableFunc(m.outcomes, func(a, b *sum) int {
		order := cmp.Compare(b.Runs, a.Runs)
		if complete {
			order = cmp.Or(compareBig(b.Interleavings, a.Interleavings), cmp.Compare(b.Classes, a.Classes))
		}
		return cmp.Or(order, cmp.Compare(a.Status, b.Status), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Stderr, b.Stderr), slices.Compare(a.Marks, b.Marks))
	})
}

// compareBig puts what was not counted before any number.
func compareBig(a, b *big.Int) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return a.Cmp(b)
}

// list is the outcomes without what only this package knows.
func (m *merged) list() []model.Outcome {
	all := make([]model.Outcome, len(m.outcomes))
	for i, s := range m.outcomes {
		all[i] = s.Outcome
	}
	return all
}

// dropUnread takes out the ways to end of which nobody knows what they print: it goes
// past the search, and there was no time to make the run again.
func (m *merged) dropUnread() {
	m.outcomes = slices.DeleteFunc(m.outcomes, func(s *sum) bool { return s.Token == "" && !s.valued })
}

// interleavings is how many there are in all, nil if they were not counted.
func (m *merged) interleavings() *big.Int {
	total := new(big.Int)
	for _, s := range m.outcomes {
		if s.counted && s.Interleavings == nil || m.omitted > 0 {
			return nil
		}
		if s.counted {
			total.Add(total, s.Interleavings)
		}
	}
	return total
}

// uncount forgets how many interleavings there are: of some outcomes endlessly many.
func (m *merged) uncount() {
	for _, s := range m.outcomes {
		s.Interleavings = nil
	}
}

// parallel is the classes of the complete search, with the index of their outcome.
func (m *merged) parallel(full []report) (all []classOf) {
	for _, r := range full {
		ends := map[string]int{}
		for i := range r.outcomes {
			ends[r.outcomes[i].id] = slices.Index(m.outcomes, m.at[m.key(&r.outcomes[i])])
		}
		for _, c := range r.classes[max(0, len(r.classes)-r.progress.Classes):] {
			if i, known := ends[c.outcome]; known && i >= 0 && len(all) < keptClasses {
				all = append(all, classOf{model.Class{Outcome: i, Interleavings: c.interleavings}, c.schedule})
			}
		}
	}
	return all
}

type classOf struct {
	model.Class
	schedule []sched.Switch
}
