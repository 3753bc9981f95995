package control

import (
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// gate is where goroutines come in that are not under control: a library
// started them, or they were away, waiting in code that is not ours.
type gate struct {
	mu      sync.Mutex
	arrived []*G
	flag    atomic.Uint32 // arrivedFlag, suspectFlag
	bell    chan struct{} // rung at an arrival
	away    int           // goroutines of ours that are outside
	asleep  bool          // nobody has the turn
	passed  bool          // the one that the watchdog suspects came by meanwhile
	kept    bool          // who has the turn waits for the system, but keeps it
	given   atomic.Bool   // up: nobody will come in any more
}

const (
	arrivedFlag = 1 << iota // somebody waits at the gate
	suspectFlag             // the watchdog looks whether the running goroutine is away
)

func (a *gate) open() bool      { return a.flag.Load()&arrivedFlag != 0 }
func (a *gate) suspected() bool { return a.flag.Load()&suspectFlag != 0 }

func (a *gate) set(bit uint32)   { a.flag.Or(bit) }
func (a *gate) clear(bit uint32) { a.flag.And(^bit) }

// arrive brings the calling goroutine in: it waits for its turn.
func (a *gate) arrive(c *Scheduler) *G {
	if c.Backend.closed() {
		select {}
	}
	me := whoCalls(c)
	a.mu.Lock()
	if c.caller() == me && !me.away {
		a.passed = true
		a.mu.Unlock()
		return me // it was only suspected
	}
	a.arrived = append(a.arrived, me)
	a.set(arrivedFlag)
	a.given.Store(false)
	asleep := a.asleep
	a.mu.Unlock()
	if asleep {
		select {
		case a.bell <- struct{}{}:
		default:
		}
	}
	<-me.turn
	return me
}

// whoCalls returns the calling goroutine's g, or a new one for a goroutine that a
// library started.
func whoCalls(c *Scheduler) *G {
	if labels := record.GetLabels(); record.Own(labels) {
		if r := (*record.G)(labels); r.Self == record.Self() {
			return Of(r)
		}
	}
	record.Lock()
	known := record.Find(record.Self())
	record.Unlock()
	if known != nil {
		return Of(known)
	}
	stranger := c.newG(0)
	stranger.unmanaged, stranger.Self = true, record.Self()
	labels := record.GetLabels()
	if record.Own(labels) {
		stranger.creator = uint64((*record.G)(labels).ID)
	}
	if record.Own(labels) || labels == nil {
		record.SetLabels(unsafe.Pointer(stranger))
	}
	record.Lock()
	record.Enlist(&stranger.G)
	record.Unlock()
	return stranger
}

// suspect begins to look at the goroutine with the turn: it comes by here before
// its next operation, if it is not away.
func (a *gate) suspect() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.passed = false
	a.set(suspectFlag)
}

// present has the goroutine with the turn do what may wait for the system, and keep
// the turn meanwhile: it is the scheduler's own work, in the middle of a decision.
func (a *gate) present(work func()) {
	a.keep(true)
	work()
	a.keep(false)
}

// Keeps has the running goroutine keep the turn from now on, or no longer: it writes to
// one of the standard streams, and waits for whoever takes what is printed.
func (c *Scheduler) Keeps(on bool) {
	if !c.Backend.closed() {
		c.gate.keep(on)
	}
}

func (a *gate) keep(on bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.kept, a.passed = on, true
}

// sendAway takes the turn from g, and says whether it did: one that came by since
// it was suspected is not away.
func (a *gate) sendAway(c *Scheduler, g *G) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.passed || a.kept || c.Running != g {
		return false
	}
	g.away = true
	a.away++
	c.Running = nil
	return true
}

// admit lets those at the gate go on, one after the other, before anything is
// decided.
func (a *gate) admit(c *Scheduler) {
	a.mu.Lock()
	all := a.arrived
	a.arrived = nil
	c.looked = false
	a.clear(arrivedFlag)
	for _, g := range all {
		if g.away {
			g.away = false
			a.away--
		}
	}
	a.mu.Unlock()
	for _, g := range all {
		switch {
		case g.ID == 0:
			g.ID = record.NextID()
			g.begun = true
			NoteLoose(event.LooseGoroutine)
			c.Record(g, event.Start, 0, 0, 0, record.Value{Bits: g.creator})
		case !g.unmanaged:
			c.Record(g, event.Inside, 0, 0, 0, record.Value{})
		}
		c.Forward = append(c.Forward, g)
	}
}

// NoteLoose notes that something was met that is not controlled.
func NoteLoose(bits event.Loose) {
	*record.Word(record.Ring, event.OffLoose) |= uint64(bits)
}

// release gives the turn of a library's goroutine to another, and lets it go on
// as it likes until its next operation: somebody may be waiting for that. So who
// is next is decided elsewhere.
func (c *Scheduler) release(g *G) {
	c.Running = nil
	c.deciding = 1
	go c.handOver()
}

// handOver gives the turn to the next without waiting for it to come back.
func (c *Scheduler) handOver() {
	next := c.next()
	c.deciding = 0
	c.Running = next
	c.Backend.leave(next)
}

// expecting says whether somebody may still come in from outside: a goroutine
// of ours that is away, or one that a library started.
func (a *gate) expecting(c *Scheduler) bool {
	return !c.gate.given.Load() && (c.gate.away > 0 || c.gate.open() || c.Backend.unmanaged(c) > 0)
}

// patience is how long, in real time, goroutines outside that all wait for each
// other are given: a timer of a library may be about to wake one.
const patience = time.Second

// waitForArrival waits, in real time, until somebody comes in, or until it is
// clear that nobody will. A goroutine that waits for the network, sleeps or
// computes may take as long as it likes.
//
// It takes no longer than limit, and says whether there is something to do.
func (a *gate) waitForArrival(c *Scheduler, limit time.Duration) bool {
	a.mu.Lock()
	asleep := len(a.arrived) == 0
	a.asleep, c.Running = asleep, nil
	a.mu.Unlock()
	for began, pause := time.Now(), 50*time.Microsecond; asleep && c.gate.expecting(c) && time.Since(began) < limit; pause = min(2*pause, 50*time.Millisecond) {
		pause = min(pause, limit-time.Since(began))
		timer := time.NewTimer(pause)
		select {
		case <-a.bell:
			asleep = false
		case <-timer.C:
			if c.reask(); len(c.Ready)+len(c.Open) > 0 {
				asleep = false // what they waited for was done outside
			}
			if time.Since(began) > patience && !Audit(c).anyoneMoves() {
				a.given.Store(true)
			}
		}
		timer.Stop()
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asleep = false
	select {
	case <-a.bell: // for one who is at the gate by now
	default:
	}
	return len(a.arrived) > 0 || len(c.Ready)+len(c.Open) > 0
}

// Tame is how many goroutines there are that a library has for itself: nobody who waits
// here will ever be helped by one of them alone.
var Tame atomic.Int64

func CountGoroutines(c *Scheduler) int {
	if event.Loose(*record.Word(record.Ring, event.OffLoose))&event.LooseGoroutine != 0 {
		return c.live + c.Backend.unmanaged(c)
	}
	return c.live
}
