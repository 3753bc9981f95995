package rendertest

import (
	"fmt"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/explain"
	"threading101/kernel/judge"
	"threading101/kernel/model"
	"threading101/kernel/proof/story"
	"threading101/kernel/trace"
)

// Situation is a run to draw.
type Situation struct {
	Name string
	Make func() *model.Execution
}

// All are runs as the lessons meet them, and runs that are hard to draw.
var All = []Situation{
	{"example", Example},
	{"threads-cut-off", threadsCutOff},
	{"threads-at-prompt", threadsAtPrompt},
	{"threads-sleep", threadsSleep},
	{"lock-each-its-own", ownLocks},
	{"join-one", joinOne},
	{"join-all", joinAll},
	{"join-group", joinGroup},
	{"queue", queue},
	{"lost-update", LostUpdate},
	{"two-locks", TwoLocks},
	{"calls-overlap", callsOverlap},
	{"calls-out-of-order", callsOutOfOrder},
	{"calls-too-many", callsTooMany},
	{"deadlock", Deadlock},
	{"panic", panics},
	{"exit", exits},
	{"race", races},
	{"readers", readers},
	{"cond", condition},
	{"six-workers", func() *model.Execution { return Workers(6, 3) }},
	{"interrupted", interrupted},
	{"hostile", Hostile},
	{"ten-thousand-events", func() *model.Execution { return Workers(3, 1100) }},
	{"dropped", dropped},
	{"thousand-goroutines", Thousand},
	{"thousand-blocked", ThousandBlocked},
	{"controlled", Told(`
cell 3
main start
main wg-add wg 2
main go A
main go B
main wait-want wg
B start @3
B lock mu @9
B print B_1 @10
A start @3
A lock-want mu @9
B print B_2 @10
B sleep 5000000 @11
B woke @11
B unlock mu @12
A lock mu @9
A print A_1 @10
A print A_2 @10
A unlock mu @12
B wg-done wg @4
B end @4
A wg-done wg @4
A end @4
main wait wg @6
main end @7`)},
	{"computing", Told(`
cell 4
main start
main go fib
main atomic-load done false @9
main atomic-load done false @9
fib compute
main atomic-load done false @9
main atomic-load done false @9
fib compute
fib start @4
fib print 2178309 @5
fib atomic-store done true @6
fib end @7
main atomic-load done true @9
main compute
main print ended @11
main end @12
`)},
	{"rendezvous", Told(`
cell 4
main start
main go pusher
main go puller
puller start @9
puller recv-want ch @9
pusher start @6
pusher buffer ch 0
pusher send ch 1 @6
pusher send-want ch 2 @6
puller recv ch 1 @9
puller print 1 @10
main recv-want ch @14
pusher send ch 2 @6
pusher end @7
main recv ch 2 @14
main end @15
puller end @11
`)},
	{"controlled-deadlock", Told(`
cell 4
main start @1
main wg-add wg 2 @3
main go A @4
main go B @5
main wait-want wg @6
A start @4
A lock left @10
B start @5
B lock right @20
A lock-want right @11
B lock-want left @21
status deadlock`)},
	{"controlled-deadlock-names", func() *model.Execution {
		x := Told(`
cell 2
main start @1
main wg-add wg 2 @4
main go A @5
main go B @6
main wait-want wg @7
B start @6
B lock ben.lock @13
A start @5
A lock anna.lock @3
B lock-want anna.lock @15
A lock-want ben.lock @5
status deadlock`)()
		x.Goroutines[1].Name, x.Goroutines[2].Name = "annaPays 10", "benPays 20"
		return x
	}},
	{"controlled-transfers", func() *model.Execution {
		x := Told(`
cell 5
main start @15
main wg-add wg 2 @16
main go A @17
main go B @18
main wait-want wg @19
B start @18
B lock first.lock @7
A start @17
A lock-want first.lock @7
B lock second.lock @9
B load from.balance 100 @11
B store from.balance 80 @11
B load to.balance 100 @12
B store to.balance 120 @12
B unlock second.lock @10
B unlock first.lock @8
B wg-done wg @2
B end @2
A lock first.lock @7
A load to.balance 120 @11
A store to.balance 110 @11
A load from.balance 80 @12
A store from.balance 90 @12
A unlock first.lock @8
A wg-done wg @2
A end @2
main wait wg @19
main end @21`)()
		x.Goroutines[1].Name, x.Goroutines[2].Name = "transfer A", "transfer B"
		return x
	}},
	{"controlled-circle-of-four", Told(`
main start
main go P1
main go P2
main go P3
main go P4
P1 start
P2 start
P3 start
P4 start
P2 lock f2 @30
P1 lock f1 @30
P4 lock f4 @30
P3 lock f3 @30
P1 lock-want f2 @31
P3 lock-want f4 @31
P4 lock-want f1 @31
P2 lock-want f3 @31
main lock-want f1 @40
status deadlock`)},
	{"controlled-race", Told(`
cell 2
main start @1
main store n 0 @2
main wg-add wg 2 @3
main go A @4
main go B @5
main wait-want wg @6
A start @4
A load n 0 @12
A store n 1 @12
B start @5
B load n 1 @12
B store n 2 @12
A wg-done wg @4
A end @4
B wg-done wg @5
B end @5
main wait wg @6
main load n 2 @7
main print n_=_2 @7
main end @8`)},
	{"controlled-file", Told(`
cell 1
main start @1
main file-open log.txt new @2
main wg-add wg 2 @3
main go A @4
main go B @5
main wait-want wg @6
A start @4
A file-write log.txt A @8
B start @5
B file-write log.txt B @8
B file-write log.txt _writes @9
B wg-done wg @10
B end @10
A file-write log.txt _writes @9
A file-write log.txt ? @9
A wg-done wg @10
A end @10
main wait wg @6
main file-seek log.txt 0 @11
main file-read log.txt AB_writes @12
main file-read log.txt ? @12
main file-close log.txt @13
main file-rename old.txt log.txt @14
main file-look log.txt ? @15
main file-truncate old.txt 2 @15
main file-remove old.txt @16
main end @17`)},
	{"transactions", Told(`
cell 1
main start @1
main sql db CREATE_TABLE_account_(id_int_PRIMARY_KEY,_balance_int) @2
main wg-add wg 2 @3
main go A @4
main go B @5
main wait-want wg @6
A start @4
A sql db BEGIN @10
A says begins A_1
A sql db SELECT_balance_FROM_account_WHERE_id_=_1_FOR_UPDATE_➜_100 @11
A says sees A_1
A says locks A_account_1
B start @5
B sql db BEGIN @10
B says begins B_2
B sql-want db A<SELECT_balance_FROM_account_WHERE_id_=_1_FOR_UPDATE @11
B says wants B_account_1
A sql db UPDATE_account_SET_balance_=_110_WHERE_id_=_1_➜_1_row @12
A says sees A_1
A sql db COMMIT @13
A says lets B
A says commits A_1
A says frees A_account_1
A says locks B_account_1
B sql db SELECT_balance_FROM_account_WHERE_id_=_1_FOR_UPDATE_➜_110 @11
B says sees B_2
B sql db ROLLBACK @14
B says undoes B_2
B says frees B_account_1
B sql db BEGIN_ISOLATION_LEVEL_REPEATABLE_READ @16
B says begins B_3
B sql db SELECT_balance_FROM_account_WHERE_id_=_2_➜_100 @17
B says keeps B_3
A sql db UPDATE_account_SET_balance_=_90_WHERE_id_=_2_➜_1_row @15
B sql db SELECT_balance_FROM_account_WHERE_id_=_2_➜_100 @17
B says keeps B_3
B sql db UPDATE_account_SET_balance_=_95_WHERE_id_=_2_➜_40001_could_not_serialize_access? @18
B says keeps B_3
B says refused B_3
A wg-done wg @20
A end @20
B sql db ROLLBACK @19
B wg-done wg @20
B end @20
main wait wg @6
main end @21`)},
	{"controlled-lost-update", Told(`
cell 2
main start @1
main store n 0 @2
main go A @4
main go B @5
A start @4
A load n 0 @12
B start @5
B load n 0 @12
B store n 1 @12
B end @5
A store n 1 @12
A end @4
main sleep 10000000 @6
main woke @6
main load n 1 @7
main print n_=_1 @7
main end @8`)},
	{"controlled-outside", func() *model.Execution {
		x := Told(`
main start
main go A
A start
A outside
main print waiting
A inside
A print done
A end
main sleep 1000000
main woke
main end`)()
		x.Uncontrolled = []string{"what happens inside io.Pipe", "how long a goroutine waited in code outside the program"}
		return x
	}},
	{"controlled-lost-updates", Told(`
cell 4
main start @1
main wg-add wg 2 @4
main go count_A @5
main go count_B @6
main wait-want wg @7
count_A start @5
count_A load n 0 @16
count_B start @6
count_B load n 0 @16
count_B store n 1 @16
count_B load n 1 @16
count_B store n 2 @16
count_A store n 1 @16
count_B load n 1 @16
count_A load n 1 @16
count_A store n 2 @16
count_A load n 2 @16
count_A store n 3 @16
count_A wg-done wg @14
count_A end @14
count_B store n 2 @16
count_B wg-done wg @14
count_B end @14
main wait wg @7
main load n 2 @8
main print n:_2 @8
main end @9`)},
	{"controlled-leak", Told(`
main start
main go A
main go B
A start
A lock mu
A send-want results 42
B start
B lock-want mu
main end`)},
}

