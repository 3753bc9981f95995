package search

import "threading101/kernel/event"

// Races finds accesses that no rule of the language orders: as FastTrack does
// (Flanagan, Freund, PLDI 2009), but that it keeps all accesses to a variable
// that are not ordered before its last write, not only one.
//
// It is apart from History, whose order also holds what is only so in this run:
// who had a lock first, who printed first.
type Races struct {
	Found func(a, b uint32, object uint32) // told the sites of a pair, which may be told again

	clocks arena
	procs  []int // places
	vars   []variable
	syncs  []int   // places, two for each object: see sync; 0: none
	queues []queue // of channels, by object
	any    int     // place of the clock of all that libraries did
}

// variable is who accessed a variable, but for what comes before a later write:
// whoever races with that races with the write, or comes behind both. Of a read
// that is not so. Who reads as well does not race with it.
type variable struct {
	reads  []access
	writes []access
}

type access struct {
	proc   int32
	at     int32 // the goroutine's own time
	site   uint32
	atomic bool
}

// queue holds what is known to the values in a channel, and to its free places.
type queue struct {
	sent, received []int // places
}

func (r *Races) reset(most int) {
	r.clocks.reset(most)
	r.procs, r.any = r.procs[:0], 0
	for i := range r.vars {
		v := &r.vars[i]
		v.reads, v.writes = v.reads[:0], v.writes[:0]
	}
	clear(r.syncs)
	for i := range r.queues {
		q := &r.queues[i]
		q.sent, q.received = q.sent[:0], q.received[:0]
	}
}

func (r *Races) at(p int) clock { return r.clocks.at(r.procs[p]) }

func (r *Races) spawn(creator int) {
	place := r.clocks.take()
	r.procs = append(r.procs, place)
	p := len(r.procs) - 1
	if creator >= 0 {
		r.at(p).join(r.at(creator))
		r.tick(creator)
	}
	r.at(p)[p] = 1
}

// tick begins a new time of p: what it does from now on is not known to those
// who learned of it before.
func (r *Races) tick(p int) { r.at(p)[p]++ }

// Access says that p reads or writes a variable.
func (r *Races) Access(p int, object uint32, write, atomic bool, site uint32) {
	v := r.variable(object)
	mine := r.at(p)
	a := access{int32(p), mine[p], site, atomic}
	r.check(v.writes, mine, a, object)
	if !write {
		v.reads = keep(v.reads, a) // the writes before stay: who reads next does not race with this read
		return
	}
	r.check(v.reads, mine, a, object)
	v.reads = unordered(v.reads, mine)
	v.writes = keep(unordered(v.writes, mine), a)
}

// Beside says that an access of p to another variable, which Access was told of, is to
// bytes of this one as well. It is compared, and not kept: two parts of one whole have
// nothing in common with each other.
func (r *Races) Beside(p int, object uint32, write, atomic bool, site uint32) {
	v, mine := r.variable(object), r.at(p)
	a := access{int32(p), mine[p], site, atomic}
	r.check(v.writes, mine, a, object)
	if write {
		r.check(v.reads, mine, a, object)
	}
}

// Bump says that p adds to a variable, atomically, and does not look. Who did so
// before may as well do so after: nothing is known from it, and it stands for
// nothing that came before.
func (r *Races) Bump(p int, object uint32, site uint32) {
	v := r.variable(object)
	mine := r.at(p)
	a := access{int32(p), mine[p], site, true}
	r.check(v.writes, mine, a, object)
	r.check(v.reads, mine, a, object)
	v.writes = keep(v.writes, a)
}

// keep adds a, in place of an earlier one by the same goroutine at the same site.
func keep(all []access, a access) []access {
	for i := range all {
		if b := &all[i]; b.proc == a.proc && b.site == a.site {
			b.at = a.at
			return all
		}
	}
	return append(all, a)
}

// Glance says that p reads a variable without that being a step, and tells found
// of those it races with.
func (r *Races) Glance(p int, object, site uint32, found func(a, b uint32)) {
	mine := r.at(p)
	for _, b := range r.variable(object).writes {
		if mine[b.proc] < b.at && int(b.proc) != p {
			found(b.site, site)
		}
	}
}

// Time is p's own time, and Knows says whether p knows what q did at a time.
func (r *Races) Time(p int) int32 { return r.at(p)[p] }

