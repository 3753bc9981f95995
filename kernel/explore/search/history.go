package search

// History is the run so far: its steps, in the order in which they were made,
// and of each which steps come before it wherever it is made.
type History struct {
	Races Races

	steps   []step
	accs    []Access // of all steps
	clocks  arena    // of the steps
	places  arena    // of goroutines and objects
	procs   []proc
	objects []object
	found   []int32 // see gather
	open    bool    // the last step may still access something
	barrier int     // place of the clock of all that came before time passed; 0: none
	globals []int32 // the steps that conflict with everything
	late    []int32 // see followAll
	owed    []int32 // see settle
	racing  func(e int32, x int) (could bool)
}

// step is one step of a run.
type step struct {
	proc    int16
	counted bool
	own     int32 // its number among the goroutine's steps, from 1
	clock   int   // place
	first   int   // its accesses, in History.accs
}

// proc is one goroutine, or an alarm.
type proc struct {
	steps  int32 // made
	before int   // place of its clock
	last   int32 // its last step; -1: none
	shown  int32 // its last step that is counted
}

// object is what is known of an object.
type object struct {
	write   int32   // the last step that wrote it, or had it for itself; -1: none
	reads   []int32 // since then
	bumps   []int32 // since then
	release int32   // the last step that let it go
	after   int     // place of the clock of all who let it go; 0: nobody
	sends   []int32
	recvs   []int32
	met     int32 // the last step in which something went over it without a buffer; -1: none
	closed  int32 // the last step that closed it, or tried to
	shut    int32 // the one that did
	peeks   []int32
	looks   []Kind // how, of each of these
	revoked int32  // the last step that stopped the timer whose channel it is; -1: none
	adds    []int32
	log     []entry // of a lock of readers and writers
	deeds   []deed  // of a wait group
	read    bool    // of a wait group: somebody reads what it holds
	sum     int     // of these
	lacked  bool    // it was below 0
	given   []int32 // see Supply
	taken   []int32 // see Demand
}

// Reset begins a new run, of at most so many goroutines.
func (h *History) Reset(most int) {
	h.clocks.reset(most)
	h.places.reset(most)
	h.steps, h.accs, h.procs, h.objects = h.steps[:0], h.accs[:0], h.procs[:0], h.objects[:0]
	h.open, h.barrier, h.globals, h.owed = false, 0, h.globals[:0], h.owed[:0]
	h.Races.reset(most)
}

// Spawn adds a goroutine that another one starts; creator is -1 for the first.
func (h *History) Spawn(creator int) (proc int) {
	proc = len(h.procs)
	h.procs = append(h.procs, newProc(h.places.take()))
	if creator >= 0 {
		h.settle()
		h.before(proc).join(h.before(creator))
	}
	h.Races.spawn(creator)
	return proc
}

func newProc(before int) proc { return proc{before: before, last: -1, shown: -1} }

func (h *History) before(p int) clock { return h.places.at(h.procs[p].before) }

// Begin begins a step.
func (h *History) Begin(p int, counted bool) {
	h.Finish()
	q := &h.procs[p]
	q.steps++
	q.last = int32(len(h.steps))
	h.steps = append(h.steps, step{proc: int16(p), counted: counted, own: q.steps, first: len(h.accs)})
	h.open = true
	switch {
	case counted:
		q.shown = q.last
		h.owed = append(h.owed, h.followAble(p, h.globals)...)
	default:
		h.learn(p, last(h.globals))
	}
	h.before(p)[p] = q.steps
}

// Finish ends the step, if one has begun: no more is told of it.
func (h *History) Finish() {
	if !h.open {
		return
	}
	h.settle()
	h.open = false
	s := &h.steps[len(h.steps)-1]
	s.clock = h.clocks.take()
	copy(h.clocks.at(s.clock), h.before(int(s.proc)))
}

// settle orders the step being made behind those that conflict with everything
// and that it could not have come before, because a lock was held or a channel
// full then. What it touches is told first: who took the lock, before the step
// that conflicts with everything, is a race of its own, and would be taken for known.
func (h *History) settle() {
	for _, e := range h.owed {
		h.learn(int(h.steps[h.now()].proc), e)
	}
	h.owed = h.owed[:0]
}

// now is the step being made.
func (h *History) now() int32 { return int32(len(h.steps) - 1) }

// clockOf is the clock of a step that has ended, or of the one being made.
func (h *History) clockOf(e int32) clock {
	if h.open && e == h.now() {
		h.settle()
		return h.before(int(h.steps[e].proc))
	}
	return h.clocks.at(h.steps[e].clock)
}

// knows says whether step e comes before whatever goroutine p does next.
func (h *History) knows(p int, e int32) bool {
	s := &h.steps[e]
	return h.before(p)[s.proc] >= s.own
}

// follow orders goroutine p behind step e, which it conflicts with: could it have
// come first?
func (h *History) follow(p int, e int32) {
	if e < 0 || h.knows(p, e) {
		return
	}
	if h.racing != nil {
		h.racing(e, p)
	}
	h.learn(p, e)
}

// learn orders p behind step e, without which it could not go on.
func (h *History) learn(p int, e int32) {
	if e >= 0 {
		h.before(p).join(h.clockOf(e))
	}
}

// meet is the part that goroutine q has in a step of p.
func (h *History) meet(p, q int) {
	h.settle()
	h.before(p).join(h.before(q))
	h.before(q).join(h.before(p))
}

// object returns the object, which may be new.
func (h *History) object(ord uint32) *object {
	for int(ord) >= len(h.objects) {
		n := len(h.objects)
		if n < cap(h.objects) {
			h.objects = h.objects[:n+1]
		} else {
			h.objects = append(h.objects, object{})
		}
		o := &h.objects[n]
		*o = object{write: -1, release: -1, met: -1, revoked: -1, closed: -1, shut: -1, reads: o.reads[:0], bumps: o.bumps[:0], sends: o.sends[:0], recvs: o.recvs[:0], peeks: o.peeks[:0], looks: o.looks[:0], adds: o.adds[:0], log: o.log[:0], deeds: o.deeds[:0], given: o.given[:0], taken: o.taken[:0]}
	}
	return &h.objects[ord]
}

// publish lets whoever observes o know what p knows.
func (h *History) publish(p int, o *object) {
	h.settle()
	if o.after == 0 {
		o.after = h.places.take()
	}
	h.places.at(o.after).join(h.before(p))
}

func (h *History) observe(p int, o *object) {
	if o.after != 0 {
		h.before(p).join(h.places.at(o.after))
	}
}

// Barrier says that time has passed because nobody could go on: whoever goes on
// because of that comes after all that was done.
func (h *History) Barrier() {
	h.Finish()
	h.barrier = h.places.take()
	for p := range h.procs {
		h.places.at(h.barrier).join(h.before(p))
	}
}

// Woke says that p goes on because time has passed.
func (h *History) Woke(p int) {
	if h.barrier != 0 {
		h.before(p).join(h.places.at(h.barrier))
	}
}

// Known returns how many steps of each goroutine come before what p does next.
func (h *History) Known(p int) []int32 { return append([]int32(nil), h.before(p)...) }

// Steps returns how many steps p has made.
func (h *History) Steps(p int) int32 { return h.procs[p].steps }