// TwoLocks is the first case of lesson 10: a lock for each, and a lost update
// whose steps race too, in a picture with many columns.
func TwoLocks() *model.Execution {
	x := Told(`
cell 3
main start @20
main go Clerk.payIn_1 @16
main go Clerk.payIn_2 @17
main wait-want wg @18
Clerk.payIn_2 start @17
Clerk.payIn_2 lock c.lock @8
Clerk.payIn_2 load till 100 @10
Clerk.payIn_1 start @16
Clerk.payIn_1 lock c.lock·2 @8
Clerk.payIn_1 load till 100 @10
Clerk.payIn_1 store till 110 @10
Clerk.payIn_1 unlock c.lock·2 @9
Clerk.payIn_1 wg-done wg @16
Clerk.payIn_1 end @16
Clerk.payIn_2 store till 120 @10
Clerk.payIn_2 unlock c.lock @9
Clerk.payIn_2 wg-done wg @17
Clerk.payIn_2 end @17
main wait wg @18
main load till 120 @19
main print in_the_till:_120 @19
main end @21`)()
	x.Races = trace.Races(x)
	return x
}

// Told is a controlled run as story.Tell tells it.
func Told(text string) func() *model.Execution {
	return func() *model.Execution {
		x, err := story.Tell(text)
		if err == nil {
			err = trace.Validate(x)
		}
		if err != nil {
			panic(err)
		}
		return x
	}
}

