package rendertest

import (
	"strconv"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// Example is a run to show: two workers print under a lock, main waits for
// both, like lesson 02.
func Example() *model.Execution {
	s := NewScript(model.Real, 2)
	s.cell = 2
	lock, wg := s.Object(event.ClassMutex, "lock"), s.Object(event.ClassWaitGroup, "wg")
	a, b := s.Start(0, "A", 18), s.Start(0, "B", 19)
	s.Do(0, event.WaitWant, wg, 20, "")
	s.Do(b, event.Start, -1, 19, "")
	s.Do(b, event.Lock, lock, 10, "")
	s.Do(b, event.Print, -1, 12, "B 1\n")
	s.Do(a, event.Start, -1, 18, "")
	s.Do(a, event.LockWant, lock, 10, "")
	s.Do(b, event.Print, -1, 12, "B 2\n")
	s.Do(b, event.Unlock, lock, 14, "")
	s.Do(a, event.Lock, lock, 10, "")
	s.Do(b, event.WGDone, wg, 9, "")
	s.Do(b, event.End, -1, 9, "")
	s.Do(a, event.Print, -1, 12, "A 1\n")
	s.Do(a, event.Print, -1, 12, "A 2\n")
	s.Do(a, event.Unlock, lock, 14, "")
	s.Do(a, event.WGDone, wg, 9, "")
	s.Do(a, event.End, -1, 9, "")
	s.Do(0, event.Wait, wg, 20, "")
	s.Do(0, event.End, -1, 21, "")
	return s.Done(model.OK)
}

// Script writes down a run by hand, event after event.
type Script struct {
	Execution *model.Execution
	cell      int
	t         int64
}

// NewScript begins a run.
func NewScript(mode model.Mode, procs int) *Script {
	return &Script{cell: 1, Execution: &model.Execution{
		Mode: mode, Procs: procs, Clock: "wall",
		Goroutines: []model.Goroutine{{ID: "main", Name: "main", Creator: -1, End: model.Returned, BlockedOn: -1}},
	}}
}

// Object adds an object, and returns its index.
func (s *Script) Object(c event.Class, name string) int {
	s.Execution.Objects = append(s.Execution.Objects, model.Object{Class: c, Name: name, Shared: true})
	return len(s.Execution.Objects) - 1
}

// Start lets a goroutine start another, which it returns.
func (s *Script) Start(creator int, name string, line int) int {
	g := len(s.Execution.Goroutines)
	pos := model.Pos{Cell: s.cell, Line: line}
	s.Execution.Goroutines = append(s.Execution.Goroutines, model.Goroutine{
		ID: s.Execution.Goroutines[creator].ID + "." + strconv.Itoa(g), Name: name, Creator: creator, Pos: pos,
		End: model.Returned, BlockedOn: -1,
	})
	s.Execution.Events[s.Do(creator, event.Go, -1, line, "")].Partner = g
	return g
}

// Do adds an event and returns its index.
func (s *Script) Do(g int, op event.Op, object, line int, value string) int {
	s.t += 7_250
	s.Execution.Events = append(s.Execution.Events, model.Event{
		Step: len(s.Execution.Events) + 1, G: g, Op: op, Object: object, Pos: model.Pos{Cell: s.cell, Line: line},
		T: s.t, Partner: -1, Link: -1, Value: value,
	})
	return len(s.Execution.Events) - 1
}

// link connects an event with the earlier one that it answers.
func (s *Script) link(from, to int) {
	s.Execution.Events[to].Link, s.Execution.Events[to].Partner = from, s.Execution.Events[from].G
	s.Execution.Events[from].Link = to
}

// end says how a goroutine ended that did not return, and where it was.
func (s *Script) end(g int, how model.Ending, object, line int) {
	gr := &s.Execution.Goroutines[g]
	gr.End, gr.BlockedOn, gr.BlockedAt = how, object, model.Pos{Cell: s.cell, Line: line}
}

// Done ends the run.
func (s *Script) Done(status model.Status) *model.Execution {
	s.Execution.Status = status
	return s.Execution
}
