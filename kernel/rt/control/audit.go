package control

import (
	"runtime"
	"time"

	"threading101/kernel/rt/record"
	"threading101/kernel/rt/text"
)

// Goroutines is what all goroutines of the process are doing, by Go's own account.
type Goroutines []doing

// doing is what one goroutine does.
type doing struct {
	ID    int64
	State string // "running", "chan receive", "IO wait"
	Where string // the function it is in
	line  string // and where that is
	tame  bool   // a library has it for itself: see Tame
}

// Audit asks Go for the list of goroutines; all of them stop for that moment.
func Audit(c *Scheduler) Goroutines {
	var all Goroutines
	for _, block := range text.Split(stacks(), "\n\n") {
		if d, ok := doingOf(block); ok {
			all = append(all, d)
		}
	}
	return all
}

// doingOf reads one goroutine of the list:
//
//	goroutine 18 [chan receive, 2 minutes]:
//	main.wait(0xc000012345)
//		/tmp/main.go:17 +0x1b
func doingOf(block []byte) (d doing, ok bool) {
	head, rest, _ := text.Cut(block, "\n")
	head, ok = text.CutPrefix(head, "goroutine ")
	if !ok {
		return d, false
	}
	for len(head) > 0 && head[0] >= '0' && head[0] <= '9' {
		d.ID = d.ID*10 + int64(head[0]-'0')
		head = head[1:]
	}
	_, state, _ := text.Cut(head, "[")
	state, _, _ = text.Cut(state, "]")
	state, _, _ = text.Cut(state, ",")
	d.State = string(state)
	d.Where, d.line = place(rest)
	d.tame = tame(rest)
	return d, true
}

// tame says whether a goroutine with that stack was started by package database/sql, or by
// our stand-in for it to make a call.
func tame(stack []byte) bool {
	i := text.LastIndex(stack, "created by ")
	if i < 0 {
		return false
	}
	by := stack[i+len("created by "):]
	return text.HasPrefix(by, "database/sql.") || text.HasPrefix(by, "threading101/kernel/rt/std/rtsql.")
}

// place returns the topmost function that is not the runtime's, and its place. One of
// ours that sleeps is asked for, not time.Sleep: it decides, and waits for what is on its
// way.
func place(stack []byte) (where, line string) {
	for len(stack) > 0 {
		var f, at []byte
		f, stack, _ = text.Cut(stack, "\n")
		at, stack, _ = text.Cut(stack, "\n")
		if text.HasPrefix(f, "runtime.") {
			continue
		}
		if i := text.LastIndex(f, "("); i > 0 {
			f = f[:i]
		}
		at, _ = text.CutPrefix(at, "\t")
		at, _, _ = text.Cut(at, " ")
		switch {
		case where == "" && string(f) == "time.Sleep":
			where, line = string(f), string(at)
			continue
		case where == "" || own(string(f)):
			return string(f), string(at)
		}
		break
	}
	return where, line
}

// ourOwn begins the names of the functions in which goroutines wait for their turn.
var ourOwn = []string{
	"threading101/kernel/rt.", "threading101/kernel/rt/control.", "threading101/kernel/rt/record.", "threading101/kernel/rt/seek.",
}

// WaitsForTurn says whether the goroutine waits for its turn, or decides who has the next
// one. The watchdog, which sleeps between its looks, counts as one that does.
func (d *doing) WaitsForTurn() bool { return own(d.Where) }

// own says whether a function is one in which goroutines wait for their turn.
func own(f string) bool {
	for _, room := range ourOwn {
		if len(f) >= len(room) && f[:len(room)] == room {
			return true
		}
	}
	return false
}

// moves says whether the goroutine may go on without another goroutine's help:
// unless it waits for one by a channel or a lock.
func (d *doing) moves() bool { return !d.waits() }

// waits says whether it waits for another goroutine, by a channel or a lock.
func (d *doing) waits() bool {
	for _, wait := range []string{"chan ", "select", "sync.", "semacquire", "coroutine"} {
		if len(d.State) >= len(wait) && d.State[:len(wait)] == wait {
			return true
		}
	}
	return false
}

// outside says whether it waits for something that is not of this program.
func (d *doing) outside() bool {
	return d.State == "IO wait" || d.State == "syscall" || d.State == "sleep"
}

// anyoneMoves says whether any goroutine outside may go on by itself.
func (all Goroutines) anyoneMoves() bool {
	for i := range all {
		if d := &all[i]; d.moves() && !d.tame && !d.WaitsForTurn() {
			return true
		}
	}
	return false
}

// unmanaged says whether any goroutine is neither ours nor one of iter.Pull.
func (all Goroutines) unmanaged() bool {
	for i := range all {
		if d := &all[i]; d.State != "coroutine" && !d.tame && !d.WaitsForTurn() {
			return true
		}
	}
	return false
}

// settled says whether each goroutine waits: for its turn, for another, or for
// something that is not of this program.
func (all Goroutines) settled() bool {
	for i := range all {
		if d := &all[i]; d.State != "coroutine" && !d.tame && !d.WaitsForTurn() && !d.waits() && !d.outside() {
			return false
		}
	}
	return true
}

// Goid is the number that Go's lists give to the running goroutine.
func Goid() int64 {
	var buf [64]byte
	d, _ := doingOf(buf[:runtime.Stack(buf[:], false)])
	return d.ID
}

// Alone waits until all others wait for their turn, so that nobody else is
// anywhere in here, and says whether that came about: one that was just started
// may be on its way to there, and one that has just ended on its way out.
func Alone(c *Scheduler) bool {
	return settle(c, func() bool { return c.Backend.unmanaged(c) <= 0 && c.gate.away == 0 && !starting(c) })
}

// settle waits for what goroutines that are on their way will bring about, and says
// whether they did. No measured time decides: they are given turns, until all that
// there are wait for something, or one of them has had so many that it computes.
func settle(c *Scheduler, done func() bool) bool {
	for turn := 0; !done(); turn++ {
		switch {
		case turn < atOnce:
			runtime.Gosched()
		case turn == mostTurns, Audit(c).settled():
			return done()
		default:
			time.Sleep(turnLength)
		}
	}
	return true
}

// How many turns settle gives: the first without a pause, since most need no more.
// While it sleeps, whoever can run has the processor; to ask Go for its list waits for
// those whose threads the system has stopped.
const (
	atOnce     = 100
	mostTurns  = 500
	turnLength = 50 * time.Microsecond
)

// starting says whether a new goroutine has not come to where it waits.
//
//go:norace
func starting(c *Scheduler) bool {
	if c.Backend.closed() {
		return false // it is none of Go's before it has the turn
	}
	for _, g := range c.Forward {
		record.Lock()
		waits := g.Self != nil && record.Find(g.Self) == &g.G
		record.Unlock()
		if !waits {
			return true
		}
	}
	return false
}

// WaitsIn says whether the goroutine of that number in Go's lists waits for a lock, or in
// a select of that function.
func (all Goroutines) WaitsIn(goid int64, function string) bool {
	for i := range all {
		if d := &all[i]; d.ID == goid {
			return text.HasPrefix(d.State, "sync.") || d.State == "select" && d.Where == function
		}
	}
	return false
}