// threadsCutOff is lesson 01: main returns, and cuts off two workers.
func threadsCutOff() *model.Execution {
	s := NewScript(model.Real, 2)
	a, b := s.Start(0, "A", 21), s.Start(0, "B", 22)
	c := s.Start(0, "C", 23)
	s.Do(b, event.Start, -1, 22, "")
	s.Do(b, event.Print, -1, 11, "B 3\n")
	s.Do(a, event.Start, -1, 21, "")
	s.Do(a, event.Print, -1, 11, "A 3\n")
	s.Do(b, event.Sleep, -1, 12, "1ms")
	s.Do(0, event.Print, -1, 24, "main is done\n")
	s.Do(0, event.End, -1, 25, "")
	s.end(a, model.WasCutOff, -1, 11)
	s.end(b, model.WasCutOff, -1, 12)
	s.end(c, model.WasCutOff, -1, 0)
	return s.Done(model.CutOff)
}

// threadsAtPrompt is a program of two cells, at whose last prompt main is: A waits for
// what another cell may send, and B is still running.
func threadsAtPrompt() *model.Execution {
	s := NewScript(model.Controlled, 1)
	done := s.Object(event.ClassChannel, "done")
	a, b := s.Start(0, "A", 21), s.Start(0, "B", 22)
	s.prompt(event.Sleep, 22)
	s.Do(a, event.Start, -1, 21, "")
	s.Do(a, event.Print, -1, 11, "A 3\n")
	s.prompt(event.Woke, 22)
	s.Execution.Prompts = append(s.Execution.Prompts, model.Prompt{Cell: 1, Event: len(s.Execution.Events), Pos: model.Pos{Cell: s.cell}})
	s.Do(0, event.Print, -1, 31, "main goes on\n")
	s.prompt(event.Sleep, 31)
	s.Do(a, event.RecvWant, done, 12, "")
	s.Do(b, event.Start, -1, 22, "")
	s.Do(b, event.Gosched, -1, 13, "")
	s.Execution.Prompts = append(s.Execution.Prompts, model.Prompt{Cell: 2, Event: len(s.Execution.Events), Pos: model.Pos{Cell: s.cell + 1}})
	for _, g := range []int{0, a, b} {
		s.end(g, model.AtPrompt, -1, 12)
	}
	s.Execution.Goroutines[a].Left, s.Execution.Goroutines[b].Left = judge.Waiting, judge.Able
	return s.Done(model.Waiting)
}

// prompt is what main does at the prompt between two cells.
func (s *Script) prompt(op event.Op, line int) {
	s.Execution.Events[s.Do(0, op, -1, line, "")].Site = &event.Site{Op: event.Sleep, Prompt: 1}
}

// threadsSleep is lesson 01 with Sleep as a crutch.
func threadsSleep() *model.Execution {
	s := NewScript(model.Real, 2)
	a, b := s.Start(0, "A", 21), s.Start(0, "B", 22)
	s.Do(0, event.Sleep, -1, 23, "50ms")
	s.Do(a, event.Start, -1, 21, "")
	s.Do(b, event.Start, -1, 22, "")
	for n := 3; n > 0; n-- {
		for _, g := range []int{b, a} {
			if n < 3 {
				s.Do(g, event.Woke, -1, 12, "")
			}
			s.Do(g, event.Print, -1, 11, fmt.Sprintf("%s %d\n", s.Execution.Goroutines[g].Name, n))
			s.Do(g, event.Sleep, -1, 12, "10ms")
		}
		s.t += 10e6
	}
	for _, g := range []int{a, b} {
		s.Do(g, event.Woke, -1, 12, "")
		s.Do(g, event.End, -1, 14, "")
	}
	s.t += 20e6
	s.Do(0, event.Woke, -1, 23, "")
	s.Do(0, event.End, -1, 24, "")
	return s.Done(model.OK)
}

