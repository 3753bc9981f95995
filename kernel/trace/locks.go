package trace

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// lockState is a Mutex or an RWMutex at one point of the run.
type lockState struct {
	holder  int         // lane that holds it for writing, -1
	readers map[int]int // lanes that hold it for reading: how often
	freed   int         // index of the last unlock, -1
	last    int         // lane that last held it, -1
	writers []int       // lanes that wait to write, in the order in which they came
}

func (b *builder) lock(object int) *lockState {
	l := b.locks[object]
	if l == nil {
		l = &lockState{holder: -1, freed: -1, last: -1, readers: map[int]int{}}
		b.locks[object] = l
	}
	return l
}

func (b *builder) pairLock(i int, e *model.Event) {
	if e.Object < 0 {
		return
	}
	l := b.lock(e.Object)
	switch hold := event.Table[e.Op].Hold; hold {
	case event.HoldNothing:
		l.wants(e)
	case event.HoldToWrite, event.HoldToRead:
		if !e.Failed() {
			b.acquire(i, l, !hold.Reads())
		}
	case event.HoldNoWrite:
		l.releaseWriter(b, i)
	case event.HoldNoRead:
		l.releaseReader(b, i)
	}
}

// wants notes which goroutine event e, which wants the lock, has to wait for. New readers
// wait behind a writer that waits.
func (l *lockState) wants(e *model.Event) {
	e.Behind = e.Op == event.RLockWant && l.holder < 0 && len(l.writers) > 0
	switch {
	case e.Behind:
		e.Partner = l.writers[0]
	default:
		e.Partner = l.waitedFor(e.G)
	}
	if e.Op == event.LockWant && !slices.Contains(l.writers, e.G) {
		l.writers = append(l.writers, e.G)
	}
}

// waitedFor returns the lane for which lane me has to wait: the holder, or who
// held it just before; -1 if that was nobody.
func (l *lockState) waitedFor(me int) int {
	if l.holder >= 0 {
		return l.holder
	}
	first := -1
	for lane := range l.readers {
		if lane != me && (first < 0 || lane < first) {
			first = lane
		}
	}
	switch {
	case first >= 0:
		return first
	case l.last != me:
		return l.last
	}
	return -1
}

// acquire notes that event i got the lock, and links it with the unlock by
// another goroutine that made it free.
func (b *builder) acquire(i int, l *lockState, write bool) {
	e := &b.x.Events[i]
	l.writers = slices.DeleteFunc(l.writers, func(g int) bool { return g == e.G })
	if l.holder >= 0 || write && len(l.readers) > 0 {
		b.partial(e.Object)
		l.holder = -1
		clear(l.readers)
	}
	if l.freed >= 0 && b.x.Events[l.freed].G != e.G {
		b.link(i, l.freed)
		if b.x.Events[l.freed].Link < 0 {
			b.link(l.freed, i)
		}
	}
	if write {
		l.holder = e.G
	} else {
		l.readers[e.G]++
	}
	l.last = e.G
}

// releaseWriter frees the lock; Go lets any goroutine do that, not only the holder.
func (l *lockState) releaseWriter(b *builder, i int) {
	if l.holder < 0 && len(l.readers) > 0 {
		b.partial(b.x.Events[i].Object)
	}
	l.holder, l.freed = -1, i
}

// releaseReader frees one reader's hold: the goroutine's own, or else another's.
func (l *lockState) releaseReader(b *builder, i int) {
	lane := b.x.Events[i].G
	if l.readers[lane] == 0 {
		for lane = range l.readers {
			break
		}
	}
	if l.readers[lane]--; l.readers[lane] <= 0 {
		delete(l.readers, lane)
	}
	l.freed = i
}

// condState is a Cond at one point of the run.
type condState struct {
	waiting []int       // lanes, in the order in which they began to wait
	woken   map[int]int // lanes: by which event
	last    int         // index of the last signal or broadcast, -1
}

// pairCond follows Wait's release and reacquisition of the lock, and finds who
// woke which goroutine: the one that has waited longest comes first.
func (b *builder) pairCond(i int, e *model.Event) {
	if e.Object < 0 {
		return
	}
	c := b.conds[e.Object]
	if c == nil {
		c = &condState{last: -1, woken: map[int]int{}}
		b.conds[e.Object] = c
	}
	switch e.Op {
	case event.CondWant:
		c.waiting = append(c.waiting, e.G)
		b.condLock(i, func(l *lockState, write bool) {
			if write {
				l.releaseWriter(b, i)
			} else {
				l.releaseReader(b, i)
			}
			l.freed = -1 // links are for unlocks
		})
	case event.CondWait:
		c.wakes(b, i)
		b.condLock(i, func(l *lockState, write bool) { b.condAcquire(i, l) })
	case event.Signal:
		c.last = i
		if len(c.waiting) > 0 {
			c.woken[c.waiting[0]] = i
			c.waiting = c.waiting[1:]
		}
	case event.Broadcast:
		c.last = i
		for _, lane := range c.waiting {
			c.woken[lane] = i
		}
		c.waiting = nil
	}
}

// wakes links the end of a wait with what ended it.
func (c *condState) wakes(b *builder, i int) {
	lane := b.x.Events[i].G
	by, ok := c.woken[lane]
	delete(c.woken, lane)
	if !ok {
		if by = c.last; by < 0 {
			return
		}
		c.drop(lane)
	}
	b.link(i, by)
	if b.x.Events[by].Link < 0 {
		b.link(by, i)
	}
}

func (c *condState) drop(lane int) {
	for k, w := range c.waiting {
		if w == lane {
			c.waiting = append(c.waiting[:k:k], c.waiting[k+1:]...)
			return
		}
	}
}

// condLock calls f with the lock of the Cond in event i, if it is known.
func (b *builder) condLock(i int, f func(l *lockState, write bool)) {
	object, ok := b.objects.index[objectKey{b.log.Entries[i].Aux, event.ClassMutex}]
	if !ok {
		return
	}
	b.x.Events[i].Lock = object + 1
	l := b.lock(object)
	f(l, l.readers[b.x.Events[i].G] == 0)
}

// condAcquire is acquire for a lock that is not the event's own object. Whether
// a reader's hold is taken again is not known; a writer's is by far the rule.
func (b *builder) condAcquire(i int, l *lockState) {
	if l.holder < 0 && len(l.readers) == 0 {
		l.holder, l.last = b.x.Events[i].G, b.x.Events[i].G
	}
}
