package program

import (
	"context"
	"sync"
	"testing"

	"threading101/kernel/model"
)

// atOnce runs all of them at the same time and waits for their end.
func atOnce(parts ...func()) {
	start := make(chan struct{})
	var all sync.WaitGroup
	for _, part := range parts {
		all.Go(func() { <-start; part() })
	}
	close(start)
	all.Wait()
}

// TestStopHandOver: whatever an interrupt meets, a build, a program that starts or
// one that ends, it ends it or comes too late. Under -race it fails without Stop's
// mutex.
func TestStopHandOver(t *testing.T) {
	for i := range 500 {
		var s Stop
		ctx, cancel := context.WithCancel(context.Background())
		ended := make(chan struct{})
		end := sync.OnceFunc(func() { close(ended) })
		begun, running := false, false
		atOnce(
			func() { s.Interrupt(nil) },
			func() { begun = s.Begin(cancel); running = s.running(end) },
			func() { s.Interrupted() },
		)
		if begun && ctx.Err() == nil && !closed(ended) && running {
			t.Fatalf("round %d: it goes on after an interrupt", i)
		}
		cancel()
		atOnce(s.Finish, func() { s.Interrupt(nil) }, s.Idle)
	}
}

func closed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// TestNothingIsInterruptedAfterTheEnd: what GoNB does next is not the cell's.
func TestNothingIsInterruptedAfterTheEnd(t *testing.T) {
	var s Stop
	s.Finish()
	s.Interrupt(func() { t.Error("something else was ended") })
	if s.Interrupted() {
		t.Error("it counts as interrupted")
	}
	var idle Stop
	called := false
	idle.Interrupt(func() { called = true })
	if !called || !idle.Interrupted() {
		t.Errorf("called: %v, interrupted: %v", called, idle.Interrupted())
	}
}

// quiet is a screen that shows nothing.
type quiet struct{}

func (quiet) Display(data, metadata map[string]any)              {}
func (quiet) Result(string)                                      {}
func (quiet) Warn(string)                                        {}
func (quiet) Board() Board                                       { return nil }
func (quiet) Gone(context.Context) bool                          { return false }
func (quiet) Keep(_, _ map[string]any) func(_, _ map[string]any) { return func(_, _ map[string]any) {} }

// TestSessionHandOver: when GoNB dies, the run of one cell may still be drawn while
// the next cell begins. Under -race it fails without the mutex of the runs, and
// where what was said or set is no atomic.
func TestSessionHandOver(t *testing.T) {
	for range 100 {
		s := NewSession(func(string, ...any) {})
		one, next := &Cell{Session: s, Number: 1, Screen: quiet{}}, &Cell{Session: s, Number: 2, Screen: quiet{}}
		x := &model.Execution{Token: "t", Goroutines: make([]model.Goroutine, 2), Events: make([]model.Event, 3)}
		atOnce(
			func() { one.Say("note"); one.draw(x, false) },
			func() { next.Obey("%picture off\n"); next.Say("note") },
			func() { s.runs.swap(past{"1", 1, x, 0}) },
			func() { s.runs.ofToken("t") },
			func() { s.runs.lastTwo() },
		)
	}
}