// ownLocks is the mistake of one lock each, which excludes nobody.
func ownLocks() *model.Execution {
	s := NewScript(model.Real, 2)
	l1, l2 := s.Object(event.ClassMutex, "lock"), s.Object(event.ClassMutex, "lock·2")
	s.Execution.Objects[l1].Shared, s.Execution.Objects[l2].Shared = false, false
	wg := s.Object(event.ClassWaitGroup, "wg")
	a, b := s.Start(0, "A", 21), s.Start(0, "B", 22)
	s.Do(0, event.WaitWant, wg, 23, "")
	for _, step := range []struct {
		g, lock int
		op      event.Op
		value   string
	}{
		{a, l1, event.Lock, ""}, {b, l2, event.Lock, ""}, {a, -1, event.Print, "A 2\n"}, {b, -1, event.Print, "B 2\n"},
		{b, -1, event.Print, "B 1\n"}, {a, -1, event.Print, "A 1\n"}, {b, l2, event.Unlock, ""}, {a, l1, event.Unlock, ""},
		{b, wg, event.WGDone, ""}, {b, -1, event.End, ""}, {a, wg, event.WGDone, ""}, {a, -1, event.End, ""},
	} {
		s.Do(step.g, step.op, step.lock, 11, step.value)
	}
	s.Do(0, event.Wait, wg, 23, "")
	s.Do(0, event.End, -1, 24, "")
	return s.Done(model.OK)
}

// joinOne waits for one of two workers: the other is cut off.
func joinOne() *model.Execution {
	s := NewScript(model.Real, 2)
	done := s.Object(event.ClassChannel, "a.done")
	a, b := s.Start(0, "A", 21), s.Start(0, "B", 22)
	s.Do(0, event.RecvWant, done, 23, "")
	s.Do(a, event.Start, -1, 21, "")
	s.Do(a, event.Print, -1, 11, "A 2\n")
	s.Do(b, event.Start, -1, 22, "")
	s.Do(b, event.Print, -1, 11, "B 2\n")
	s.Do(a, event.Print, -1, 11, "A 1\n")
	end := s.Do(a, event.Close, done, 14, "")
	s.Do(a, event.End, -1, 15, "")
	got := s.Do(0, event.Recv, done, 23, "")
	s.Execution.Events[got].Flags = event.FlagClosed
	s.link(end, got)
	s.Do(0, event.Print, -1, 24, "A is done\n")
	s.Do(0, event.End, -1, 25, "")
	s.end(b, model.WasCutOff, -1, 11)
	return s.Done(model.CutOff)
}

// joinAll waits for each worker in turn, in another order than they finish.
func joinAll() *model.Execution {
	s := NewScript(model.Real, 2)
	names := []string{"A", "B", "C"}
	var g, done []int
	for i, n := range names {
		done = append(done, s.Object(event.ClassChannel, []string{"done", "done·2", "done·3"}[i]))
		g = append(g, s.Start(0, n, 20+i))
	}
	s.Do(0, event.RecvWant, done[0], 24, "")
	end := make([]int, 3)
	for _, i := range []int{2, 0, 1} {
		s.Do(g[i], event.Start, -1, 20+i, "")
		s.Do(g[i], event.Print, -1, 11, names[i]+" 1\n")
		end[i] = s.Do(g[i], event.Close, done[i], 14, "")
		s.Do(g[i], event.End, -1, 15, "")
	}
	for i := range names {
		if i > 0 {
			s.Do(0, event.RecvWant, done[i], 24, "")
		}
		got := s.Do(0, event.Recv, done[i], 24, "")
		s.Execution.Events[got].Flags = event.FlagClosed
		s.link(end[i], got)
	}
	s.Do(0, event.Print, -1, 26, "all done\n")
	s.Do(0, event.End, -1, 27, "")
	return s.Done(model.OK)
}

// joinGroup waits for all with a wait group.
func joinGroup() *model.Execution {
	s := NewScript(model.Real, 2)
	wg := s.Object(event.ClassWaitGroup, "wg")
	var g []int
	for i := range 3 {
		s.Do(0, event.WGAdd, wg, 20, "1")
		g = append(g, s.Start(0, fmt.Sprintf("worker %d", i+1), 20))
	}
	s.Do(0, event.WaitWant, wg, 22, "")
	for _, i := range []int{1, 0, 2} {
		s.Do(g[i], event.Start, -1, 20, "")
		s.Do(g[i], event.Print, -1, 11, fmt.Sprintf("hello from %d\n", i+1))
		s.Do(g[i], event.WGDone, wg, 20, "")
		s.Do(g[i], event.End, -1, 20, "")
	}
	s.Do(0, event.Wait, wg, 22, "")
	s.Do(0, event.End, -1, 23, "")
	return s.Done(model.OK)
}

