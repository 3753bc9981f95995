package oracle

// do makes a step that is no communication.
func (r *run) do(v move, t *thread, in *instr) {
	i, on := v.thread, in.on
	switch in.op {
	case mainEnd:
		r.end = r.m.judge(r.state)
		return
	case Exit:
		r.end = "exit"
		return
	case Panic:
		r.panics(i)
		return
	case Sleep:
		r.clock = max(r.clock, t.when)
		t.when = 0
	case Late:
		r.clock = v.clock
		t.ok = r.clock >= in.n
	case Number:
		t.v = 0
		for j := range r.threads {
			t.v += 1 - bit(r.threads[j].over)
		}
	case Print:
		r.prints(letter(in.n))
	case PrintV:
		r.prints(letter(in.n), t.v)
	case Add:
		r.groups[on] += in.n
		if r.groups[on] < 0 {
			r.panics(i)
			return
		}
	case Done:
		if r.groups[on]--; r.groups[on] < 0 {
			r.panics(i)
			return
		}
	case Wait, born, gone:
	case start:
		t.pc++
		r.begin(in.to)
		r.settle(i)
		return
	case Close:
		if r.channels[on].closed {
			r.panics(i)
			return
		}
		r.channels[on].closed = true
	case Len:
		t.v = len(r.channels[on].held)
	case Once:
		if r.onces[on] == 2 {
			t.pc = in.to
			r.settle(i)
			return
		}
		r.onces[on] = 1
	default:
		if !r.lock(t, in) && !r.memory(t, in) {
			r.library(t, in)
		}
		if in.op == WLock && t.phase > 0 || in.op == CondWait && t.phase > 0 {
			return
		}
	}
	r.next(i)
}

// lock makes a step of a lock or a condition, and says whether it was one. Where the
// goroutine has a phase afterwards, its operation is not over.
func (r *run) lock(t *thread, in *instr) bool {
	on := in.on
	switch in.op {
	case Lock:
		r.mutexes[on] = true
	case Unlock:
		r.unlock(on)
	case tryLock:
		t.ok = !r.mutexes[on]
		r.mutexes[on] = true
	case RLock:
		r.rws[on].readers++
	case RUnlock:
		if r.rws[on].readers--; r.rws[on].readers < 0 {
			panic(fault("it read-unlocks what is not read-locked"))
		}
	case tryRLock:
		if t.ok = !r.rws[on].asked; t.ok {
			r.rws[on].readers++
		}
	case WLock:
		r.wlock(t, &r.rws[on])
	case WUnlock:
		if !r.rws[on].writes {
			panic(fault("it unlocks what is not locked"))
		}
		r.rws[on].asked, r.rws[on].writes = false, false
	case tryWLock:
		if t.ok = !r.rws[on].asked && r.rws[on].readers == 0; t.ok {
			r.rws[on].asked, r.rws[on].writes = true, true
		}
	case CondWait:
		r.condWait(t, on)
	case Signal:
		r.wake(on, 1)
	case Broadcast:
		r.wake(on, len(r.conds[on]))
	default:
		return false
	}
	return true
}

func (r *run) unlock(on int) {
	if !r.mutexes[on] {
		panic(fault("it unlocks what is not locked"))
	}
	r.mutexes[on] = false
}

func (r *run) wlock(t *thread, l *rw) {
	l.asked = true
	if l.readers > 0 {
		t.phase = 1
		return
	}
	l.writes = true
	t.phase = 0
}

func (r *run) condWait(t *thread, on int) {
	if t.phase == woken {
		r.mutexes[on] = true
		t.phase = 0
		return
	}
	r.unlock(on)
	t.phase = waiting
	for i := range r.threads {
		if &r.threads[i] == t {
			r.conds[on] = append(r.conds[on], i)
		}
	}
}

func (r *run) wake(on, n int) {
	for _, i := range r.conds[on][:min(n, len(r.conds[on]))] {
		r.threads[i].phase = woken
	}
	r.conds[on] = r.conds[on][min(n, len(r.conds[on])):]
}

// memory makes an access to memory, and says whether it was one.
func (r *run) memory(t *thread, in *instr) bool {
	on, n := in.on, in.n
	switch in.op {
	case Set:
		r.vars[on] = n
	case Get:
		t.v = r.vars[on]
	case loadTmp:
		t.tmp = r.vars[on]
	case storeTmp:
		r.vars[on] = t.tmp + 1
		t.tmp = 0
	case peekVar:
		t.ok = r.vars[on] != 0
	case FieldSet:
		r.structs[on][n%2] = n
	case FieldGet:
		t.v = r.structs[on][0]
	case StructGet:
		t.v = r.structs[on][1]
	default:
		return r.atomic(t, in) || r.mapped(t, in)
	}
	return true
}

func (r *run) atomic(t *thread, in *instr) bool {
	switch on, n := in.on, in.n; in.op {
	case AtomicAdd:
		r.atomics[on] += n
		t.v = r.atomics[on]
	case AtomicBump:
		r.atomics[on] += n
	case AtomicLoad:
		t.v = r.atomics[on]
	case AtomicStore:
		r.atomics[on] = n
	case AtomicSwap:
		t.v, r.atomics[on] = r.atomics[on], n
	case AtomicCAS:
		if t.ok = r.atomics[on] == 0; t.ok {
			r.atomics[on] = n
		}
	case peekAtomic:
		t.ok = r.atomics[on] != 0
	default:
		return false
	}
	return true
}

func (r *run) mapped(t *thread, in *instr) bool {
	if in.on >= len(r.maps) {
		return false
	}
	m, k := &r.maps[in.on], in.n%3
	switch in.op {
	case MapSet:
		m[k] = in.n
	case MapGet:
		t.v = max(m[k], 0)
	case mapLoad:
		t.tmp = max(m[k], 0)
	case mapStore:
		m[k] = t.tmp + 1
		t.tmp = 0
	case MapDelete:
		m[k] = -1
	case MapLen:
		t.v = bit(m[0] >= 0) + bit(m[1] >= 0) + bit(m[2] >= 0)
	case MapSum:
		t.v = max(m[0], 0) + max(m[1], 0) + max(m[2], 0)
	default:
		return false
	}
	return true
}

// library makes a step of a timer or a context.
func (r *run) library(t *thread, in *instr) {
	switch in.op {
	case Stop:
		t.ok = r.callOff(in.on)
	case Reset:
		t.ok = r.callOff(in.on)
		r.alarms[in.on] = alarm{true, r.m.later(r.state, 1)}
	case Cancel:
		r.channels[r.m.contextChannel(in.on)].closed = true
		r.alarms[r.m.timers+in.on].pending = false
	case Err:
		t.ok = r.channels[r.m.contextChannel(in.on)].closed
	default:
		panic(fault("there is no step " + string(in.op)))
	}
}

// callOff takes back what a timer was to do, also a time that nobody has received,
// and says whether there was something to take back.
func (r *run) callOff(i int) bool {
	a, c := &r.alarms[i], &r.channels[r.m.timerChannel(i)]
	was := a.pending || len(c.held) > 0
	a.pending, c.held = false, nil
	return was
}
