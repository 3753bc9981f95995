package report

import (
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/words"
)

// lines is a source of which each line names itself.
type lines map[int]string

func (l lines) Source(cell int) string { return l[cell] }

func (l lines) Line(cell, line int) string {
	rows := strings.Split(l[cell], "\n")
	if line < 1 || line > len(rows) {
		return ""
	}
	return rows[line-1]
}

var program = lines{
	2: "func (w *Worker) Run() {\n\tfor range w.counter {\n\t\tpanic(\"boom\")\n\t}\n}",
	3: "%%\nvar a, b sync.Mutex\nvar wg sync.WaitGroup\nwg.Go(func() { a.Lock(); b.Lock() })\nwg.Go(func() { b.Lock(); a.Lock() })\nwg.Wait()\nch <- 1\nos.Exit(3)",
}

func at(cell, line int) model.Pos { return model.Pos{Cell: cell, Line: line} }

func frame(name string, cell, line int) run.Frame {
	return run.Frame{Func: name, File: "/tmp/gonb_1/main.go", Line: 10 + line, Pos: at(cell, line)}
}

func pointer(f run.Frame) *run.Frame { return &f }

// blockedRun is a run whose lanes wait for what is said of them.
func blockedRun(objects []string, waits ...model.Event) *model.Execution {
	x := &model.Execution{Mode: model.Real, Status: model.Deadlock}
	for _, o := range objects {
		x.Objects = append(x.Objects, model.Object{Name: o, Shared: true})
	}
	for _, e := range waits { // who holds a lock has locked it
		if e.Op == event.LockWant && e.Partner >= 0 {
			x.Events = append(x.Events, model.Event{G: e.Partner, Op: event.Lock, Object: e.Object, Partner: -1, Link: -1})
		}
	}
	for i, e := range waits {
		e.G = i
		name := "main"
		if i > 0 {
			name = "worker " + string(rune('0'+i))
		}
		x.Goroutines = append(x.Goroutines, model.Goroutine{Name: name, End: model.WasBlocked, BlockedAt: e.Pos, BlockedOn: e.Object})
		x.Events = append(x.Events, e)
	}
	return x
}

func want(op event.Op, object, partner int, pos model.Pos) model.Event {
	return model.Event{Op: op, Object: object, Partner: partner, Pos: pos, Link: -1}
}

func asleep(x *model.Execution, stacks ...run.Stack) *run.Result {
	return &run.Result{Exit: 2, Execution: x, Crash: &run.Crash{Kind: run.KindDeadlock, Message: words.AllAsleep, Goroutines: stacks}}
}

func crashed(kind, message string, x *model.Execution, stacks ...run.Stack) *run.Result {
	return &run.Result{Exit: 2, Execution: x, Crash: &run.Crash{Kind: kind, Message: message, Goroutines: stacks}}
}