// queue sends the work of two producers to one owner.
func queue() *model.Execution {
	s := NewScript(model.Real, 2)
	ch, wg := s.Object(event.ClassChannel, "queue"), s.Object(event.ClassWaitGroup, "wg")
	owner, a, b := s.Start(0, "owner", 18), s.Start(0, "A", 20), s.Start(0, "B", 21)
	s.Do(0, event.WaitWant, wg, 22, "")
	s.Do(owner, event.Start, -1, 18, "")
	s.Do(owner, event.RecvWant, ch, 8, "")
	recv := func(from int, value string) {
		s.link(from, s.Do(owner, event.Recv, ch, 8, value))
		s.Do(owner, event.Print, -1, 9, "stored "+value+"\n")
	}
	s.Do(a, event.Start, -1, 20, "")
	s1 := s.Do(a, event.Send, ch, 13, "1")
	s.Do(b, event.Start, -1, 21, "")
	s2 := s.Do(b, event.Send, ch, 13, "10")
	recv(s1, "1")
	s3 := s.Do(b, event.Send, ch, 13, "20")
	s.Do(b, event.WGDone, wg, 15, "")
	s.Do(b, event.End, -1, 15, "")
	recv(s2, "10")
	s4 := s.Do(a, event.Send, ch, 13, "2")
	s.Do(a, event.WGDone, wg, 15, "")
	s.Do(a, event.End, -1, 15, "")
	recv(s3, "20")
	s.Do(0, event.Wait, wg, 22, "")
	c := s.Do(0, event.Close, ch, 23, "")
	recv(s4, "2")
	got := s.Do(owner, event.Recv, ch, 8, "")
	s.Execution.Events[got].Flags = event.FlagClosed
	s.link(c, got)
	s.Do(owner, event.End, -1, 10, "")
	s.Do(0, event.End, -1, 25, "")
	return s.Done(model.OK)
}

// LostUpdate is lesson 05: n++ twice, one is lost.
func LostUpdate() *model.Execution {
	s := NewScript(model.Real, 2)
	n, wg := s.Object(event.ClassMemory, "n"), s.Object(event.ClassWaitGroup, "wg")
	s.Do(0, event.Store, n, 3, "0")
	a, b := s.Start(0, "A", 6), s.Start(0, "B", 7)
	s.Do(0, event.WaitWant, wg, 8, "")
	s.Do(a, event.Start, -1, 6, "")
	s.Do(a, event.Load, n, 4, "0")
	s.Do(b, event.Start, -1, 7, "")
	s.Do(b, event.Load, n, 4, "0")
	s.Do(b, event.Store, n, 4, "1")
	s.Do(b, event.WGDone, wg, 4, "")
	s.Do(b, event.End, -1, 4, "")
	st := s.Do(a, event.Store, n, 4, "1")
	s.Execution.Events[st].Stale = true
	s.Do(a, event.WGDone, wg, 4, "")
	s.Do(a, event.End, -1, 4, "")
	s.Do(0, event.Wait, wg, 8, "")
	s.Do(0, event.Load, n, 9, "1")
	s.Do(0, event.Print, -1, 9, "n = 1\n")
	s.Do(0, event.End, -1, 10, "")
	return s.Done(model.OK)
}

// callsOverlap is of lesson 02: the blocks that two workers print are torn.
func callsOverlap() *model.Execution {
	s := NewScript(model.Real, 2)
	a, b := s.Start(0, "A", 6), s.Start(0, "B", 7)
	first := s.in("block", s.Do(a, event.Print, -1, 12, "A 1\n"))
	s.call(b, s.in("block", s.Do(b, event.Print, -1, 12, "B 1\n")), s.Do(b, event.Print, -1, 13, "B 2\n"))
	s.Do(b, event.End, -1, 7, "")
	s.call(a, first, s.Do(a, event.Print, -1, 13, "A 2\n"))
	s.Do(a, event.End, -1, 6, "")
	s.Do(0, event.End, -1, 9, "")
	s.Execution.Rules = []model.Rule{{}}
	return s.Done(model.OK)
}

// callsOutOfOrder: what has not been deposited yet is reported.
func callsOutOfOrder() *model.Execution {
	s := NewScript(model.Real, 2)
	balance := s.Object(event.ClassMemory, "balance")
	a, b := s.Start(0, "deposit", 6), s.Start(0, "report", 7)
	s.Do(a, event.Start, -1, 6, "")
	first := s.in("deposit", s.Do(a, event.Load, balance, 12, "100"))
	s.Do(b, event.Start, -1, 7, "")
	one := s.in("report", s.Do(b, event.Load, balance, 16, "100"))
	s.call(b, one, one)
	s.Execution.Spans[0].N = 1
	s.Do(b, event.End, -1, 7, "")
	s.call(a, first, s.Do(a, event.Store, balance, 12, "110"))
	s.Do(a, event.End, -1, 6, "")
	s.Do(0, event.End, -1, 9, "")
	s.Execution.Rules = []model.Rule{{First: 0, Then: 1}}
	return s.Done(model.OK)
}

