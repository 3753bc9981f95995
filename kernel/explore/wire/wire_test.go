package wire

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"threading101/kernel/sched"
)

// each is one of each message, and its line: these bytes are on the pipe.
var each = []struct {
	m    Message
	line string
}{
	{Progress{70, 34, 2, 1500000, Level{sched.SearchBound, 3}}, "progress\t70\t34\t2\t1500000\tbound\t3\n"},
	{Outcome{
		Status: "cut-off", Value: "a\tb\nü\x00", Stderr: "oops\n", Values: "1\x1f\"two\"", Marks: "race|unjoined", Classes: 2, Runs: 3,
		Interleavings: "18446744073709551616", Switches: 2, Preemptions: 1, Schedule: switches,
	}, "outcome\t0\tcut-off\t\"a\\tb\\nü\\x00\"\t\"oops\\n\"\t\"1\\x1f\\\"two\\\"\"\trace|unjoined\t2\t3\t18446744073709551616\t2\t1\t3.2x5.1xp0.1\n"},
	{Outcome{ID: 12, Status: "ok", Schedule: []sched.Switch{}}, "outcome\t12\tok\t\"\"\t\"\"\t\"\"\t-\t0\t0\t-\t0\t0\t-\n"},
	{Probes{12, 5}, "probes\t12\t5\n"},
	{Class{12, "", switches}, "class\t12\t-\t3.2x5.1xp0.1\n"},
	{Class{0, "6", []sched.Switch{}}, "class\t0\t6\t-\n"},
	{Race{7, 9, "", switches}, "race\t7\t9\t\"\"\t3.2x5.1xp0.1\n"},
	{Level{sched.SearchDPOR, 0}, "level\tdpor\t0\n"},
	{Note{NoteUnrepeatable, 4, "it is\nso"}, "note\tunrepeatable\t4\t\"it is\\nso\"\n"},
	{End{EndDone}, "end\tdone\n"},
}

var switches = []sched.Switch{{Step: 3, To: 2}, {Step: 5, To: 1}, {Step: 0, To: sched.Picked + 1}}

func TestBytes(t *testing.T) {
	for _, c := range each {
		if got := string(c.m.Append([]byte("before"))); got != "before"+c.line {
			t.Errorf("%+v is written as %q, not %q", c.m, got, c.line)
		}
		got, ok := Parse(strings.TrimSuffix(c.line, "\n"))
		if diff := cmp.Diff(c.m, got); diff != "" || !ok {
			t.Errorf("%q is read as %+v, %v:\n%s", c.line, got, ok, diff)
		}
	}
}

// What is written is one line, and read again as what it was.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := message(t)
		line, ended := strings.CutSuffix(string(want.Append(nil)), "\n")
		if !ended || strings.Contains(line, "\n") {
			t.Fatalf("%+v is no line: %q", want, line)
		}
		got, ok := Parse(line)
		if diff := cmp.Diff(want, got); diff != "" || !ok {
			t.Fatalf("%q is read as %+v, %v:\n%s", line, got, ok, diff)
		}
		if more, ok := Parse(line + "\tmore"); ok {
			t.Fatalf("a field too many is read: %+v", more)
		}
	})
}

// message draws one of any type.
func message(t *rapid.T) Message {
	number := func() int { return rapid.IntMin(0).Draw(t, "number") }
	site := func() uint32 { return rapid.Uint32().Draw(t, "site") }
	text := func() string {
		return rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text")
	}
	digits := func() string { return rapid.StringMatching(`|[0-9]+`).Draw(t, "digits") }
	schedule := func() []sched.Switch {
		one := rapid.Custom(func(t *rapid.T) sched.Switch {
			return sched.Switch{Step: rapid.Uint64().Draw(t, "step"), To: rapid.Uint32().Draw(t, "to")}
		})
		return append([]sched.Switch{}, rapid.SliceOf(one).Draw(t, "schedule")...)
	}
	level := func() Level {
		all := []string{sched.SearchDPOR, sched.SearchBound, sched.SearchSample, sched.SearchFind, sched.SearchPlain, sched.SearchSleep}
		return Level{rapid.SampledFrom(all).Draw(t, "level"), number()}
	}
	draw := []func() Message{
		func() Message { return Progress{number(), number(), number(), number(), level()} },
		func() Message {
			return Outcome{
				number(), rapid.StringMatching(`[a-z]+`).Draw(t, "status"), text(), text(), text(), rapid.StringMatching(`|[a-z0-9 ]+(\|[a-z0-9 ]+)*`).Draw(t, "marks"),
				number(), number(), digits(), number(), number(), schedule(),
			}
		},
		func() Message { return Probes{number(), number()} },
		func() Message { return Class{number(), digits(), schedule()} },
		func() Message { return Race{site(), site(), text(), schedule()} },
		func() Message { return level() },
		func() Message { return Note{rapid.SampledFrom(Kinds()).Draw(t, "kind"), site(), text()} },
		func() Message { return End{Reason(rapid.IntRange(1, int(reasonsEnd)-1).Draw(t, "why"))} },
	}
	return rapid.SampledFrom(draw).Draw(t, "type")()
}

// Nothing that is read hurts; and what makes sense is the same when it is written
// and read again.
func FuzzParse(f *testing.F) {
	for _, c := range each {
		f.Add(strings.TrimSuffix(c.line, "\n"))
	}
	f.Add("outcome\t\x00")
	f.Fuzz(func(t *testing.T, line string) {
		m, ok := Parse(line)
		if !ok {
			return
		}
		again, ok := Parse(strings.TrimSuffix(string(m.Append(nil)), "\n"))
		if diff := cmp.Diff(m, again); diff != "" || !ok {
			t.Errorf("%q, again: %v\n%s", line, ok, diff)
		}
	})
}

// Each kind and each reason has a name of its own.
func TestNames(t *testing.T) {
	for _, names := range [][]string{kindNames[:], reasonNames[:]} {
		known := map[string]bool{}
		for i, name := range names {
			if known[name] || (name == "") != (i == 0) {
				t.Errorf("number %d is called %q", i, name)
			}
			known[name] = true
		}
	}
}

// Where there is room, nothing is allocated.
func TestAppendAllocatesNothing(t *testing.T) {
	line := make([]byte, 0, 1<<10)
	for _, c := range each {
		if n := testing.AllocsPerRun(100, func() { line = c.m.Append(line[:0]) }); n > 0 {
			t.Errorf("%+v: %v allocations", c.m, n)
		}
	}
}
