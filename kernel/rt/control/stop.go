package control

import (
	"cmp"
	"runtime"
	"slices"
	"syscall"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
	"threading101/kernel/rt/text"
)

// stop ends the run: it cannot, or may not, go on.
func (c *Scheduler) stop(why event.Stop, s uint32, g *G) {
	var id uint32
	if g != nil {
		id = g.ID
	}
	if why == event.StopDeadlock {
		c.LookAtEnd()
	}
	c.publish()
	*record.Word(record.Ring, event.OffStopAt) = uint64(s)<<32 | uint64(id)
	*record.Word(record.Ring, event.OffStop) = uint64(why)
	c.Backend.stop(c, why)
}

// stopStatus is the exit status of a program that the scheduler ended: Go's own
// for a fatal error.
const stopStatus = 2

// stop ends the process. A deadlock is told in Go's own words.
func (baton) stop(c *Scheduler, why event.Stop) {
	if why == event.StopDeadlock {
		text := "fatal error: all goroutines are asleep - deadlock!\n\n"
		if c.mainGone && c.live == 0 {
			text = "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n\n"
		}
		syscall.Write(2, append([]byte(text), asleep(c)...))
	}
	if why == event.StopPrompt || why == event.StopAsked {
		syscall.Exit(0)
	}
	syscall.Exit(stopStatus)
}

// maxStacks bounds the list of goroutines: the kernel keeps no more.
const maxStacks = 1 << 20

// stackRoom is about how many bytes a goroutine takes in the list.
const stackRoom = 256

// stacks lists all goroutines as Go does. Go looks at all of them also where there is
// no room for more: so there is to be enough at the first attempt.
func stacks() []byte {
	for size := max(1<<14, min(stackRoom*runtime.NumGoroutine(), maxStacks)); ; size *= 4 {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, true); n < size || size >= maxStacks {
			return append(buf[:n], '\n')
		}
	}
}

// asleep lists all goroutines as Go would if they waited by themselves, and not
// for their turn: the oldest first.
func asleep(c *Scheduler) []byte {
	type entry struct {
		id   int64
		text []byte
	}
	var all []entry
	var decides int64 // it has ended, or is ours
	if c.deciding > 0 {
		decides = Goid()
	}
	for _, block := range text.Split(stacks(), "\n\n") {
		d, ok := doingOf(block)
		if !ok || d.ID == Watchdog.Load() || d.ID == decides {
			continue
		}
		if g := listed(d.ID); g != nil {
			block = d.restated(block, g.Pending.reason())
		}
		all = append(all, entry{d.ID, block})
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Compare(a.id, b.id) })
	var list []byte
	for _, e := range all {
		list = append(append(list, e.text...), "\n\n"...)
	}
	return list
}

// restated is a goroutine of the list with another state.
func (d *doing) restated(block []byte, state string) []byte {
	head, rest, _ := text.Cut(block, "\n")
	before, _, _ := text.Cut(head, "[")
	return append(append(append([]byte{}, before...), "["+state+"]:\n"...), rest...)
}

// listed returns the goroutine with that number in Go's lists.
func listed(id int64) *G {
	return Of(record.Which(func(r *record.G) bool {
		g := Of(r)
		return g != nil && g.goid == id
	}))
}

// reason is what Go calls such a wait.
func (p *Pending) reason() string {
	switch p.Op {
	case event.Lock:
		if p.Object != nil && !p.Object.RW {
			return "sync.Mutex.Lock"
		}
		return "sync.RWMutex.Lock"
	case event.RLock:
		return "sync.RWMutex.RLock"
	case event.Wait:
		return "sync.WaitGroup.Wait"
	case event.CondWait:
		return "sync.Cond.Wait"
	case event.Send:
		return nilChannel("chan send", p)
	case event.Recv:
		return nilChannel("chan receive", p)
	case event.Select:
		if p.Select == nil {
			return "select (no cases)"
		}
		return "select"
	case event.Once:
		return "sync.Mutex.Lock"
	}
	return "waiting"
}

func nilChannel(reason string, p *Pending) string {
	if p.Object == nil {
		return reason + " (nil chan)"
	}
	return reason
}

// Abandon ends a run that is of no use.
func (c *Scheduler) Abandon() { c.Backend.stop(c, event.NotStopped) }
