package explore

import (
	"bytes"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threading101/kernel/explore/wire"
	"threading101/kernel/sched"
)

// text is the snapshot as a program would tell it.
func (s *snapshot) text() string {
	var b []byte
	tell := func(m wire.Message) { b = m.Append(b) }
	if s.progress.Level.Name != "" {
		tell(s.progress)
	}
	for _, o := range s.outcomes {
		tell(wire.Outcome{
			ID: id(o.id), Status: string(o.status), Value: o.value, Stderr: o.stderr,
			Values: strings.Join(o.values, wire.ValueSeparator), Marks: strings.Join(o.marks, wire.MarkSeparator),
			Classes: o.classes, Runs: o.runs, Interleavings: bigText(o.interleavings), Switches: o.switches, Preemptions: o.preemptions, Schedule: o.schedule,
		})
	}
	for _, o := range s.outcomes {
		if o.probes > 0 {
			tell(wire.Probes{Outcome: id(o.id), Runs: o.probes})
		}
	}
	for _, c := range s.classes {
		tell(wire.Class{Outcome: id(c.outcome), Interleavings: bigText(c.interleavings), Schedule: c.schedule})
	}
	for _, r := range s.races {
		tell(r)
	}
	for _, l := range s.levels {
		tell(l)
	}
	for _, n := range s.notes {
		tell(n)
	}
	if s.end != 0 {
		tell(wire.End{Why: s.end})
	}
	return string(b)
}

// id is the number of an outcome, which has one.
func id(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return n
}

func bigText(n *big.Int) string {
	if n == nil {
		return "-"
	}
	return n.String()
}

func scheduleText(all []sched.Switch) string {
	if len(all) == 0 {
		return "-"
	}
	return sched.FormatSwitches(all)
}

// heard is what a reader makes of text.
func heard(text string) *snapshot {
	s := newSnapshot()
	for line := range strings.Lines(text) {
		if whole, ok := strings.CutSuffix(line, "\n"); ok {
			s.hear(whole)
		}
	}
	return s
}

var compareSnapshots = cmp.Options{
	cmp.AllowUnexported(snapshot{}, found{}, class{}, place{}),
	cmp.Comparer(func(a, b *big.Int) bool { return bigText(a) == bigText(b) }),
}

const told = "progress\t70\t34\t2\t1500000\tdpor\t0\n" +
	"outcome\t1\tok\t\"4\\n\"\t\"oops\\n\"\t\"total = 4\\x1fn = 1\"\tunjoined|race\t3\t9\t24\t2\t1\t12.3x15.2xp0.1\n" +
	"outcome\t2\tdeadlock\t\"\"\t\"\"\t\"\"\t-\t1\t1\t-\t0\t0\t-\n" +
	"probes\t1\t5\n" +
	"class\t1\t8\t12.3\n" +
	"race\t4\t7\t\"x\"\t-\n" +
	"level\tbound\t2\n" +
	"level\tdpor\t0\n" +
	"note\tfixed-random\t9\t\"rand.Intn\"\n" +
	"end\tdone\n"

// Each kind of line is read, and a later one replaces an earlier one.
func TestHear(t *testing.T) {
	s := heard(told + "outcome\t2\tdeadlock\t\"a\"\t\"\"\t\"\"\t-\t5\t6\t7\t0\t0\t-\n")
	if s.bad != 0 || len(s.outcomes) != 2 || !s.completed() || s.bound() != 2 || s.end != wire.EndDone || s.progress.Runs != 70 {
		t.Fatalf("%+v", s)
	}
	a, b := s.outcomes[0], s.outcomes[1]
	if a.value != "4\n" || a.stderr != "oops\n" || len(a.values) != 2 || a.values[1] != "n = 1" || a.interleavings.Int64() != 24 || len(a.schedule) != 3 || a.schedule[2].To != sched.Picked+1 {
		t.Errorf("%+v", a)
	}
	if strings.Join(a.marks, " ") != "race unjoined" {
		t.Errorf("marks are not in order: %q", a.marks)
	}
	if a.probes != 5 || b.probes != 0 {
		t.Errorf("%d and %d runs at random", a.probes, b.probes)
	}
	if b.classes != 5 || b.value != "a" || b.values != nil || b.marks != nil {
		t.Errorf("the first line counts: %+v", b)
	}
}

// What makes no sense is counted and changes nothing.
func TestHearNonsense(t *testing.T) {
	for _, line := range []string{
		"", "\t", "hello", "progress", "progress\t1\t2\t3\t-4\tdpor\t0", "progress\t1\t2\t3\t4\tdeep\t0", "progress\t1\t2\t3\t4\tbound",
		"outcome\t1\tfine\t\"\"\t\"\"\t\"\"\t-\t1\t1\t1\t0\t0\t-", "outcome\t1\tok\tx\t\"\"\t\"\"\t-\t1\t1\t1\t0\t0\t-",
		"outcome\t1\tok\t\"\"\t\"\"\t\"\"\t-\t1\t1\t+1\t0\t0\t-", "outcome\t1\tok\t\"\"\t\"\"\t\"\"\t-\t1\t1\t1\t0\t0\t12",
		"outcome\t1\tok\t\"\"\t\"\"\t\"\"\t-\t1\t1\t1\t0\t0\t-\tmore", "outcome\t1\tok\t\"\"\t\"\"\t\"\"\t-\t1\t1\t1\t0\t0\t1.1 seed=3",
		"probes\t1\t2", "class\t1\t1", "race\t-1\t2\t\"\"\t-", "level\tdeep\t0", "level\tdpor seed=1\t0", "level\tdpor", "note\tlimit", "note\tnews\t0\t\"\"", "end", "end\tnever",
	} {
		s := newSnapshot()
		s.hear(line)
		if s.bad != 1 {
			t.Errorf("%q is taken for good", line)
		}
		if diff := cmp.Diff(&snapshot{bad: 1}, s.clone(), compareSnapshots); diff != "" {
			t.Errorf("%q: %s", line, diff)
		}
	}
}

// Whatever a program says, it does not hurt; and what makes sense is the same
// when it is told again.
func FuzzHear(f *testing.F) {
	f.Add([]byte(told))
	f.Add([]byte(told[:len(told)/2]))
	f.Add([]byte("outcome\t\x00\n\n\tend"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s := newSnapshot()
		for line := range bytes.Lines(text) {
			s.hear(strings.TrimSuffix(string(line), "\n"))
		}
		again := heard(s.text())
		s.bad = 0
		if diff := cmp.Diff(s, again, compareSnapshots); diff != "" {
			t.Error(diff)
		}
	})
}

// Whatever a search notes, it has a sentence for the learner, or is known to need none.
func TestProtocolNotes(t *testing.T) {
	for _, kind := range wire.Kinds() {
		s := newSnapshot()
		s.hear(strings.TrimSuffix(string(wire.Note{Kind: kind, Site: 1}.Append(nil)), "\n"))
		e := &explorer{rest: []report{{snapshot: s}}}
		said := e.notes()
		switch kind {
		case wire.NoteUnrepeatable, wire.NoteWatched, wire.NotePutAside, wire.NoteCalled:
			if len(said) > 0 {
				t.Errorf("%s, which is told otherwise, is told as %q", kind, said)
			}
		default:
			if len(said) != 1 || !strings.Contains(said[0], " ") {
				t.Errorf("%s is told as %q", kind, said)
			}
		}
	}
}
