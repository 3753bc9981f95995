package proxy

import (
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// After a cell that took much memory, and a while in which no other came, the garbage is
// collected and its memory returned: thirty kernels share a machine, and Go itself takes
// minutes over it.
const (
	givenBackAfter = time.Second
	worthGiving    = 24 << 20 // more than after the last time
)

// surplus is what this process holds more than after it last gave some back.
type surplus struct{ after int64 }

// giveBack returns what can be, where it is worth it.
func (s *surplus) giveBack() {
	now := held()
	if now-s.after < worthGiving {
		s.after = min(s.after, now)
		return
	}
	debug.FreeOSMemory()
	s.after = held()
}

// held is how much memory Go's runtime holds.
func held() int64 {
	all := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(all)
	return int64(all[0].Value.Uint64() - all[1].Value.Uint64())
}
