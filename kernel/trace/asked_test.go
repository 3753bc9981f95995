package trace_test

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/proof/story"
	"threading101/kernel/trace"
)

// The run of two workers that are watched, one of them within itself, and of
// which one is cut off.
const watched = `main start
main enter 2
main go A
main go B
A enter 0
A start
A enter 1
A lock mu
A unlock mu
B enter 0
B start
B lock-want mu
A leave 1
B lock mu
A enter 0
A leave 0
B unlock mu
A leave 0
A end
B false 1 a\n2\n\noops
main outcome total_6
main outcome ?
main leave 2
main end`

// What was asked for is no part of the run: it leaves no gap, no step and nothing
// else behind.
func TestAskedIsNoEvent(t *testing.T) {
	var plain []string
	for line := range strings.Lines(watched) {
		op, _ := event.Parse(strings.Fields(line)[1])
		if op != event.Value && op != event.Enter && op != event.Leave && op != event.False {
			plain = append(plain, strings.TrimSpace(line))
		}
	}
	x, y := told(t, watched), told(t, strings.Join(plain, "\n"))
	if err := trace.Validate(x); err != nil {
		t.Fatal(err)
	}
	if x.Dropped != 0 || len(x.Events) != len(y.Events) || len(trace.Steps(x).List) != len(trace.Steps(y).List) {
		t.Fatalf("%d events and %d dropped, want %d", len(x.Events), x.Dropped, len(y.Events))
	}
	if !reflect.DeepEqual(x.Lost, []model.Lost{{N: 1, Event: lastOf(x, event.Unlock), Reads: []model.Named{{Name: "a", Value: "2"}}, Panics: "oops"}}) || y.Lost != nil {
		t.Errorf("lost %+v", x.Lost)
	}
	if !slices.Equal(x.Values, []string{"total 6", "?"}) || y.Values != nil || y.Spans != nil {
		t.Errorf("outcome %q, without %q", x.Values, y.Values)
	}
	var spans []string
	for _, s := range x.Spans {
		spans = append(spans, story.Span(x, s))
	}
	want := []string{
		"2 main steps 2 to 4", "0 main.1 steps 6 to 8", "1 main.1 steps 7 to 8", "0 main.2 steps 9 to 12 open", "0 main.1",
	}
	if !slices.Equal(spans, want) {
		t.Errorf("calls\n%q\nwant\n%q", spans, want)
	}
	if text := dumpText(t, x); !strings.HasSuffix(text, "span 0 main.1\noutcome \"total 6\"\noutcome \"?\"\n") {
		t.Errorf("written as\n%s", text)
	}
}

func dumpText(t *testing.T, x *model.Execution) string {
	t.Helper()
	var b bytes.Buffer
	if err := story.Dump(&b, x); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Of a call whose beginning was not kept nothing is said.
func TestLeaveAlone(t *testing.T) {
	x := told(t, "main start\nmain leave 0\nmain enter 0\nmain end")
	if len(x.Spans) != 1 || x.Spans[0] != (model.Span{N: 0, G: 0, First: 1, Last: 1, Open: true}) {
		t.Errorf("calls %+v", x.Spans)
	}
}

func TestValidateSpans(t *testing.T) {
	for name, spoil := range map[string]func(s *model.Span){
		"no function":        func(s *model.Span) { s.N = -1 },
		"no goroutine":       func(s *model.Span) { s.G = 9 },
		"another goroutine":  func(s *model.Span) { s.G = 1 },
		"no such event":      func(s *model.Span) { s.Last = 99 },
		"ends before begins": func(s *model.Span) { s.First, s.Last = s.Last, s.First },
		"half":               func(s *model.Span) { s.First = -1 },
	} {
		x := told(t, watched)
		spoil(&x.Spans[0])
		if trace.Validate(x) == nil {
			t.Errorf("%s: valid", name)
		}
	}
	x := told(t, watched)
	x.Events[3].Op = event.Enter
	if err := trace.Validate(x); err == nil || !strings.Contains(err.Error(), "none of its own") {
		t.Errorf("an event that is none: %v", err)
	}
}

func lastOf(x *model.Execution, op event.Op) int {
	for i := len(x.Events) - 1; i >= 0; i-- {
		if x.Events[i].Op == op {
			return i
		}
	}
	return -1
}

func TestValidateLost(t *testing.T) {
	for name, spoil := range map[string]func(x *model.Execution){
		"no such event": func(x *model.Execution) { x.Lost[0].Event = 99 },
		"no condition":  func(x *model.Execution) { x.Lost[0].N = -1 },
		"twice":         func(x *model.Execution) { x.Lost = append(x.Lost, x.Lost[0]) },
	} {
		x := told(t, watched)
		spoil(x)
		if trace.Validate(x) == nil {
			t.Errorf("%s: valid", name)
		}
	}
}
