package render

import (
	"strconv"
	"threading101/kernel/event"
	"threading101/kernel/model"
)

// Example is a run to show: two workers print under a lock, main waits for
// both. The README's picture is SVG(Example(), Options{}).
func Example() *model.Execution {
	s := newScript(model.Real, 2)
	s.cell = 2
	lock, wg := s.object(event.ClassMutex, "lock"), s.object(event.ClassWaitGroup, "wg")
	a, b := s.start(0, "A", 18), s.start(0, "B", 19)
	s.do(0, event.WaitWant, wg, 20, "")
	s.do(b, event.Start, -1, 19, "")
	s.do(b, event.Lock, lock, 10, "")
	s.do(b, event.Print, -1, 12, "B 1\n")
	s.do(a, event.Start, -1, 18, "")
	s.do(a, event.LockWant, lock, 10, "")
	s.do(b, event.Print, -1, 12, "B 2\n")
	s.do(b, event.Unlock, lock, 14, "")
	s.do(a, event.Lock, lock, 10, "")
	s.do(b, event.WGDone, wg, 9, "")
	s.do(b, event.End, -1, 9, "")
	s.do(a, event.Print, -1, 12, "A 1\n")
	s.do(a, event.Print, -1, 12, "A 2\n")
	s.do(a, event.Unlock, lock, 14, "")
	s.do(a, event.WGDone, wg, 9, "")
	s.do(a, event.End, -1, 9, "")
	s.do(0, event.Wait, wg, 20, "")
	s.do(0, event.End, -1, 21, "")
	return s.done(model.OK)
}

// script writes down a run by hand, event after event.
type script struct {
	ex   *model.Execution
	cell int
	t    int64
}

func newScript(mode model.Mode, procs int) *script {
	return &script{cell: 1, ex: &model.Execution{
		Mode: mode, Procs: procs, Clock: "wall",
		Goroutines: []model.Goroutine{{ID: "main", Name: "main", Creator: -1, End: model.Returned, BlockedOn: -1}},
	}}
}

func (s *script) object(c event.Class, name string) int {
	s.ex.Objects = append(s.ex.Objects, model.Object{Class: c, Name: name, Shared: true})
	return len(s.ex.Objects) - 1
}

// start lets a goroutine start another, which it returns.
func (s *script) start(creator int, name string, line int) int {
	g := len(s.ex.Goroutines)
	pos := model.Pos{Cell: s.cell, Line: line}
	s.ex.Goroutines = append(s.ex.Goroutines, model.Goroutine{
		ID: s.ex.Goroutines[creator].ID + "." + strconv.Itoa(g), Name: name, Creator: creator, Pos: pos,
		End: model.Returned, BlockedOn: -1,
	})
	s.ex.Events[s.do(creator, event.Go, -1, line, "")].Partner = g
	return g
}

// do adds an event and returns its index.
func (s *script) do(g int, op event.Op, object, line int, value string) int {
	s.t += 7_250
	s.ex.Events = append(s.ex.Events, model.Event{
		Step: len(s.ex.Events) + 1, G: g, Op: op, Object: object, Pos: model.Pos{Cell: s.cell, Line: line},
		T: s.t, Partner: -1, Link: -1, Value: value,
	})
	return len(s.ex.Events) - 1
}

// link connects an event with the earlier one that it answers.
func (s *script) link(from, to int) {
	s.ex.Events[to].Link, s.ex.Events[to].Partner = from, s.ex.Events[from].G
	s.ex.Events[from].Link = to
}

// end says how a goroutine ended that did not return, and where it was.
func (s *script) end(g int, how model.Ending, object, line int) {
	gr := &s.ex.Goroutines[g]
	gr.End, gr.BlockedOn, gr.BlockedAt = how, object, model.Pos{Cell: s.cell, Line: line}
}

func (s *script) done(status model.Status) *model.Execution {
	s.ex.Status = status
	return s.ex
}