// TestOutcome shows what the learner sees of each way to fail.
func TestOutcome(t *testing.T) {
	worker := run.Stack{ID: 19, State: "running", CreatedBy: pointer(frame("main.main", 3, 4)), Frames: []run.Frame{
		frame("main.(*Worker).Run", 2, 3), frame("main.main.func1", 3, 4)}}
	main := run.Stack{ID: 1, State: "running", Frames: []run.Frame{
		{Func: "sync.(*Mutex).Unlock", File: "/usr/local/go/src/sync/mutex.go", Line: 65, Pos: model.Pos{File: "/usr/local/go/src/sync/mutex.go", Line: 65}},
		frame("main.main", 3, 6)}}
	panicked := &model.Execution{Goroutines: []model.Goroutine{{Name: "main", Creator: -1}, {Name: "Bob", Pos: at(3, 4), End: model.DidPanic}}}
	recursion := run.Stack{ID: 1, Frames: []run.Frame{{Func: "main.down", Pos: at(2, 2), Repeated: 4711}, frame("main.main", 3, 2)}}
	grouped := run.Stack{ID: 19, CreatedBy: &run.Frame{Func: "sync.(*WaitGroup).Go", Pos: model.Pos{File: "/usr/local/go/src/sync/waitgroup.go", Line: 238}}, Frames: []run.Frame{
		{Func: "sync.(*WaitGroup).Go.func1.1", Pos: model.Pos{File: "/usr/local/go/src/sync/waitgroup.go", Line: 251}}, frame("main.main.func1", 3, 4),
		{Func: "sync.(*WaitGroup).Go.func1", Pos: model.Pos{File: "/usr/local/go/src/sync/waitgroup.go", Line: 258}}}}
	deep := run.Stack{ID: 1}
	for i := range 20 {
		deep.Frames = append(deep.Frames, frame("main.f", 3, 1+i%5))
	}
	many := []model.Event{want(event.WaitWant, 0, -1, at(3, 6))}
	for range 9 {
		many = append(many, want(event.RecvWant, 1, -1, at(2, 2)))
	}
	forgotten := blockedRun([]string{"mu"}, want(event.LockWant, 0, 1, at(3, 6)))
	forgotten.Goroutines = append(forgotten.Goroutines, model.Goroutine{Name: "Bob", End: model.Returned})
	exited := &model.Execution{Goroutines: []model.Goroutine{{Name: "main"}, {Name: "Bob"}},
		Events: []model.Event{{G: 1, Op: event.Exit, Pos: at(3, 8), Object: -1}}}
	stopped := &model.Execution{Goroutines: []model.Goroutine{{Name: "main", End: model.WasCutOff, BlockedAt: at(3, 6)}, {Name: "Bob", End: model.Returned}}}

	c := open(t, "testdata/outcome.txtar")
	defer c.close()
	for _, k := range []struct {
		name string
		o    *run.Result
	}{
		{"panic", crashed(run.KindPanic, "boom", panicked, worker)},
		{"panic-group", crashed(run.KindPanic, "boom [recovered, repanicked]", panicked, grouped)},
		{"panic-unrecorded", crashed(run.KindPanic, "runtime error: index out of range [3] with length 3", nil, worker)},
		{"panic-lines", crashed(run.KindPanic, "first\nsecond \x1b[31mred\x1b[0m</svg><script>", nil, main)},
		{"unlock", crashed(run.KindFatal, "sync: unlock of unlocked mutex", nil, main)},
		{"maps", crashed(run.KindFatal, "concurrent map writes", panicked, worker)},
		{"stack", crashed(run.KindFatal, "stack overflow (goroutine stack exceeds 1000000000-byte limit)", nil, recursion)},
		{"deep", crashed(run.KindPanic, "deep", nil, deep)},
		{"no-stack", crashed(run.KindFatal, "all went wrong", nil)},
		{"signal", crashed(run.KindSignal, "SIGQUIT: quit", nil, main)},
		{"circle", asleep(blockedRun([]string{"wg", "a", "b"}, want(event.WaitWant, 0, -1, at(3, 6)), want(event.LockWant, 2, 2, at(3, 4)), want(event.LockWant, 1, 1, at(3, 5))))},
		{"self", asleep(blockedRun([]string{"a"}, want(event.LockWant, 0, 0, at(3, 4))))},
		{"forgotten", asleep(forgotten)},
		{"group", asleep(blockedRun([]string{"wg"}, want(event.WaitWant, 0, -1, at(3, 6))))},
		{"receive", asleep(blockedRun([]string{"wg", "jobs"}, many...))},
		{"send", asleep(blockedRun([]string{"ch"}, want(event.SendWant, 0, -1, at(3, 7))))},
		{"nil-channel", asleep(blockedRun(nil, want(event.SendWant, -1, -1, at(3, 7))))},
		{"deadlock-unrecorded", asleep(nil, run.Stack{ID: 1, State: "sync.WaitGroup.Wait", Frames: []run.Frame{frame("main.main", 3, 6)}},
			run.Stack{ID: 7, State: "chan receive", Frames: []run.Frame{frame("main.f", 2, 2)}})},
		{"exit", &run.Result{Exit: 3, Execution: exited}},
		{"exit-unrecorded", &run.Result{Exit: 1}},
		{"races", &run.Result{Exit: 66, Races: []model.Race{{Object: "total",
			A: model.Access{Goroutine: "Bob", Write: true, Pos: at(2, 2)}, B: model.Access{Pos: at(3, 6)}}}}},
		{"limit", &run.Result{Exit: 137, LimitHit: words.MemoryLimit(256 << 20), Execution: stopped}},
		{"interrupt", &run.Result{Exit: 130, Interrupted: true, Execution: stopped}},
		{"interrupt-unrecorded", &run.Result{Exit: 130, Interrupted: true}},
	} {
		r := Failed(k.o, program)
		if r == nil {
			t.Errorf("%s is not reported", k.name)
			continue
		}
		c.check(k.name, r)
	}
}

func TestNothingToReport(t *testing.T) {
	if r := Failed(&run.Result{}, program); r != nil {
		t.Errorf("a good run is reported as %+v", r)
	}
}
