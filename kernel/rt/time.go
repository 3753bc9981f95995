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
		control.Active.Sleep(s, int64(d))
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
