package rt

import (
	"testing"

	"threading101/kernel/event"
)

// TestSuspectThatCameBy: the watchdog looks at a goroutine, which goes on to its
// next operation meanwhile: it is not away, whatever it was when it was looked at.
func TestSuspectThatCameBy(t *testing.T) {
	was := ctl
	defer func() { ctl = was }()
	recording(t)
	me := cur()
	me.fiber = newFiber()
	ctl = &control{hold: baton{}, running: me}

	ctl.gate.suspect()
	if ctl.enter() != me {
		t.Fatal("the suspected goroutine is another one")
	}
	if ctl.sendAway(me) || me.away {
		t.Error("sent away after it came by")
	}
	ctl.gate.suspect()
	if !ctl.sendAway(me) || !me.away || ctl.running != nil {
		t.Error("not sent away, though it did not come by")
	}
}

// TestNumGoroutine: one that has ended, but is not gone yet, is not counted.
func TestNumGoroutine(t *testing.T) {
	was := ctl
	defer func() { ctl = was }()
	recording(t)
	ctl = &control{hold: baton{}, live: 1}
	gone := make(chan bool)
	go func() { <-gone }()
	defer close(gone)
	if n := ctl.goroutines(); n != 1 {
		t.Errorf("%d goroutines, want 1", n)
	}
	ctl.loose(event.LooseGoroutine)
	if n := ctl.goroutines(); n < 2 {
		t.Errorf("%d goroutines, though others were met", n)
	}
}
