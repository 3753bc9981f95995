package proxy

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"threading101/kernel/cell"
	"threading101/kernel/explore"
	"threading101/kernel/gonbtools"
	"threading101/kernel/jupyter"
	"threading101/kernel/program"
	"threading101/kernel/proxy/output"
	"threading101/kernel/report"
	"threading101/kernel/run"
	"threading101/kernel/sequel"
)

// Each hand-over between the goroutines of a cell (see execution) has a test
// below, for the race detector: it runs what the goroutines do at the same time,
// with no socket and no file in between, since every write and read of those
// would order the two in the detector's eyes. Without the mutex that the hand-over
// goes through, the test fails under -race.
func TestHandOvers(t *testing.T) {
	for _, h := range handOvers {
		t.Run(h.name, func(t *testing.T) {
			for range 100 {
				atOnce(h.parts(newMeeting(t)))
			}
		})
	}
}

// atOnce runs all of them at the same time and waits for their end.
func atOnce(parts []func()) {
	start := make(chan struct{})
	var all sync.WaitGroup
	for _, part := range parts {
		all.Go(func() { <-start; part() })
	}
	close(start)
	all.Wait()
}

// meeting is a kernel with one cell and a GoNB, none of which talks to anybody.
type meeting struct {
	t *testing.T
	p *proxy
	e *execution
	c *child
	r jupyter.Request
}

func newMeeting(t *testing.T) *meeting {
	p := newProxy(Config{}, func() {})
	p.front = deafFront{}
	c := &child{
		process: deafProcess{}, log: p.log, calls: map[string]*call{},
		ready: make(chan struct{}), dying: make(chan struct{}), done: make(chan struct{}),
	}
	close(c.ready)
	close(c.done)
	p.stage = &stage{log: p.log, child: c, changed: make(chan struct{})}
	close(p.staged)
	r := jupyter.Request{Message: jupyter.New("execute_request", "test", nil, map[string]any{"code": "var x int", "allow_stdin": true})}
	p.enqueue(r)
	e := p.queue.next(context.Background(), givenBackAfter, func() {})
	e.announce()
	return &meeting{t, p, e, c, r}
}

type deafFront struct{}

func (deafFront) Requests() <-chan jupyter.Request             { return nil }
func (deafFront) Send(jupyter.Channel, *jupyter.Message) error { return nil }
func (deafFront) Publish(*jupyter.Message, string) error       { return nil }
func (deafFront) Close() error                                 { return nil }

type deafProcess struct{}

func (deafProcess) Interrupt()             {}
func (deafProcess) Rests() bool            { return true }
func (deafProcess) Resume()                {}
func (deafProcess) Kill()                  {}
func (deafProcess) Ended() <-chan struct{} { return ended }
func (deafProcess) Descendants(bool)       {}

// ended says that a process has ended.
var ended = func() chan struct{} { c := make(chan struct{}); close(c); return c }()

// message is one about the cell.
func (m *meeting) message(kind string, content any) *jupyter.Message {
	return jupyter.New(kind, "test", m.r.Message, content)
}

