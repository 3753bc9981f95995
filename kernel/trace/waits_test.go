package trace_test

import (
	"fmt"
	"strings"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/trace"
)

// Who waits for what at the end, who is in the way, and the circle.
func TestWaits(t *testing.T) {
	for _, test := range []struct{ name, text, want, circle string }{
		{"two locks", "main start\nmain go A\nmain go B\nA start\nB start\nA lock l\nB lock r\nA lock-want r\nB lock-want l\nstatus deadlock",
			"A for r (B since 7), B for l (A since 6)", "A B"},
		{"its own", "main start\nmain go A\nA start\nA lock l\nA lock-want l\nstatus deadlock", "A for l (A since 4)", "A"},
		{"reads, then wants to write", "main start\nmain go A\nA start\nA rlock l\nA lock-want l\nstatus deadlock", "A for l (A reads since 4)", "A"},
		{"a writer between two reads", "main start\nmain go A\nmain go B\nA start\nB start\nA rlock l\nB lock-want l\nA rlock-want l\nstatus deadlock",
			"A for l (B waits since 7), B for l (A reads since 6)", "A B"},
		{"a group", "main start\nmain wg-add wg 3\nmain go A\nA start\nA wg-done wg\nA end\nmain wait-want wg\nstatus deadlock", "main for wg 2", ""},
		{"no circle", "main start\nmain go A\nA start\nA lock l\nA end\nmain lock-want l\nstatus deadlock", "main for l (A since 4)", ""},
		{"a Cond gives its lock back", "main start\nmain go A\nA start\nA lock l\nA cond-want c l\nmain lock l\nmain lock-want l\nstatus deadlock",
			"main for l (main since 6), A for c", "main"},
		{"asleep", "main start\nmain go A\nA start\nA sleep\nmain wait-want wg\nstatus limit", "main for wg", ""},
		{"got it", "main start\nmain go A\nA start\nA lock l\nmain lock-want l\nA unlock l\nmain lock l\nmain end", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			x := told(t, test.text)
			waits := trace.Waits(x)
			var got, circle []string
			for _, w := range waits {
				got = append(got, waitText(x, w))
			}
			for _, i := range trace.Circle(waits) {
				circle = append(circle, x.Goroutines[waits[i].G].Name)
			}
			if g, c := strings.Join(got, ", "), strings.Join(circle, " "); g != test.want || c != test.circle {
				t.Errorf("%q, circle %q; want %q, circle %q", g, c, test.want, test.circle)
			}
		})
	}
}

func waitText(x *model.Execution, w model.Wait) string {
	s := x.Goroutines[w.G].Name + " for " + x.Objects[w.Object].Name
	for _, h := range w.For {
		does := ""
		if h.Reads {
			does = "reads "
		}
		if h.Queued {
			does = "waits "
		}
		s += fmt.Sprintf(" (%s %ssince %d)", x.Goroutines[h.G].Name, does, x.Events[h.Event].Pos.Line)
	}
	if w.Count > 0 {
		s += fmt.Sprint(" ", w.Count)
	}
	return s
}

// A lock that is reached through a pointer has the name, not the pointer.
func TestBareNames(t *testing.T) {
	x := told(t, "main start\nmain load q.mu 1\nmain lock q.mu\nmain load q.mu 1\nmain unlock q.mu\nmain end")
	if got := x.Objects[0].Name + " " + x.Objects[1].Name; got != "q.mu·2 q.mu" {
		t.Errorf("objects %s", got)
	}
}