// callsTooMany: three are inside, and there may be two.
func callsTooMany() *model.Execution {
	s := NewScript(model.Real, 2)
	a, b, c := s.Start(0, "A", 6), s.Start(0, "B", 7), s.Start(0, "C", 8)
	first := s.in("work", s.Do(a, event.Print, -1, 12, "A 1\n"))
	then := s.in("work", s.Do(b, event.Print, -1, 12, "B 1\n"))
	s.call(c, s.in("work", s.Do(c, event.Print, -1, 12, "C 1\n")), s.Do(c, event.Print, -1, 13, "C 2\n"))
	s.Do(c, event.End, -1, 8, "")
	s.call(a, first, s.Do(a, event.Print, -1, 13, "A 2\n"))
	s.Do(a, event.End, -1, 6, "")
	s.call(b, then, s.Do(b, event.Print, -1, 13, "B 2\n"))
	s.Do(b, event.End, -1, 7, "")
	s.Do(0, event.End, -1, 10, "")
	s.Execution.Rules = []model.Rule{{Most: 2}}
	return s.Done(model.OK)
}

// in says in which function event i is, and returns i.
func (s *Script) in(function string, i int) int {
	s.Execution.Events[i].Site = &event.Site{Func: function}
	return i
}

// call says that g was in a call from event first to event last.
func (s *Script) call(g, first, last int) {
	s.Execution.Spans = append(s.Execution.Spans, model.Span{G: g, First: first, Last: last})
}

// Deadlock is AB-BA: two transfers take two locks in opposite order.
func Deadlock() *model.Execution {
	s := NewScript(model.Real, 2)
	s.cell = 4
	la, lb, wg := s.Object(event.ClassMutex, "alice.mu"), s.Object(event.ClassMutex, "bob.mu"), s.Object(event.ClassWaitGroup, "wg")
	a, b := s.Start(0, "A→B", 20), s.Start(0, "B→A", 21)
	s.Do(0, event.WaitWant, wg, 22, "")
	s.Do(a, event.Start, -1, 20, "")
	s.Do(a, event.Lock, la, 9, "")
	s.Do(b, event.Start, -1, 21, "")
	s.Do(b, event.Lock, lb, 9, "")
	s.Do(b, event.LockWant, la, 10, "")
	s.Do(a, event.LockWant, lb, 10, "")
	s.end(0, model.WasBlocked, wg, 22)
	s.end(a, model.WasBlocked, lb, 10)
	s.end(b, model.WasBlocked, la, 10)
	s.Execution.Reason = "all goroutines are asleep - deadlock!"
	return s.Done(model.Deadlock)
}

func panics() *model.Execution {
	s := NewScript(model.Real, 2)
	wg := s.Object(event.ClassWaitGroup, "wg")
	a, b := s.Start(0, "A", 20), s.Start(0, "B", 21)
	s.Do(0, event.WaitWant, wg, 22, "")
	s.Do(a, event.Start, -1, 20, "")
	s.Do(a, event.Print, -1, 11, "A 1\n")
	s.Do(b, event.Start, -1, 21, "")
	s.Do(b, event.Panic, -1, 12, "") // the recorder does not know the value
	s.end(0, model.WasBlocked, wg, 22)
	s.end(a, model.WasCutOff, -1, 11)
	s.end(b, model.DidPanic, -1, 12)
	s.Execution.Reason, s.Execution.ExitCode = "runtime error: index out of range [3] with length 3", 2
	return s.Done(model.Panicked)
}

func exits() *model.Execution {
	s := NewScript(model.Real, 2)
	a := s.Start(0, "A", 20)
	s.Do(0, event.Sleep, -1, 21, "1s")
	s.Do(a, event.Start, -1, 20, "")
	s.Do(a, event.Print, -1, 11, "")
	s.Do(a, event.Exit, -1, 12, "3")
	s.end(0, model.WasCutOff, -1, 21)
	s.end(a, model.DidExit, -1, 12)
	s.Execution.ExitCode = 3
	return s.Done(model.Exited)
}

func races() *model.Execution {
	ex := LostUpdate()
	ex.Mode = model.RaceDetector
	ex.Races = []model.Race{{
		Object: "n",
		A:      model.Access{Goroutine: "B", Write: true, Pos: model.Pos{Cell: 1, Line: 4}, Event: 8},
		B:      model.Access{Goroutine: "A", Pos: model.Pos{Cell: 1, Line: 4}, Event: 5},
	}}
	return ex
}

func readers() *model.Execution {
	s := NewScript(model.Real, 4)
	mu, m := s.Object(event.ClassRWMutex, "mu"), s.Object(event.ClassMemory, "total")
	r1, r2, w := s.Start(0, "reader 1", 20), s.Start(0, "reader 2", 20), s.Start(0, "writer", 22)
	s.Do(0, event.Sleep, -1, 23, "1s")
	s.Do(r1, event.RLock, mu, 5, "")
	s.Do(r2, event.RLock, mu, 5, "")
	s.Do(w, event.LockWant, mu, 9, "")
	s.Do(r1, event.Load, m, 6, "41")
	s.Do(r1, event.RUnlock, mu, 7, "")
	s.Do(r2, event.Load, m, 6, "41")
	s.Do(r2, event.RUnlock, mu, 7, "")
	s.Do(w, event.Lock, mu, 9, "")
	s.Do(r1, event.End, -1, 8, "")
	s.Do(w, event.Store, m, 10, "42")
	try := s.Do(r2, event.TryRLock, mu, 5, "false")
	s.Execution.Events[try].Flags = event.FlagFailed
	s.Do(r2, event.End, -1, 8, "")
	s.Do(w, event.Unlock, mu, 11, "")
	s.Do(w, event.End, -1, 12, "")
	s.Do(0, event.End, -1, 24, "")
	return s.Done(model.OK)
}