// Knows: see Time.
func (r *Races) Knows(p, q int, at int32) bool { return r.at(p)[q] >= at }

// check compares a with earlier accesses.
func (r *Races) check(all []access, mine clock, a access, object uint32) {
	for _, b := range all {
		if r.Found != nil && mine[b.proc] < b.at && b.proc != a.proc && !(a.atomic && b.atomic) {
			r.Found(b.site, a.site, object)
		}
	}
}

// unordered are those of some accesses that do not come before mine.
func unordered(all []access, mine clock) []access {
	kept := all[:0]
	for _, b := range all {
		if mine[b.proc] < b.at {
			kept = append(kept, b)
		}
	}
	return kept
}

func (r *Races) variable(object uint32) *variable {
	for int(object) >= len(r.vars) {
		r.vars = append(r.vars, variable{})
	}
	return &r.vars[object]
}

// sync is the place of the clock of all who gave the object to others with a hand,
// as an index in syncs: what readers of a lock give is apart from the rest, since
// only a writer waits for that.
func sync(object uint32, readers bool) int {
	if readers {
		return 2*int(object) + 1
	}
	return 2 * int(object)
}

// Release says that whoever takes the object with that hand knows what p did.
func (r *Races) Release(p int, object uint32, hand event.Hands) {
	if hand == 0 {
		return
	}
	r.given(object, hand).join(r.at(p))
	r.tick(p)
}

// Replace is Release where what others gave before is gone: whoever takes the object
// now knows nothing of it.
func (r *Races) Replace(p int, object uint32, hand event.Hands) {
	copy(r.given(object, hand), r.at(p))
	r.tick(p)
}

// given is the clock of all who gave the object with a hand.
func (r *Races) given(object uint32, hand event.Hands) clock {
	i := sync(object, hand == event.HandReaders)
	for i >= len(r.syncs) {
		r.syncs = append(r.syncs, 0)
	}
	if r.syncs[i] == 0 {
		r.syncs[i] = r.clocks.take()
	}
	return r.clocks.at(r.syncs[i])
}

// Acquire says that p takes the object with those hands: it knows what all did who
// gave it with one of them.
func (r *Races) Acquire(p int, object uint32, hands event.Hands) {
	if hands&^event.HandReaders != 0 {
		r.learn(p, sync(object, false))
	}
	if hands&event.HandReaders != 0 {
		r.learn(p, sync(object, true))
	}
}

func (r *Races) learn(p, i int) {
	if i < len(r.syncs) && r.syncs[i] != 0 {
		r.at(p).join(r.clocks.at(r.syncs[i]))
	}
}

// Both says that p and q know of each other.
func (r *Races) Both(p, q int) {
	r.at(p).join(r.at(q))
	r.at(q).join(r.at(p))
	r.tick(p)
	r.tick(q)
}

// Tell says that q knows what p did.
func (r *Races) Tell(p, q int) {
	r.at(q).join(r.at(p))
	r.tick(p)
}

// Library records an operation of p whose partners are unknown: nobody
// may be blamed for what comes of that.
func (r *Races) Library(p int) {
	if r.any == 0 {
		r.any = r.clocks.take()
	}
	r.at(p).join(r.clocks.at(r.any))
	r.clocks.at(r.any).join(r.at(p))
	r.tick(p)
}

func (r *Races) queue(object uint32) *queue {
	for int(object) >= len(r.queues) {
		r.queues = append(r.queues, queue{})
	}
	return &r.queues[object]
}

// copy keeps what p knows now.
func (r *Races) copy(p int) int {
	place := r.clocks.take()
	copy(r.clocks.at(place), r.at(p))
	r.tick(p)
	return place
}

// Sent says that p sent over a channel with room for so many values. It knows
// who made room.
func (r *Races) Sent(p int, object uint32, room int) {
	q := r.queue(object)
	if n := len(q.sent) - room; n >= 0 && n < len(q.received) {
		r.at(p).join(r.clocks.at(q.received[n]))
	}
	q.sent = append(q.sent, r.copy(p))
}

// Received says that p received the next value, from whoever sent it.
func (r *Races) Received(p int, object uint32) {
	q := r.queue(object)
	if n := len(q.received); n < len(q.sent) {
		r.at(p).join(r.clocks.at(q.sent[n]))
	}
	q.received = append(q.received, r.copy(p))
}
