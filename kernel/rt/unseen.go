package rt

import "unsafe"

// unseen is a read that a library made: package fmt reads the elements of a slice
// that it prints. It is no step, neither here nor in a recorded run, so a search
// does not try what could come before or after it. What races with it is told.
type unseen struct {
	proc     int
	at       int32 // its goroutine's own time, to the search
	from, to uintptr
	site     uint32
}

// Searching says whether schedules are searched: only then Unseen is needed.
func Searching() bool { return ctl != nil && ctl.observed && !ctl.dying }

// Unseen notes that n bytes at p are read for what is printed at site s.
func Unseen(s uint32, p unsafe.Pointer, n uintptr) {
	g := ctl.enter()
	ctl.observer.reads(g, s, p, n)
}

// reads compares a read by a library with what others have written.
func (k *seeker) reads(g *g, s uint32, p unsafe.Pointer, n uintptr) {
	races := &k.search.History.Races
	read := unseen{g.place, races.Time(g.place), uintptr(p), uintptr(p) + n, s}
	k.unseen = append(k.unseen, read)
	for _, l := range k.c.oldLocations[:k.c.nLocations] {
		if at := uintptr(l.ptr); at >= read.from && at < read.to {
			races.Glance(g.place, l.ord, s, k.search.Unseen)
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
