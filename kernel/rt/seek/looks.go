package seek

import (
	"unsafe"

	"threading101/kernel/explore/search"
	"threading101/kernel/rt/control"
)

// look is a read of memory with locks in it: a copy, or a print.
type look struct {
	proc     int
	at       int32 // its goroutine's own time, to the search
	from, to uintptr
	site     uint32
}

// use is an operation that changes what a lock holds.
type use struct {
	proc int
	at   int32
	lock *control.Object
}

// MeetsLock says whether a look at a site is a step.
func (k *seeker) MeetsLock(s uint32) bool { return k.search.Peeks(s) }

// LooksInto is told that g reads n bytes at p, with the locks in them, and compares
// that with what others have done with these.
func (k *seeker) LooksInto(g *control.G, s uint32, p unsafe.Pointer, n uintptr) {
	if k.search.Peeks(s) {
		k.touch(g.Proc, 0, search.Global)
	}
	l := look{g.Proc, k.search.History.Races.Time(g.Proc), uintptr(p), uintptr(p) + n, s}
	k.keep(l)
	for _, u := range k.uses {
		if u.proc != l.proc && l.covers(u.lock) && !k.search.History.Races.Knows(l.proc, u.proc, u.at) {
			k.meet(l, u.lock)
		}
	}
}

// keep notes a look, in place of an earlier one: who does not know of that does not know
// of this one.
func (k *seeker) keep(l look) {
	for i := range k.looks {
		if old := &k.looks[i]; old.proc == l.proc && old.site == l.site && old.from == l.from && old.to == l.to {
			old.at = l.at
			return
		}
	}
	k.looks = append(k.looks, l)
}

// used is told that p changes what a lock holds, and compares that with the looks of
// others at it.
func (k *seeker) used(p int, o *control.Object) {
	k.uses = append(k.uses, use{p, k.search.History.Races.Time(p), o})
	for _, l := range k.looks {
		if l.proc != p && l.covers(o) && !k.search.History.Races.Knows(p, l.proc, l.at) {
			k.meet(l, o)
		}
	}
}

// covers says whether a lock lies in what was read.
func (l *look) covers(o *control.Object) bool {
	at := uintptr(o.Ptr)
	return l.from <= at && at < l.to
}

// meet makes a step of a look, and of all that is done to the lock if it is a wait
// group: what is read depends on which of them comes first.
func (k *seeker) meet(l look, o *control.Object) {
	k.search.Peek(l.site)
	k.search.ReadsGroup(o.Ord)
}
