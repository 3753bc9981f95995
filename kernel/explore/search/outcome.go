package search

import "threading101/kernel/sched"

// Ending is how a run ended.
type Ending struct {
	Status string
	Output []byte // what it printed to its standard output
	Errors []byte // and to its standard error
	Values string // of the expressions asked for, joined by wire.ValueSeparator; "" if it did not come to them
	Marks  string // joined by wire.MarkSeparator
}

// outcome is one way to end, and how often it was met.
type outcome struct {
	status, value, stderr, values, marks string

	classes, runs int
	probes        int // runs at random between those of a tree
	count         Count
	best          Schedule
	met           bool // there is a best: it may have no switches
	drawn         bool // the best was made at random
	news          bool // something changed since it was written
}

// wants says whether a run is a better one to show. Those of the tree are better
// than those made at random between them: what is shown of a search that tries
// everything does not depend on chance.
func (o *outcome) wants(run *Schedule, drawn bool) bool {
	if o.met && o.drawn != drawn {
		return o.drawn
	}
	return !o.met || run.shorter(&o.best)
}

// Schedule is what was decided in a run, but for "stay".
type Schedule struct {
	Switches    []sched.Switch
	Preemptions int // switches away from a goroutine that could have gone on
}

// shorter says whether s is easier to follow than other.
func (s *Schedule) shorter(other *Schedule) bool {
	if s.Preemptions != other.Preemptions {
		return s.Preemptions < other.Preemptions
	}
	return len(s.Switches) < len(other.Switches)
}

func (s *Schedule) set(other *Schedule) {
	s.Switches = append(s.Switches[:0], other.Switches...)
	s.Preemptions = other.Preemptions
}

// mostOutcomes is how many different outcomes are kept.
const mostOutcomes = 10_000

// outcomes are all that were met.
type outcomes struct {
	all     []*outcome
	byKey   map[string]int
	key     []byte
	omitted int
}

// find returns the number of the outcome, which may be new; -1 if there are too
// many.
func (t *outcomes) find(e *Ending) int {
	t.key = append(t.key[:0], e.Status...)
	t.key = append(append(t.key, 0), e.Marks...)
	t.key = append(append(t.key, 0), e.Values...)
	t.key = append(append(t.key, 0), e.Errors...)
	t.key = append(append(t.key, 0), e.Output...)
	if i, ok := t.byKey[string(t.key)]; ok {
		return i
	}
	if len(t.all) == mostOutcomes {
		t.omitted++
		return -1
	}
	if t.byKey == nil {
		t.byKey = map[string]int{}
	}
	t.byKey[string(t.key)] = len(t.all)
	t.all = append(t.all, &outcome{status: e.Status, value: string(e.Output), stderr: string(e.Errors), values: e.Values, marks: e.Marks})
	return len(t.all) - 1
}

// forget forgets how often, not what.
func (t *outcomes) forget() {
	for _, o := range t.all {
		o.classes, o.runs, o.probes, o.count, o.news = 0, 0, 0, Count{}, true
	}
}
