package rt

import (
	"time"

	"threading101/kernel/event"
)

// Sleep is time.Sleep.
func Sleep(s uint32, d time.Duration) {
	if ctl != nil {
		ctl.sleep(s, int64(d))
		return
	}
	if ring == nil {
		time.Sleep(d)
		return
	}
	note(event.Sleep, 0, s, 0, uint64(d))
	time.Sleep(d)
	note(event.Woke, 0, s, 0, 0)
}
