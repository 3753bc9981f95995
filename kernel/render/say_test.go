package render

import (
	"strconv"
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/explain"
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// What ended a run is said for what it was, and of whom.
func TestSayEnd(t *testing.T) {
	tests := []struct {
		name string
		run  func(s *script, worker int) *model.Execution
		want []string
	}{
		{"a fatal error", func(s *script, worker int) *model.Execution {
			s.ex.Fatal, s.ex.Reason = true, "sync: unlock of unlocked mutex"
			s.ex.Goroutines[worker].End = model.DidPanic
			return s.done(model.Panicked)
		}, []string{"Fatal error in A: sync: unlock of unlocked mutex. It ends", "✖ fatal error"}},
		{"a fatal error of nobody in particular", func(s *script, _ int) *model.Execution {
			s.ex.Fatal, s.ex.Reason = true, "concurrent map writes"
			return s.done(model.Panicked)
		}, []string{"Fatal error: concurrent map writes."}},
		{"two panics at once", func(s *script, worker int) *model.Execution {
			s.ex.Reason = "boom"
			s.do(worker, event.Panic, -1, 5, "")
			s.do(0, event.Panic, -1, 6, "")
			return s.done(model.Panicked)
		}, []string{"A panicked: boom.", "A panics: boom", "main panics\n"}},
		{"main left", func(s *script, worker int) *model.Execution {
			s.do(worker, event.End, -1, 5, "")
			s.do(0, event.Goexit, -1, 6, "")
			s.ex.Goroutines[0].End, s.ex.Goroutines[worker].End = model.DidExit, model.Returned
			s.ex.Status = model.Deadlock
			return s.ex
		}, []string{"main ended itself (runtime.Goexit) and nobody is left"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newScript(model.Real, 2)
			a := s.start(0, "A", 3)
			s.do(a, event.Start, -1, 3, "")
			got := Text(test.run(s, a), Options{Paper: Paper{Width: 100}})
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("does not say %q:\n%s", want, got)
				}
			}
		})
	}
}

// Where writes are missing, what was read last is what a variable holds.
func TestValueAfterMissedWrites(t *testing.T) {
	s := newScript(model.Real, 2)
	n := s.object(event.ClassMemory, "n")
	a := s.start(0, "A", 3)
	s.do(a, event.Store, n, 4, "256")
	s.do(a, event.End, -1, 5, "")
	s.do(0, event.Load, n, 6, "10000")
	s.do(0, event.End, -1, 7, "")
	s.ex.Skipped = 1
	for line := range strings.Lines(Text(s.done(model.OK), Options{Paper: Paper{Width: 100}})) {
		if strings.Contains(line, "reads n") && strings.Contains(line, " 256") {
			t.Errorf("the column knows less than the row: %s", line)
		}
	}
}

// However long the names and however many the locks: no line is wider than asked.
func TestTextFitsBesideManyLocks(t *testing.T) {
	s := newScript(model.Real, 2)
	for i := range 7 {
		name := "Philosopher.dine " + strconv.Itoa(i+1)
		fork := s.object(event.ClassMutex, "p.left·"+strconv.Itoa(i+2))
		g := s.start(0, name, 33)
		s.do(g, event.Start, -1, 33, "")
		s.do(g, event.Lock, fork, 16, "")
		n := s.object(event.ClassMemory, "some.counter·"+strconv.Itoa(i+2))
		s.do(g, event.Store, n, 17, "1234567890123")
		s.do(0, event.Load, n, 18, "1234567890123")
	}
	got := Text(s.done(model.OK), Options{Paper: Paper{Width: 100}})
	for line := range strings.Lines(got) {
		if w := words.Width(strings.TrimSuffix(line, "\n")); w > 100 {
			t.Errorf("%d columns: %s", w, line)
		}
	}
	if !strings.Contains(got, "… 2") {
		t.Errorf("the names' numbers are lost:\n%s", got)
	}
}

// What a run is explained with stands in every form, above the lanes.
func TestExplanation(t *testing.T) {
	s := newScript(model.Real, 2)
	a := s.start(0, "A", 3)
	s.do(a, event.SendWant, -1, 4, "")
	s.do(0, event.SelectWant, -1, 5, "2")
	for g := range s.ex.Goroutines {
		s.ex.Goroutines[g].End, s.ex.Goroutines[g].BlockedOn = model.WasBlocked, -1
	}
	x := s.done(model.Deadlock)
	x.Explanation = explain.Sentences(x)
	for _, f := range forms {
		got := string(f.draw(x))
		for _, want := range []string{"main waits at cell 1, line 5 in a select", "A waits at cell 1, line 4 to send to a channel that is nil"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s does not say %q:\n%s", f.ext, want, got)
			}
		}
	}
}