func condition() *model.Execution {
	s := NewScript(model.Real, 2)
	mu, c := s.Object(event.ClassMutex, "mu"), s.Object(event.ClassCond, "ready")
	w := s.Start(0, "waiter", 20)
	s.Do(w, event.Lock, mu, 5, "")
	s.Do(w, event.CondWant, c, 7, "")
	s.Do(0, event.Lock, mu, 12, "")
	sig := s.Do(0, event.Signal, c, 13, "")
	s.Do(0, event.Unlock, mu, 14, "")
	s.Do(0, event.Sleep, -1, 15, "1ms")
	s.link(sig, s.Do(w, event.CondWait, c, 7, ""))
	s.Do(w, event.Select, -1, 8, "0")
	s.Execution.Events[s.Do(w, event.Recv, -1, 8, "7")].Flags = event.FlagSelect
	s.Do(w, event.Unlock, mu, 9, "")
	s.Do(w, event.End, -1, 10, "")
	s.Do(0, event.End, -1, 16, "")
	return s.Done(model.OK)
}

// Workers lets n workers go round a lock, each so many times.
func Workers(n, rounds int) *model.Execution {
	s := NewScript(model.Real, 2)
	mu, wg := s.Object(event.ClassMutex, "mu"), s.Object(event.ClassWaitGroup, "wg")
	var g []int
	for i := range n {
		g = append(g, s.Start(0, fmt.Sprintf("worker %d", i+1), 20))
	}
	s.Do(0, event.WaitWant, wg, 22, "")
	for r := range rounds {
		for i := range n {
			s.Do(g[i], event.Lock, mu, 10, "")
			s.Do(g[i], event.Print, -1, 11, fmt.Sprintf("worker %d, round %d\n", i+1, r+1))
			s.Do(g[i], event.Unlock, mu, 12, "")
		}
	}
	for i := range n {
		s.Do(g[i], event.WGDone, wg, 13, "")
		s.Do(g[i], event.End, -1, 13, "")
	}
	s.Do(0, event.Wait, wg, 22, "")
	s.Do(0, event.End, -1, 23, "")
	return s.Done(model.OK)
}

func interrupted() *model.Execution {
	s := NewScript(model.Real, 2)
	a := s.Start(0, "func", 20)
	s.Do(a, event.Start, -1, 20, "")
	for i := range 300 {
		s.Do(a, event.Print, -1, 11, fmt.Sprintf("%d\n", i))
		if i%7 == 0 {
			s.Do(a, event.Gosched, -1, 11+i%5, "")
		}
	}
	s.end(0, model.WasCutOff, -1, 21)
	s.end(a, model.WasCutOff, -1, 11)
	return s.Done(model.Interrupted)
}

// Hostile holds everything that should not be taken literally.
func Hostile() *model.Execution {
	s := NewScript(model.Real, 2)
	mu := s.Object(event.ClassMutex, "m[\"</svg><script>alert(1)</script>\"]")
	a := s.Start(0, "</svg><script>alert('A')</script>", 20)
	for _, text := range []string{
		"<script>alert(\"x\")</script> & 'y' ]]> <!-- -->\n", "\x1b[31mred\x1b[0m\a\b\x00 bell", "\u202egnirts desrever\u202c \u2066x\u2069",
		"bad \xff\xfe UTF-8 \xed\xa0\x80", "👩‍👩‍👧‍👦👍🏽 é é 日本語 " + string(rune(0xffff)), "a\r\nb\tc\u2028d\u200be",
		"long " + fmt.Sprintf("%0500d", 7), "שלום עולם مرحبا", "\n", "t101-\x00p0|\\|**b**[c](http://d) @e #1 `f` $g$",
	} {
		s.Do(a, event.Print, -1, 11, text)
	}
	s.Do(a, event.Lock, mu, 12, "")
	s.Do(a, event.Panic, -1, 13, "</text></svg><img src=x onerror=alert(1)>")
	s.end(a, model.DidPanic, -1, 13)
	s.end(0, model.WasCutOff, -1, 21)
	s.Execution.Reason = "</text></svg><img src=x onerror=alert(1)>\x1b[2J"
	s.Execution.Uncontrolled = []string{"<b>net</b>"}
	s.Execution.Stdout = "\xff<script>"
	return s.Done(model.Panicked)
}

