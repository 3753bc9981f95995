package control

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/rt/internal/rttest"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// TestSuspectThatCameBy: the watchdog looks at a goroutine, which goes on to its
// next operation meanwhile: it is not away, whatever it was when it was looked at.
func TestSuspectThatCameBy(t *testing.T) {
	was := Active
	defer func() { Active = was }()
	rttest.Ring(t)
	me := replace(record.Current())
	Active = &Scheduler{Backend: baton{}, Running: me}

	Active.gate.suspect()
	if Active.Enter() != me {
		t.Fatal("the suspected goroutine is another one")
	}
	if Active.gate.sendAway(Active, me) || me.away {
		t.Error("sent away after it came by")
	}
	Active.gate.suspect()
	if !Active.gate.sendAway(Active, me) || !me.away || Active.Running != nil {
		t.Error("not sent away, though it did not come by")
	}
}

// TestWhoDecidesIsNotSentAway: a goroutine that has ended decides who is next, and may
// sleep a moment for that. On a busy machine the watchdog finds it asleep.
func TestWhoDecidesIsNotSentAway(t *testing.T) {
	was := Active
	defer func() { Active = was }()
	rttest.Ring(t)
	last, decided, ended := make(chan *G), make(chan bool), make(chan bool)
	go func() {
		defer close(ended)
		g := replace(record.Current())
		g.goid = Goid()
		Active = &Scheduler{Backend: baton{}, Running: g}
		last <- g
		settle(Active, func() bool {
			select {
			case <-decided:
				return true
			default:
				time.Sleep(time.Millisecond)
				return false
			}
		})
	}()
	g := <-last
	defer func() {
		close(decided)
		<-ended
	}()
	for d, ok := (*doing)(nil), false; !ok || d.State != "sleep"; d, ok = Audit(Active).of(g) {
		runtime.Gosched()
	}
	if d, _ := Audit(Active).of(g); !d.WaitsForTurn() && d.outside() {
		t.Errorf("%+v is taken for one that is outside", d)
	}
}

// TestNumGoroutine: one that has ended, but is not gone yet, is not counted.
func TestNumGoroutine(t *testing.T) {
	was := Active
	defer func() { Active = was }()
	rttest.Ring(t)
	Active = &Scheduler{Backend: baton{}, live: 1}
	gone := make(chan bool)
	go func() { <-gone }()
	defer close(gone)
	if n := CountGoroutines(Active); n != 1 {
		t.Errorf("%d goroutines, want 1", n)
	}
	NoteLoose(event.LooseGoroutine)
	if n := CountGoroutines(Active); n < 2 {
		t.Errorf("%d goroutines, though others were met", n)
	}
}

// lastHold is what a deadlock asks of whoever holds the goroutines.
type lastHold struct {
	baton
	seen   int    // unmanaged goroutines, at the end
	asleep string // Go's list of those who wait
}

func (h *lastHold) stop(c *Scheduler, _ event.Stop) {
	h.seen, h.asleep = h.unmanaged(c), string(asleep(c))
	runtime.Goexit()
}

// TestLastToEnd: a goroutine that ends, and finds that nobody can go on, is no
// unmanaged goroutine that might still do something, so nobody is waited for; nor is it one of
// those who wait.
func TestLastToEnd(t *testing.T) {
	was := Active
	defer func() { Active = was }()
	rttest.Ring(t)
	hold, gone := &lastHold{}, make(chan bool)
	go func() {
		defer close(gone)
		me := replace(record.Current())
		Active = begin(sched.Spec{Seed: 1}, hold, me)
		Active.looked, Active.live = true, runtime.NumGoroutine()-1
		me.ID++ // main has waited for good
		Active.Ended(me, event.End, 0)
	}()
	<-gone
	if hold.seen != 0 {
		t.Errorf("%d unmanaged goroutines", hold.seen)
	}
	if strings.Contains(hold.asleep, "TestLastToEnd.func") {
		t.Errorf("it waits:\n%s", hold.asleep)
	}
}
