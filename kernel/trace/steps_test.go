package trace_test

import (
	"fmt"
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/trace"
)

// run writes a run by hand: each line is "goroutine op [object] [value] [flags]".
// Goroutines and objects exist as soon as they are named.
func run(lines string) *model.Execution {
	ex := &model.Execution{Mode: model.Real, Status: model.OK}
	goroutine := func(name string) int {
		for i := range ex.Goroutines {
			if ex.Goroutines[i].Name == name {
				return i
			}
		}
		ex.Goroutines = append(ex.Goroutines, model.Goroutine{ID: name, Name: name, Creator: -1, End: model.Returned, BlockedOn: -1})
		return len(ex.Goroutines) - 1
	}
	goroutine("main")
	for i, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		f := strings.Fields(line)
		op, ok := event.Parse(f[1])
		if !ok {
			panic(line)
		}
		e := model.Event{Step: i + 1, G: goroutine(f[0]), Op: op, Object: -1, Partner: -1, Link: -1, Pos: model.Pos{Cell: 1, Line: 1 + int(op)}}
		if len(f) > 2 && f[2] != "-" {
			switch op {
			case event.Go:
				e.Partner = goroutine(f[2])
			case event.Print:
				e.Value = f[2]
			default:
				e.Object = objectIn(ex, f[2], event.Table[op].Class)
			}
		}
		if len(f) > 3 {
			e.Value = f[3]
		}
		ex.Events = append(ex.Events, e)
	}
	return ex
}

func objectIn(ex *model.Execution, name string, class event.Class) int {
	for i := range ex.Objects {
		if ex.Objects[i].Name == name {
			return i
		}
	}
	ex.Objects = append(ex.Objects, model.Object{Class: class, Name: name, Shared: true})
	return len(ex.Objects) - 1
}

// steps writes the steps down: "2 A lock waited ends".
func steps(ex *model.Execution) string {
	var b strings.Builder
	for _, s := range trace.Steps(ex).List {
		e := ex.Events[s.Event]
		fmt.Fprintf(&b, "%d %s %s", s.N, ex.Goroutines[e.G].Name, e.Op)
		if s.Waited {
			b.WriteString(" waited")
		}
		if s.End >= 0 {
			b.WriteString(" ends")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestSteps(t *testing.T) {
	for _, c := range []struct{ name, run, want string }{
		{"start and end show in the steps beside them", `
			main go A
			A start
			A print x
			A end
			main end`, `
			1 main go
			2 A print ends
			3 main end`},
		{"an end that comes later is a step", `
			main go A
			A start
			A print x
			main print y
			A end
			main end`, `
			1 main go
			2 A print
			3 main print
			4 A end
			5 main end`},
		{"a goroutine that does nothing begins and returns", `
			main go A
			A start
			A end
			main end`, `
			1 main go
			2 A start ends
			3 main end`},
		{"a lock got at once is one step, whatever happens between", `
			main go A
			A lock-want mu
			main print x
			A lock mu
			A unlock mu
			main end`, `
			1 main go
			2 main print
			3 A lock
			4 A unlock
			5 main end`},
		{"a lock held by another is waited for", `
			main go A
			main lock mu
			A lock-want mu
			main unlock mu
			A lock mu
			A unlock mu
			main end`, `
			1 main go
			2 main lock
			3 A lock-want waited
			4 main unlock
			5 A lock
			6 A unlock
			7 main end`},
		{"a lock that another took first is waited for", `
			main go A
			A lock-want mu
			main lock mu
			main unlock mu
			A lock mu`, `
			1 main go
			2 A lock-want waited
			3 main lock
			4 main unlock
			5 A lock`},
		{"a receive is waited for when others went on", `
			main go A
			main recv-want c
			A send c
			main recv c
			main recv-want c
			main recv c
			main recv-want c`, `
			1 main go
			2 main recv-want waited
			3 A send
			4 main recv
			5 main recv
			6 main recv-want waited`},
		{"private memory and what main set up before is no step", `
			main store config
			main store n
			main go A
			A start
			A load config
			A store mine
			A load n
			main store n
			A end
			main end`, `
			1 main store
			2 main go
			3 A load
			4 main store
			5 A end
			6 main end`},
		{"a sleeper's waking shows in its next step", `
			main go A
			main sleep - 5ms
			A print x
			main woke
			main end`, `
			1 main go
			2 main sleep
			3 A print
			4 main woke
			5 main end`},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := strings.ReplaceAll(strings.TrimSpace(c.want), "\t", "") + "\n"
			if got := steps(run(c.run)); got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

// An auditor began when the transfer had written one account: nothing ordered the
// two, the sum was wrong, and the picture did not show the account.
func TestStepsOfARace(t *testing.T) {
	ex := run("main go A\nmain go B\nA start\nA store n\nB start\nB load n\nA end\nB end\nmain end")
	if got := steps(ex); strings.Contains(got, "A store") {
		t.Errorf("one that hands a variable on shares it:\n%s", got)
	}
	ex.Races = []model.Race{{Object: "n", A: model.Access{Event: 3, Write: true}, B: model.Access{Event: 5}}}
	if got := steps(ex); !strings.Contains(got, "3 A store\n4 B load") {
		t.Errorf("a race is not shown:\n%s", got)
	}
}

// A send over a channel without a buffer and its receive are one step, wherever the
// receive is noted.
func TestRendezvousIsOneStep(t *testing.T) {
	const sends = "main go A\nmain go B\nA start\nA recv-want c\nB start\n"
	for buffer, want := range map[string]string{
		"":               "1 main go\n2 main go\n3 A recv-want waited\n4 B send\n5 A recv\n6 A print ends\n7 B end\n8 main end\n",
		"B buffer c 0\n": "1 main go\n2 main go\n3 A recv-want waited\n4 B send\n5 A print ends\n6 B end\n7 main end\n",
	} {
		ex := told(t, sends+buffer+"B send c 1\nA recv c 1\nA print x\nA end\nB end\nmain end")
		if got := steps(ex); got != want {
			t.Errorf("got\n%swant\n%s", got, want)
		}
		all := trace.Steps(ex)
		send := all.List[3].Event
		if recv := ex.Events[send].Link; (all.Of[recv] == all.Of[send]) != (buffer != "") || (all.List[3].Met == recv) != (buffer != "") {
			t.Errorf("%q: the receive is shown in step %d, the send in %d", buffer, all.Of[recv], all.Of[send])
		}
	}
}

func TestStepsAfterDroppedEvents(t *testing.T) {
	ex := run("main go A\nA print x\nA print y\nmain end")
	ex.Dropped, ex.DroppedAt = 100, 2
	if got, want := steps(ex), "1 main go\n2 A print\n103 A print\n104 main end\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// Every event that is shown belongs to a step of its own goroutine.
func TestStepOf(t *testing.T) {
	ex := run("main go A\nA start\nA lock-want mu\nA lock mu\nA unlock mu\nA end\nmain end")
	s := trace.Steps(ex)
	if got, want := fmt.Sprint(s.Of), "[0 1 1 1 2 2 3]"; got != want {
		t.Errorf("Of = %s, want %s", got, want)
	}
}
