package seek

import (
	"unsafe"

	"threading101/kernel/rt/control"
)

// unseen is a read that a library made: package fmt reads the elements of a slice
// that it prints. It is no step, neither here nor in a recorded run, so a search
// does not try what could come before or after it. What races with it is told.
type unseen struct {
	proc     int
	at       int32 // its goroutine's own time, to the search
	from, to uintptr
	site     uint32
}

// Reads compares a read by a library with what others have written.
func (k *seeker) Reads(g *control.G, s uint32, p unsafe.Pointer, n uintptr) {
	races := &k.search.History.Races
	read := unseen{g.Proc, races.Time(g.Proc), uintptr(p), uintptr(p) + n, s}
	k.unseen = append(k.unseen, read)
	for _, l := range k.c.OldLocations[:k.c.NLocations] {
		if at := uintptr(l.Ptr); at >= read.from && at < read.to {
			races.Glance(g.Proc, l.Ord, s, k.search.Unseen)
		}
	}
}

// wrote compares a write with what libraries have read.
func (k *seeker) wrote(p int, l unsafe.Pointer, s uint32) {
	for i := range k.unseen {
		r := &k.unseen[i]
		if at := uintptr(l); at >= r.from && at < r.to && r.proc != p && !k.search.History.Races.Knows(p, r.proc, r.at) {
			k.search.Unseen(r.site, s)
		}
	}
}
