package seek

import (
	"unsafe"

	"threading101/kernel/explore/search"
	"threading101/kernel/rt/control"
)

// look is an access to memory with locks in it: a copy, a print, or an overwriting.
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
	site uint32 // 0: it is no race
}

// MeetsLock says whether a look at a site is a step.
func (k *seeker) MeetsLock(s uint32) bool { return k.search.Peeks(s) }

// LooksInto is told that g reads or overwrites n bytes at p, with the locks in them, and
// compares that with what others have done with these.
func (k *seeker) LooksInto(g *control.G, s uint32, p unsafe.Pointer, n uintptr) {
	if k.search.Peeks(s) {
		k.touch(g.Proc, 0, search.Global)
	}
	l := look{g.Proc, k.search.History.Races.Time(g.Proc), uintptr(p), uintptr(p) + n, s}
	k.keep(l)
	for _, u := range k.uses {
		if u.proc != l.proc && l.covers(u.lock) && !k.search.History.Races.Knows(l.proc, u.proc, u.at) {
			k.meet(l, u)
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

// used is told that p has changed what a lock holds, at a site, 0 where that is no race,
// and compares that with the looks of others at it.
func (k *seeker) used(p int, o *control.Object, s uint32) {
	u := use{p, k.search.History.Races.Time(p), o, s}
	k.uses = append(k.uses, u)
	for _, l := range k.unknown(u) {
		k.meet(l, u)
	}
}

// reached is told that p takes a lock, before it learns what it does by that: it might
// have come while another held the lock and looked at it, and to wait changes it.
func (k *seeker) reached(p int, o *control.Object, s uint32) {
	u := use{p, k.search.History.Races.Time(p), o, s}
	for _, l := range k.unknown(u) {
		k.race(l, u)
	}
}

// unknown are the looks at a lock that whoever uses it does not know of.
func (k *seeker) unknown(u use) (all []look) {
	for _, l := range k.looks {
		if l.proc != u.proc && l.covers(u.lock) && !k.search.History.Races.Knows(u.proc, l.proc, l.at) {
			all = append(all, l)
		}
	}
	return all
}

// covers says whether a lock lies in what was read.
func (l *look) covers(o *control.Object) bool {
	at := uintptr(o.Ptr)
	return l.from <= at && at < l.to
}

// meet makes a step of a look, and of all that is done to the lock if it is a wait
// group: what is read depends on which of them comes first. It is a data race, too.
func (k *seeker) meet(l look, u use) {
	k.search.Peek(l.site)
	k.search.ReadsGroup(u.lock.Ord)
	k.race(l, u)
}

// race tells of it, where Go's race detector would: it overlooks what an RWMutex and a
// wait group are made of.
func (k *seeker) race(l look, u use) {
	if u.site != 0 && !u.lock.RW {
		k.search.Unordered(l.site, u.site)
	}
}
