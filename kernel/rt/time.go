package rt

import (
	"time"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// Sleep is time.Sleep.
func Sleep(s uint32, d time.Duration) {
	if control.Active != nil {
		control.Sleep(control.Active, s, int64(d))
		return
	}
	if record.Ring == nil {
		time.Sleep(d)
		return
	}
	record.Note(event.Sleep, 0, s, 0, uint64(d))
	time.Sleep(d)
	record.Note(event.Woke, 0, s, 0, 0)
}

// TimeNow is time.Now. Under a scheduler others may come before it: a loop that
// waits by looking at the clock must not keep them from what it waits for.
func TimeNow() time.Time {
	if control.Active == nil {
		return time.Now()
	}
	g := control.Active.Enter()
	t := control.WallTime(control.TimeFor(control.Active, g))
	control.Active.Leave(g)
	return t
}

// TimeSince is time.Since.
func TimeSince(t time.Time) time.Duration {
	if control.Active == nil {
		return time.Since(t)
	}
	return TimeNow().Sub(t)
}

// TimeUntil is time.Until.
func TimeUntil(t time.Time) time.Duration {
	if control.Active == nil {
		return time.Until(t)
	}
	return t.Sub(TimeNow())
}
