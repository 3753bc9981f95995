package proxy

import (
	"sync"

	"threading101/kernel/build"
	"threading101/kernel/cell"
	"threading101/kernel/gonbtools"
	"threading101/kernel/model"
	"threading101/kernel/report"
)

// shared is what several goroutines read and write of one cell. Its fields are
// touched by its methods alone, under mu.
type shared struct {
	mu        sync.Mutex
	child     *child         // the GoNB the cell was sent to; nil: it was not sent to any
	failure   *report.Report // the first thing that build or run found wrong
	lines     *cell.Map      // of the main.go that is built and run
	dir       string         // where GoNB composes main.go
	made      made           // the program that was built last
	ran       bool           // a run or a search came to an end and was shown
	questions []string       // of GoNB to the front end
}

// made is a program that was built of a cell: how it was built and called.
type made struct {
	built   build.Result
	raced   bool // with the race detector
	main    []byte
	request build.Request
	call    gonbtools.RunCall
	gonb    *bool // it talks to GoNB while it runs; nil: not looked at yet
}

// send opens the cell to the calls of GoNB's tools. This is the hand-over to
// their goroutines of all that the executor has prepared.
func (s *shared) send(c *child) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.child = c
}

// sentTo is the GoNB that the cell was sent to, nil if it was not.
func (s *shared) sentTo() *child {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.child
}

// fail notes a failure, nil for none. The first one counts.
func (s *shared) fail(r *report.Report) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failure == nil {
		s.failure = r
	}
}

// forgive forgets how the cell has failed: something else is tried.
func (s *shared) forgive() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failure = nil
}

// failed is how the cell has failed so far, nil if it has not.
func (s *shared) failed() *report.Report {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failure
}

// compose notes where GoNB has composed main.go, and the map of its lines, nil if
// there is no new one.
func (s *shared) compose(dir string, lines *cell.Map) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dir = dir
	if lines != nil {
		s.lines = lines
	}
}

// composed is what compose noted.
func (s *shared) composed() (dir string, lines *cell.Map) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dir, s.lines
}

// locate maps a place of the main.go that is being built or run.
func (s *shared) locate(file string, line, col int) model.Pos {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lines.Locate(file, line, col)
}

// make notes the program that was built.
func (s *shared) make(m made) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made = m
}

// call notes how the program is called, and returns it.
func (s *shared) call(c gonbtools.RunCall) made {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made.call = c
	return s.made
}

// last is the program that was built and called last.
func (s *shared) last() made {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.made
}

// show notes that a run or a search came to an end and was shown.
func (s *shared) show() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ran = true
}

// shown reports whether a run or a search came to an end and was shown.
func (s *shared) shown() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ran
}

// ask notes a question of GoNB's.
func (s *shared) ask(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.questions = append(s.questions, id)
}

// asked are the questions of GoNB's.
func (s *shared) asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.questions...)
}
