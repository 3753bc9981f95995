package rtsql

import (
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/rt"
	"threading101/kernel/rt/control"
)

// A program may have PostgreSQL end a statement that waits too long, or a transaction that
// is left alone. The server goes by real time, so the moment is decided by no schedule,
// and a run says so. But who waits with such a limit is in no deadlock: before one is
// declared, the server is given the time to end something.

// limits finds a time limit in a statement, or in the name of a database, and how long it is.
var limits = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:lock|statement|transaction|idle_in_transaction_session)_timeout\b[^0-9]*([0-9]+)\s*(us|ms|s|min|h|d)?`)
})

var units = map[string]time.Duration{"us": time.Microsecond, "s": time.Second, "min": time.Minute, "h": time.Hour, "d": 24 * time.Hour}

// limitIn is the longest time limit that a text sets, 0 if it sets none.
func limitIn(text string) (longest time.Duration) {
	for _, found := range limits().FindAllStringSubmatch(text, -1) {
		unit, known := units[found[2]]
		if !known {
			unit = time.Millisecond
		}
		n, _ := strconv.Atoi(found[1])
		longest = max(longest, time.Duration(n)*unit)
	}
	return longest
}

// limit is the longest one of the run.
var limit atomic.Int64

// Nobody waits longer than mostLimit for one to end something; lateness is how late the
// server may be.
const (
	mostLimit = 10 * time.Second
	lateness  = 500 * time.Millisecond
)

// setLimit notes the time limits that a text sets.
func setLimit(text string) {
	found := limitIn(text)
	if found == 0 {
		return
	}
	limit.Store(max(limit.Load(), int64(min(found, mostLimit))))
	mayBreakOff()
}

// mayBreakOff notes that statements may be broken off, at a moment that no schedule decides.
func mayBreakOff() {
	if c := control.Active; c != nil {
		atomic.OrUint32(&c.Library.Beyond, control.BeyondLimit)
		rt.Loose(event.LooseLimit)
	}
}

func init() {
	rt.EachRun(func() { limit.Store(0) })
	control.LastResort = brokenOff
}

// brokenOff says whether the server has ended a statement that waits. It is given the time
// for that which the program has set.
func brokenOff() bool {
	left := time.Duration(limit.Load())
	if left == 0 || len(waiting) == 0 {
		return false
	}
	control.Asking.Add(1)
	defer control.Asking.Add(-1)
	for began := time.Now(); time.Since(began) < left+lateness; time.Sleep(lookEvery) {
		for _, w := range waiting {
			if w.blocked && w.over() {
				w.blocked = false
				return true
			}
		}
	}
	return false
}