var handOvers = []struct {
	name  string
	parts func(m *meeting) []func()
}{
	{"a cell comes while the executor waits, and others leave the queue", func(m *meeting) []func() {
		return []func(){
			func() { m.p.enqueue(m.r); m.p.enqueue(m.r) },
			func() { m.p.queue.next(context.Background(), givenBackAfter, func() {}).announce() },
			func() { m.p.queue.empty(); m.p.enqueue(m.r) },
		}
	}},
	{"a tool of GoNB's asks for the cell while it is sent", func(m *meeting) []func() {
		return []func(){
			func() {
				m.e.draft = m.p.memory.Begin(m.e.cell.Number, "var x int")
				m.p.setCurrent(m.e)
				m.e.shared.send(m.c)
			},
			func() {
				e := m.p.atWork()
				for ; e == nil; e = m.p.atWork() {
					runtime.Gosched()
				}
				e.draft.HasGo()
			},
		}
	}},
	{"interrupt while building", func(m *meeting) []func() {
		m.p.setCurrent(m.e)
		return []func(){
			func() { m.p.interrupt(m.r) },
			func() {
				_, cancel := context.WithCancel(context.Background())
				defer cancel()
				m.e.stop.Begin(cancel)
				m.e.fail(report.Broken("not built"))
				m.e.stop.Idle()
			},
			func() { m.e.stop.Interrupted(); m.e.failed() },
		}
	}},
	{"the cell ends while a tool still builds and runs", func(m *meeting) []func() {
		return []func(){
			func() { m.e.make(made{raced: true}) },
			func() { m.e.call(gonbtools.RunCall{Path: "x"}) },
			func() { m.e.last() },
		}
	}},
	{"GoNB dies while a tool still runs the program of some cells", func(m *meeting) []func() {
		cell := &sequel.Cell{}
		m.e.part = &sequelOf{parts: []sequel.Part{{Cell: cell, Number: 1}}, seeds: []uint64{1}, known: [][2]string{{"a\n"}}}
		m.e.part.bands = &output.Bands{Show: m.e.out.Stream, Known: m.e.part.known, Over: m.e.part.input.over}
		return []func(){
			func() {
				b := m.e.part.bands
				b.Output("stdout", "b\n")
				b.Prompt("stdout", 1)
				m.e.cell.Result = &run.Result{}
				m.e.done(true, nil)
			},
			func() { m.e.strayed(); m.e.settle(sequel.Attempt{}, &sequel.Moment{Cell: cell}, nil) },
		}
	}},
	{"GoNB dies while a tool still builds, and the next cell begins", func(m *meeting) []func() {
		output := []byte("./main.go:1:1: undefined: x\n")
		lines := m.p.memory.Begin(m.e.cell.Number, "var y = x").Map([]byte("package main\n"))
		return []func(){
			func() { m.e.misses(output, lines) },
			func() { m.p.timeline.Happened(m.p.timeline.Begin("next"), &sequel.Moment{Cell: &sequel.Cell{}}, false) },
		}
	}},
	{"somebody types while a cell ends", func(m *meeting) []func() {
		return []func(){
			m.p.look,
			func() { m.p.asked("a := 1\n") },
		}
	}},
	{"the cell ends while a tool still shows its run", func(m *meeting) []func() {
		return []func(){
			func() { m.e.done(true, nil) },
			func() { m.e.shown() },
			func() { m.e.fail(report.Stopped()); m.e.failed() },
		}
	}},
	{"GoNB prints a place while main.go is composed anew", func(m *meeting) []func() {
		draft := m.p.memory.Begin(m.e.cell.Number, "var x int")
		return []func(){
			func() { m.e.compose("dir", draft.Map([]byte("package main\n"))) },
			func() { m.e.locate("main.go", 1, 1) },
			func() { m.e.composed() },
		}
	}},
	{"output while ending", func(m *meeting) []func() {
		return []func(){
			func() { m.e.out.Stream("stdout", "a"); m.e.out.Stream("stdout", "b") },
			func() { m.e.out.Release(true); m.e.out.Flush() },
			func() {
				m.e.out.FromGonb(m.message("stream", map[string]any{"name": "stderr", "text": "exit status 1\n"}))
			},
			func() { m.e.out.Show("error", nil) },
		}
	}},
	{"restart while exploring", func(m *meeting) []func() {
		m.p.setCurrent(m.e)
		b := output.NewBoard(m.e.out, newID())
		return []func(){
			func() { m.p.shutdown(m.r) },
			func() { b.Progress(explore.Progress{}) },
			b.Tick,
			func() { b.Stop(); b.Replace(map[string]any{}, map[string]any{}); m.e.stop.Finish() },
			func() { m.p.setCurrent(nil) },
		}
	}},
	{"shutdown while a picture is drawn", func(m *meeting) []func() {
		m.p.setCurrent(m.e)
		m.e.shared.send(m.c)
		return []func(){
			func() { m.p.shutdown(m.r); m.p.closeStage() },
			func() {
				s := screen{m.e}
				s.Display(map[string]any{"text/plain": "picture"}, map[string]any{})
				s.Gone(context.Background())
			},
			func() { m.p.child() },
			func() { m.p.stage.giveUp(errGone) },
		}
	}},
	{"a cell waits for GoNB, and none will come", func(m *meeting) []func() {
		m.p.stage.child = nil
		return []func(){
			func() { m.p.awaitChild(context.Background()) },
			func() { m.p.stage.giveUp(errGone) },
		}
	}},
	{"GoNB starts again while a message is forwarded and the kernel ends", func(m *meeting) []func() {
		m.p.stage.dir = m.t.TempDir()
		m.p.stage.launch = func(string) (process, error) { return deafProcess{}, nil }
		return []func(){
			func() {
				if c, err := m.p.stage.raise(); err == nil {
					<-c.done
				}
			},
			func() { m.p.child() },
			func() { m.p.closeStage() },
		}
	}},
	{"a comm message while running", func(m *meeting) []func() {
		open := jupyter.Request{Message: m.message("comm_open", map[string]any{"comm_id": "1", "target_name": gonbTarget})}
		return []func(){
			func() { m.p.commOpen(open); m.p.commMessage(open) },
			func() { m.p.commClose(open) },
			func() { m.p.commInfo(open) },
			func() { m.c.ask(context.Background(), "execute_request", nil, m.e.out, nil) },
			func() { m.c.published(m.message("status", map[string]any{"execution_state": "idle"})) },
			func() { m.c.published(m.message("stream", map[string]any{"name": "stdout", "text": "x"})) },
			func() { m.c.replied(jupyter.Reply{Message: m.message("execute_reply", nil)}) },
		}
	}},
	{"a page decides how a run goes on while cells run", func(m *meeting) []func() {
		binary := filepath.Join(m.t.TempDir(), "program")
		if err := os.WriteFile(binary, nil, 0o755); err != nil {
			m.t.Fatal(err)
		}
		q := &remembered{cell: "a", runs: true, lines: &cell.Map{}}
		q.built.Code, q.built.Binary = "code", binary
		m.p.programs.put(q)
		m.p.look()
		return []func(){
			func() { m.p.recent.Load().maker("code") },
			func() {
				now := *q
				now.number++
				m.p.programs.put(&now)
				m.p.look()
			},
		}
	}},
	{"GoNB asks while the cell ends", func(m *meeting) []func() {
		ask := m.e.inputForGonb(m.c)
		return []func(){
			func() { ask(m.message("input_request", map[string]any{"prompt": "?"})) },
			func() { m.e.dropQuestions() },
			func() { m.p.inputs.deliver(m.message("input_reply", map[string]any{"value": "x"})) },
		}
	}},
	{"GoNB starts again while a cell changes settings", func(m *meeting) []func() {
		return []func(){
			func() { m.p.settings.keep("%env A=1\n") },
			func() { m.p.recall(m.c) },
		}
	}},
	{"a console asks for the history while a cell begins", func(m *meeting) []func() {
		return []func(){
			func() { m.p.history.add(2, "x") },
			func() { m.p.past(m.r) },
		}
	}},
}

// TestInterruptIsNeverLost: whatever an interrupt falls into, the cell sees it, or
// it has ended before.
func TestInterruptIsNeverLost(t *testing.T) {
	for i := range 1000 {
		var s program.Stop
		ctx, cancel := context.WithCancel(context.Background())
		begun := false
		atOnce([]func(){
			func() { s.Interrupt(nil) },
			func() { begun = s.Begin(cancel) },
		})
		if !s.Interrupted() || begun && ctx.Err() == nil {
			t.Fatal(fmt.Sprint("round ", i, ": a build began and was not ended"))
		}
		cancel()
	}
}
