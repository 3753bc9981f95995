package rt

import (
	"time"

	"threading101/kernel/event"
)

// began is when every controlled run begins, as on the Go playground: Go's
// birthday.
var began = time.Unix(1257894000, 0).UTC()

// wall is the time t nanoseconds after the run began.
func wall(t int64) time.Time { return began.Add(time.Duration(t)) }

// TimeNow is time.Now. Under a scheduler others may come before it: a loop that
// waits by looking at the clock must not keep them from what it waits for.
func TimeNow() time.Time {
	if ctl == nil {
		return time.Now()
	}
	g := ctl.enter()
	ctl.point(g, event.None, 0, nil)
	t := wall(ctl.now())
	ctl.over(g)
	return t
}

// TimeSince is time.Since.
func TimeSince(t time.Time) time.Duration {
	if ctl == nil {
		return time.Since(t)
	}
	return TimeNow().Sub(t)
}

// TimeUntil is time.Until.
func TimeUntil(t time.Time) time.Duration {
	if ctl == nil {
		return time.Until(t)
	}
	return t.Sub(TimeNow())
}
