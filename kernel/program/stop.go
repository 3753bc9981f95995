package program

import (
	"context"
	"sync"

	"threading101/kernel/run"
)

// Stop ends whatever a cell or a command does just now, from any goroutine: a
// build or a search through its context, a program through [run.Run.Interrupt],
// which keeps what was recorded until then. The zero value is ready to use.
//
// All its fields are shared, so each is read and written under mu.
type Stop struct {
	mu          sync.Mutex
	interrupted bool
	over        bool   // nothing is left to interrupt: what was asked for has ended
	cancel      func() // ends the build or search under way; nil: there is none
	interrupt   func() // ends the program under way; nil: there is none
}

// Begin notes how to end what begins now. If it returns false, somebody has
// interrupted already, and it must not begin.
func (s *Stop) Begin(cancel context.CancelFunc) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cancel = cancel
	return !s.interrupted
}

// Idle notes that what began has ended and something else may follow.
func (s *Stop) Idle() { s.Begin(nil) }

// Finish notes that what was asked for has ended: from now on an interrupt has no
// effect.
func (s *Stop) Finish() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.interrupt, s.over = nil, true
}

// Resume notes that something more is done for what has ended, which an interrupt may
// end, too.
func (s *Stop) Resume() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = false
}

// Interrupted reports whether somebody has interrupted before the end.
func (s *Stop) Interrupted() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.interrupted
}

// Interrupt ends what goes on. It calls otherwise, if that is not nil, where
// neither a program nor a build or search goes on and the end is not reached.
func (s *Stop) Interrupt(otherwise func()) {
	if end := s.end(otherwise); end != nil {
		end()
	}
}

// end notes the interrupt and returns what is to be called because of it, without
// the lock: nil for nothing.
func (s *Stop) end(otherwise func()) func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return nil
	}
	s.interrupted = true
	switch {
	case s.interrupt != nil:
		return s.interrupt
	case s.cancel != nil:
		return s.cancel
	}
	return otherwise
}

// running notes how to end the program that has started. If it returns false,
// somebody has interrupted already, and the program must end at once.
func (s *Stop) running(interrupt func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.interrupt = interrupt
	return !s.interrupted
}

// wait waits for a program, which an interrupt ends.
func (s *Stop) wait(r *run.Run) *run.Result {
	if !s.running(r.Interrupt) {
		r.Interrupt()
	}
	return r.Wait()
}
