package explore

import (
	"bytes"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threading101/kernel/sched"
)

// text is the snapshot as a program would tell it.
func (s *snapshot) text() string {
	var b strings.Builder
	line := func(fields ...string) { b.WriteString(strings.Join(fields, "\t") + "\n") }
	p := s.progress
	if p.level.name != "" {
		line("progress", number(p.runs), number(p.classes), number(p.blocked), number(p.elapsed), p.level.name, number(p.level.k))
	}
	for _, o := range s.outcomes {
		marks := none
		if len(o.marks) > 0 {
			marks = strings.Join(o.marks, markSeparator)
		}
		line("outcome", o.id, string(o.status), strconv.Quote(o.value), strconv.Quote(o.stderr), strconv.Quote(strings.Join(o.values, valueSeparator)), marks,
			number(o.classes), number(o.runs), bigText(o.interleavings), number(o.switches), number(o.preemptions), scheduleText(o.schedule))
	}
	for _, o := range s.outcomes {
		if o.probes > 0 {
			line("probes", o.id, number(o.probes))
		}
	}
	for _, c := range s.classes {
		line("class", c.outcome, bigText(c.interleavings), scheduleText(c.schedule))
	}
	for _, r := range s.races {
		line("race", number(uint64(r.a)), number(uint64(r.b)), strconv.Quote(r.object), scheduleText(r.schedule))
	}
	for _, l := range s.levels {
		line("level", l.name, number(l.k))
	}
	for _, n := range s.notes {
		line("note", n.kind, number(uint64(n.site)), strconv.Quote(n.text))
	}
	if s.end != "" {
		line("end", s.end)
	}
	return b.String()
}

func number(n uint64) string { return strconv.FormatUint(n, 10) }

func bigText(n *big.Int) string {
	if n == nil {
		return none
	}
	return n.String()
}

func scheduleText(all []sched.Switch) string {
	if len(all) == 0 {
		return none
	}
	_, text, _ := strings.Cut(sched.Spec{Switches: all}.String(), "switches=")
	return text
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
	cmp.AllowUnexported(snapshot{}, progress{}, level{}, found{}, class{}, race{}, note{}),
	cmp.Comparer(func(a, b *big.Int) bool { return bigText(a) == bigText(b) }),
}

const told = "progress\t70\t34\t2\t1500000\tdpor\t0\n" +
	"outcome\t1\tok\t\"4\\n\"\t\"oops\\n\"\t\"total = 4\\x1fn = 1\"\tunjoined|race\t3\t9\t24\t2\t1\t12.3x15.2xp0.1\n" +
	"outcome\t2\tdeadlock\t\"\"\t\"\"\t\"\"\t-\t1\t1\t-\t0\t0\t-\n" +
	"probes\t1\t5\n" +
	"class\t1\t8\t12.3\n" +
	"race\t4\t7\t\"x\"\t-\n" +
	"level\tbound\t2\n" +
	"level\tdpor\n" +
	"note\tfixed-random\t9\t\"rand.Intn\"\n" +
	"end\tdone\n"

// Each kind of line is read, and a later one replaces an earlier one.
func TestHear(t *testing.T) {
	s := heard(told + "outcome\t2\tdeadlock\t\"a\"\t\"\"\t\"\"\t-\t5\t6\t7\t0\t0\t-\n")
	if s.bad != 0 || len(s.outcomes) != 2 || !s.completed() || s.bound() != 2 || s.end != endDone || s.progress.runs != 70 {
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
		"probes\t1\t2", "class\t1\t1", "race\t-1\t2\t\"\"\t-", "level\tdeep\t0", "level\tdpor seed=1", "note\tlimit", "end",
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