// dropped is a run of which only the beginning and the end were kept.
func dropped() *model.Execution {
	ex := Workers(2, 8)
	ex.Dropped, ex.DroppedAt = 1_234_567, 30
	for i := ex.DroppedAt; i < len(ex.Events); i++ {
		ex.Events[i].Step += int(ex.Dropped)
	}
	return ex
}

// Thousand goroutines count together.
func Thousand() *model.Execution {
	s := NewScript(model.Real, 2)
	n, wg := s.Object(event.ClassAtomic, "n"), s.Object(event.ClassWaitGroup, "wg")
	var g []int
	for i := range 1000 {
		s.Do(0, event.WGAdd, wg, 20, "1")
		g = append(g, s.Start(0, fmt.Sprintf("func %d", i+1), 20))
	}
	s.Do(0, event.WaitWant, wg, 22, "")
	for i, w := range g {
		s.Do(w, event.Start, -1, 20, "")
		s.Do(w, event.AtomicAdd, n, 21, fmt.Sprint(i+1))
		s.Do(w, event.WGDone, wg, 21, "")
		s.Do(w, event.End, -1, 21, "")
	}
	s.Do(0, event.Wait, wg, 22, "")
	s.Do(0, event.AtomicLoad, n, 23, "1000")
	s.Do(0, event.End, -1, 24, "")
	return s.Done(model.OK)
}

// ThousandBlocked wait for one lock for ever.
func ThousandBlocked() *model.Execution {
	s := NewScript(model.Real, 2)
	mu := s.Object(event.ClassMutex, "mu")
	var g []int
	for i := range 1000 {
		g = append(g, s.Start(0, fmt.Sprintf("func %d", i+1), 20))
	}
	for i := range g {
		w := g[(i+500)%len(g)]
		if i == 0 {
			s.Do(w, event.Lock, mu, 21, "")
		}
		s.Do(w, event.LockWant, mu, 22, "")
		s.end(w, model.WasBlocked, mu, 22)
	}
	s.Do(0, event.LockWant, mu, 23, "")
	s.end(0, model.WasBlocked, mu, 23)
	return s.Done(model.Deadlock)
}

// TwoWorkers print under a lock: in this order of who gets it.
func TwoWorkers(seed uint64, order string) *model.Execution {
	story := "cell 3\nmain start @1\nmain wg-add wg 2 @3\nmain go A @4\nmain go B @5\nmain wait-want wg @6\nA start @4\nB start @5\n"
	for _, who := range strings.Fields(order) {
		story += strings.ReplaceAll("X lock mu @9\nX print X_2 @10\nX print X_1 @10\nX unlock mu @12\n", "X", who)
	}
	story += "A wg-done wg @13\nA end @13\nB wg-done wg @13\nB end @13\nmain wait wg @6\nmain end @7"
	x := Told(story)()
	x.Seed = seed
	return x
}

// TwoPayments go to one account without a lock: 10 and 20, to the 100 that are there.
func TwoPayments(lost bool) *model.Execution {
	const first = "cell 1\nmain start @1\nmain wg-add wg 2 @10\nmain go A @11\nmain go B @12\nmain wait-want wg @13\n"
	if !lost {
		return Told(first + "B start @12\nB load balance 100 @6\nB store balance 120 @6\nB wg-done wg @5\nB end @5\n" +
			"A start @11\nA load balance 120 @6\nA store balance 130 @6\nA wg-done wg @5\nA end @5\n" +
			"main wait wg @13\nmain load balance 130 @14\nmain print balance:_130 @14\nmain end @15")()
	}
	return Told(first + "A start @11\nA load balance 100 @6\nB start @12\nB load balance 100 @6\nB store balance 120 @6\n" +
		"A store balance 110 @6\nB wg-done wg @5\nB end @5\nA wg-done wg @5\nA end @5\n" +
		"main wait wg @13\nmain load balance 110 @14\nmain print balance:_110 @14\nmain end @15")()
}

// Philosophers are a circle of so many, with others before it who are done.
func Philosophers(others, circle int) *model.Execution {
	var b strings.Builder
	b.WriteString("main start @1\nmain wg-add wg 9 @1\n")
	for i := range others {
		fmt.Fprintf(&b, "main go done_%d @2\n", i)
	}
	for i := range circle {
		fmt.Fprintf(&b, "main go eat_%d @3\n", i)
	}
	b.WriteString("main wait-want wg @4\n")
	for i := range others {
		fmt.Fprintf(&b, "done_%d start @2\ndone_%d print x @5\ndone_%d end @5\n", i, i, i)
	}
	for i := range circle {
		fmt.Fprintf(&b, "eat_%d start @3\neat_%d lock fork_%d @6\n", i, i, i)
	}
	for i := range circle {
		fmt.Fprintf(&b, "eat_%d lock-want fork_%d @7\n", i, (i+1)%circle)
	}
	b.WriteString("status deadlock")
	x := Told(b.String())()
	x.Explanation = explain.Sentences(x)
	return x
}
