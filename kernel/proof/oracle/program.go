package oracle

import "slices"

// Program is what a program does: main, and whom main starts. Channels, locks and
// so on are numbered from 0, and exist if a statement is about them.
type Program struct {
	Room     []int    `json:"room,omitempty"`     // of each channel; 0 where there is none
	After    [][]Stmt `json:"after,omitempty"`    // what each timer does; it sends the time where there is nothing
	Deadline []bool   `json:"deadline,omitempty"` // which contexts end after a second
	Body     []Stmt   `json:"body"`
}

// Stmt is one statement.
type Stmt struct {
	Op    Op     `json:"op"`
	On    int    `json:"on,omitempty"` // which object of its kind
	N     int    `json:"n,omitempty"`  // what is sent, stored, added, printed, compared with
	Then  []Stmt `json:"then,omitempty"`
	Else  []Stmt `json:"else,omitempty"`
	Cases []Stmt `json:"cases,omitempty"` // of a select: sends and receives, each with what Then is done
}

// Op is what a statement does. Those with a result leave it in the goroutine's
// variable v; those that are conditions choose between Then and Else.
type Op string

// The operations.
const (
	Go      Op = "go"      // Then in a goroutine
	GroupGo Op = "wg.Go"   // the same, in a group
	If      Op = "if"      // v == N
	Repeat  Op = "repeat"  // Then, N times
	Try     Op = "try"     // Then; Else if that panics
	Return  Op = "return"  // from the function literal it is in, or main
	Panic   Op = "panic"   // with N
	Exit    Op = "exit"    // with status N, not 0
	Goexit  Op = "goexit"  // not in main
	Gosched Op = "gosched" //
	Number  Op = "number"  // v = how many goroutines there are
	Print   Op = "print"   // the letter N
	PrintV  Op = "print-v" // the letter N, and v
	Late    Op = "late"    // condition: N seconds have passed since main began
	Sleep   Op = "sleep"   // for N seconds
	After   Op = "after"   // receive from time.After

	Lock       Op = "lock"
	Unlock     Op = "unlock"
	Locked     Op = "locked"   // Then with the lock held
	Deferred   Op = "deferred" // the same in a function literal, with a deferred unlock
	TryLocked  Op = "try-locked"
	RLock      Op = "rlock"
	RUnlock    Op = "runlock"
	RLocked    Op = "rlocked"
	TryRLocked Op = "try-rlocked"
	WLock      Op = "wlock"
	WUnlock    Op = "wunlock"
	WLocked    Op = "wlocked"
	TryWLocked Op = "try-wlocked"

	Add  Op = "wg.Add"
	Done Op = "wg.Done"
	Wait Op = "wg.Wait"

	Send   Op = "send"    // N
	Recv   Op = "recv"    // to v, 0 when closed
	RecvOk Op = "recv-ok" // condition: there was a value, which is in v
	Close  Op = "close"
	Range  Op = "range" // v takes each value, and Then is done
	Len    Op = "len"   // to v
	Select Op = "select"
	Choose Op = "select-default" // a select whose default is Else

	CondWait  Op = "cond.Wait" // condition On is that of the mutex of the same number
	CondLoop  Op = "cond-loop" // with the mutex: for x == 0 { cond.Wait() }
	Signal    Op = "signal"
	Broadcast Op = "broadcast"

	Once Op = "once" // Then

	Set Op = "set"
	Get Op = "get"
	Inc Op = "inc"

	AtomicAdd   Op = "atomic-add"   // N; the sum to v
	AtomicBump  Op = "atomic-bump"  // N; nobody looks at the sum
	AtomicLoad  Op = "atomic-load"  // to v
	AtomicStore Op = "atomic-store" // N
	AtomicSwap  Op = "atomic-swap"  // N; the old one to v
	AtomicCAS   Op = "atomic-cas"   // condition: from 0 to N

	MapSet    Op = "map-set"    // key N%3 to N
	MapGet    Op = "map-get"    // key N%3 to v
	MapInc    Op = "map-inc"    // key N%3
	MapDelete Op = "map-delete" // key N%3
	MapLen    Op = "map-len"    // to v
	MapSum    Op = "map-sum"    // of all values, by a range, to v

	FieldSet  Op = "field-set"  // s.a, or s.in.b where N is odd
	FieldGet  Op = "field-get"  // of On's struct: s.a to v
	StructGet Op = "struct-get" // a copy of s.in is made; its b to v

	TimerRecv Op = "timer-recv"
	Stop      Op = "timer-stop"  // condition: it was still to come
	Reset     Op = "timer-reset" // condition: it was still to come

	Cancel   Op = "cancel"
	DoneRecv Op = "done-recv" // wait for the end of a context
	Err      Op = "err"       // condition: the context has ended

	PollAtomic Op = "poll-atomic" // for n.Load() == 0 {}
	PollChan   Op = "poll-chan"   // a select with an empty default, until something is received
	PollMutex  Op = "poll-mutex"  // lock, look whether x is 0, unlock, until it is not
)

// walk calls f for each statement of list and of those within, until f says no.
func walk(list []Stmt, f func(*Stmt) bool) bool {
	for i := range list {
		s := &list[i]
		if !f(s) || !walk(s.Then, f) || !walk(s.Else, f) || !walk(s.Cases, f) {
			return false
		}
	}
	return true
}

// has says whether any of the operations is in list.
func has(list []Stmt, ops ...Op) bool {
	return !walk(list, func(s *Stmt) bool { return !slices.Contains(ops, s.Op) })
}

// Has says whether the program has any of the operations.
func (p *Program) Has(ops ...Op) bool { return has(p.all(), ops...) }

// all is what main does, and what timers do.
func (p *Program) all() []Stmt {
	all := p.Body
	for _, do := range p.After {
		all = append(all[:len(all):len(all)], do...)
	}
	return all
}

// room is that of channel i.
func (p *Program) room(i int) int {
	if i < len(p.Room) {
		return p.Room[i]
	}
	return 0
}

// does is what timer i does, nil if it sends the time.
func (p *Program) does(i int) []Stmt {
	if i < len(p.After) {
		return p.After[i]
	}
	return nil
}

// limited says whether context i ends by itself.
func (p *Program) limited(i int) bool { return i < len(p.Deadline) && p.Deadline[i] }

// most is one more than the highest number of an object that the operations are
// about.
func (p *Program) most(ops ...Op) (n int) {
	walk(p.all(), func(s *Stmt) bool {
		if slices.Contains(ops, s.Op) {
			n = max(n, s.On+1)
		}
		return true
	})
	return n
}

// Loops says whether the program may go on for ever: it then has endlessly many
// interleavings, though not endlessly many states.
func (p *Program) Loops() bool { return p.Has(PollAtomic, PollChan, PollMutex) }
