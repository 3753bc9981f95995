package run

import (
	"strings"
	"testing"
)

// Every way in which a program can end badly: what the outcome says, and that
// nothing of the dump is shown as the program's own words.
func TestCrashes(t *testing.T) {
	tests := []struct {
		mode    string
		exit    int
		kind    string
		message string
		top     string // the first goroutine's innermost call
		count   int    // of goroutines
	}{
		{"nil", 2, KindPanic, "runtime error: invalid memory address or nil pointer dereference", "main.init.func", 1},
		{"panic", 2, KindPanic, "boom", "main.init.func", 1},
		{"custom", 2, KindPanic, "problem custom 3", "main.init.func", 1},
		{"wrapped", 2, KindPanic, "outer: inner\nsecond line", "main.init.func", 1},
		{"value", 2, KindPanic, "(struct { a int; b int }) 0x", "main.init.func", 1},
		{"repanic", 2, KindPanic, "first\npanic: middle [recovered]\npanic: second after middle", "main.repanic.func1", 1},
		{"same", 2, KindPanic, "again [recovered, repanicked]", "main.init.func", 1},
		{"worker", 2, KindPanic, "runtime error: invalid memory address or nil pointer dereference", "main.worker", 1},
		{"closures", 2, KindPanic, "assignment to entry in nil map", "main.closures.func1.1", 1},
		{"negative", 2, KindPanic, "sync: negative WaitGroup counter", "sync.(*WaitGroup).Add", 1},
		{"closeclosed", 2, KindPanic, "close of closed channel", "main.init.func", 1},
		{"goexit", 2, KindDeadlock, "no goroutines (main called runtime.Goexit) - deadlock!", "", 0},
		{"deadlock", 2, KindDeadlock, "all goroutines are asleep - deadlock!", "main.init.func", 1},
		{"deadlock3", 2, KindDeadlock, "all goroutines are asleep - deadlock!", "sync.(*WaitGroup).Wait", 4},
		{"unlock", 2, KindFatal, "sync: unlock of unlocked mutex", "sync.(*Mutex).Unlock", 1},
		{"mapwrites", 2, KindFatal, "concurrent map writes", "main.mapwrites.func1", 1},
		{"overflow", 2, KindFatal, "stack overflow (goroutine stack exceeds 1048576-byte limit)", "main.overflow", 1},
	}
	for _, test := range tests {
		t.Run(test.mode, func(t *testing.T) {
			t.Parallel()
			o, l := runToEnd(t, nil, test.mode)
			if o.Exit != test.exit || o.Crash == nil {
				t.Fatalf("exit %d, crash %v, output %q", o.Exit, o.Crash, l.text(""))
			}
			c := o.Crash
			if c.Kind != test.kind || !strings.HasPrefix(c.Message, test.message) || !strings.Contains(test.message, "0x") && c.Message != test.message {
				t.Errorf("%s %q", c.Kind, c.Message)
			}
			if len(c.Goroutines) != test.count {
				t.Errorf("%d goroutines, want %d: %+v", len(c.Goroutines), test.count, c.Goroutines)
			}
			if test.top != "" && !strings.HasPrefix(c.Goroutines[0].Frames[0].Func, test.top) {
				t.Errorf("innermost call %q, want %q", c.Goroutines[0].Frames[0].Func, test.top)
			}
			if out := l.text(""); out != "" {
				t.Errorf("shown as output: %q", out)
			}
		})
	}
}
