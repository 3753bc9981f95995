package control

import (
	"testing"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/internal/rttest"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// person is a source that asks what each goroutine is about to do before it chooses:
// here always one that unlocks, else the last.
type person struct{ asked [][]sched.Intent }

func (*person) Reset(uint64) {}

func (*person) Pick(int) int { return 0 }

func (p *person) Choose(at *sched.Point) int {
	all := make([]sched.Intent, at.N)
	chosen := at.N - 1
	for i := range all {
		if all[i] = at.About(i); all[i].Op == event.Unlock {
			chosen = i
		}
	}
	p.asked = append(p.asked, all)
	return chosen
}

// TestPerson: a source can ask, at a choice, what every goroutine that can go on is
// about to do, on which object and where.
func TestPerson(t *testing.T) {
	was := Active
	defer func() { Active = was }()
	rttest.Ring(t)
	var x, y int
	c := &Scheduler{Backend: baton{}}
	c.at.Ready, c.at.About = c.list, c.about
	who := &person{}
	c.follow(who)
	c.Ledger.reset()
	for i, p := range []Pending{
		{Op: event.Lock, Site: 7, Object: c.Object(unsafe.Pointer(&x))},
		{Op: event.Unlock, Site: 8, About: c.Object(unsafe.Pointer(&y))},
		{Op: event.Gosched, Site: 9},
	} {
		g := newControlled(uint32(i + 1))
		g.Pending, g.at = p, len(c.Ready)
		c.Ready = append(c.Ready, g)
	}
	c.main = c.Ready[0]
	if g := c.decide(); g.ID != 2 {
		t.Errorf("goroutine %d goes on, chosen was the one that unlocks", g.ID)
	}
	want := []sched.Intent{
		{Goroutine: 1, Op: event.Lock, Site: 7, Object: 1},
		{Goroutine: 2, Op: event.Unlock, Site: 8, Object: 2},
		{Goroutine: 3, Op: event.Gosched, Site: 9},
	}
	if len(who.asked) != 1 || len(who.asked[0]) != len(want) {
		t.Fatalf("asked: %v", who.asked)
	}
	for i, intent := range who.asked[0] {
		if intent != want[i] {
			t.Errorf("%d: %+v, want %+v", i, intent, want[i])
		}
	}
}

// TestStepsOfARun: a run may have the usual number of steps, unless it is told another.
func TestStepsOfARun(t *testing.T) {
	was := Active
	defer func() { Active = was }()
	rttest.Ring(t)
	for told, want := range map[uint64]uint64{0: sched.DefaultSteps, 7: 7} {
		may, gone := uint64(0), make(chan bool)
		go func() {
			defer close(gone)
			may = begin(sched.Spec{Steps: told}, baton{}, replace(record.Current())).Spec.Steps
		}()
		if <-gone; may != want {
			t.Errorf("told %d: it may have %d steps, want %d", told, may, want)
		}
	}
}
