package picture

import (
	"strconv"
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/explain"
	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/words"
)

// What ended a run is said for what it was, and of whom.
func TestSayEnd(t *testing.T) {
	tests := []struct {
		name string
		run  func(s *rendertest.Script, worker int) *model.Execution
		want []string
	}{
		{"a fatal error", func(s *rendertest.Script, worker int) *model.Execution {
			s.Execution.Fatal, s.Execution.Reason = true, "sync: unlock of unlocked mutex"
			s.Execution.Goroutines[worker].End = model.DidPanic
			return s.Done(model.Panicked)
		}, []string{"Fatal error in A: sync: unlock of unlocked mutex. It ends", "✖ fatal error"}},
		{"a fatal error of nobody in particular", func(s *rendertest.Script, _ int) *model.Execution {
			s.Execution.Fatal, s.Execution.Reason = true, "concurrent map writes"
			return s.Done(model.Panicked)
		}, []string{"Fatal error: concurrent map writes."}},
		{"two panics at once", func(s *rendertest.Script, worker int) *model.Execution {
			s.Execution.Reason = "boom"
			s.Do(worker, event.Panic, -1, 5, "")
			s.Do(0, event.Panic, -1, 6, "")
			return s.Done(model.Panicked)
		}, []string{"A panicked: boom.", "A panics: boom", "main panics\n"}},
		{"main left", func(s *rendertest.Script, worker int) *model.Execution {
			s.Do(worker, event.End, -1, 5, "")
			s.Do(0, event.Goexit, -1, 6, "")
			s.Execution.Goroutines[0].End, s.Execution.Goroutines[worker].End = model.DidExit, model.Returned
			s.Execution.Status = model.Deadlock
			return s.Execution
		}, []string{"main ended itself (runtime.Goexit) and nobody is left"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := rendertest.NewScript(model.Real, 2)
			a := s.Start(0, "A", 3)
			s.Do(a, event.Start, -1, 3, "")
			got := Text(test.run(s, a), Options{Paper: ink.Paper{Width: 100}})
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
	s := rendertest.NewScript(model.Real, 2)
	n := s.Object(event.ClassMemory, "n")
	a := s.Start(0, "A", 3)
	s.Do(a, event.Store, n, 4, "256")
	s.Do(a, event.End, -1, 5, "")
	s.Do(0, event.Load, n, 6, "10000")
	s.Do(0, event.End, -1, 7, "")
	s.Execution.Skipped = 1
	for line := range strings.Lines(Text(s.Done(model.OK), Options{Paper: ink.Paper{Width: 100}})) {
		if strings.Contains(line, "reads n") && strings.Contains(line, " 256") {
			t.Errorf("the column knows less than the row: %s", line)
		}
	}
}

// However long the names and however many the locks: no line is wider than asked.
func TestTextFitsBesideManyLocks(t *testing.T) {
	s := rendertest.NewScript(model.Real, 2)
	for i := range 7 {
		name := "Philosopher.dine " + strconv.Itoa(i+1)
		fork := s.Object(event.ClassMutex, "p.left·"+strconv.Itoa(i+2))
		g := s.Start(0, name, 33)
		s.Do(g, event.Start, -1, 33, "")
		s.Do(g, event.Lock, fork, 16, "")
		n := s.Object(event.ClassMemory, "some.counter·"+strconv.Itoa(i+2))
		s.Do(g, event.Store, n, 17, "1234567890123")
		s.Do(0, event.Load, n, 18, "1234567890123")
	}
	got := Text(s.Done(model.OK), Options{Paper: ink.Paper{Width: 100}})
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
	s := rendertest.NewScript(model.Real, 2)
	a := s.Start(0, "A", 3)
	s.Do(a, event.SendWant, -1, 4, "")
	s.Do(0, event.SelectWant, -1, 5, "2")
	for g := range s.Execution.Goroutines {
		s.Execution.Goroutines[g].End, s.Execution.Goroutines[g].BlockedOn = model.WasBlocked, -1
	}
	x := s.Done(model.Deadlock)
	x.Explanation = explain.Sentences(x)
	for _, f := range Forms {
		got := string(In(f.Name, x, Options{}))
		for _, want := range []string{"main waits at cell 1, line 5 in a select", "A waits at cell 1, line 4 to send to a channel that is nil"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s does not say %q:\n%s", f.Name, want, got)
			}
		}
	}
}
