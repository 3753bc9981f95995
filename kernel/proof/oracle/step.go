package oracle

import "fmt"

// fault is what makes a program one that says nothing: it does what Go forbids.
type fault string

func (f fault) Error() string { return string(f) }

// run is a state on its way to the next one.
type run struct {
	*state
	m   *machine
	end string // how the run has ended, "" if it has not
}

// after makes a step. The state it starts from stays as it is.
func (m *machine) after(s *state, v move) *run {
	r := &run{state: s.clone(), m: m}
	if v.thread < 0 {
		r.ring(v.alarm)
		return r
	}
	t := &r.threads[v.thread]
	in := m.at(t)
	switch {
	case t.phase == doomed:
		r.end = "panic"
		return r
	case in.op == comm:
		r.communicate(v, in)
	default:
		r.do(v, t, in)
	}
	return r
}

// begin adds a goroutine.
func (r *run) begin(fn int) {
	r.threads = append(r.threads, thread{fn: fn})
	r.settle(len(r.threads) - 1)
}

// next has a goroutine go on with its next operation.
func (r *run) next(i int) {
	r.threads[i].pc++
	r.settle(i)
}

// settle does all that is no step, until thread i comes to something that is one.
func (r *run) settle(i int) {
	for r.end == "" {
		t := &r.threads[i]
		f := &r.m.functions[t.fn]
		if t.phase == doomed {
			return
		}
		if t.pc == len(f.code) {
			*t = thread{over: true}
			return
		}
		in := &f.code[t.pc]
		if !r.local(i, t, f, in) {
			if in.op == Sleep {
				t.when = r.m.later(r.state, in.n)
			}
			return
		}
	}
}

// local does an instruction that is no step, and says whether it was one.
func (r *run) local(i int, t *thread, f *function, in *instr) bool {
	pc := t.pc + 1
	if r.m.steps(in) && (in.op == start || in.op == Done || in.op == born || in.op == gone) {
		return false
	}
	switch in.op {
	case jump:
		pc = in.to
	case unlessV:
		if t.v != in.n {
			pc = in.to
		}
	case unlessOk:
		if !t.ok {
			pc = in.to
		}
	case ifOk:
		if t.ok {
			pc = in.to
		}
	case start:
		t.pc = pc
		r.begin(in.to)
		return true
	case Done:
		if r.groups[in.on] <= 0 {
			return false
		}
		r.groups[in.on]--
	case onceOver:
		r.onces[in.on] = 2
	case panicsOn:
		r.panics(i)
		return true
	case setAfter:
		r.alarms[r.m.timers+r.m.contexts+in.on] = alarm{true, r.m.later(r.state, in.n)}
	case Gosched, born, gone:
	case Goexit:
		if i == 0 {
			panic(fault("main must not call Goexit"))
		}
		r.leaveOnces(t, f)
		pc = f.last
	default:
		if r.m.steps(in) {
			return false
		}
		r.memory(t, in)
	}
	t.pc = pc
	return true
}

// leaveOnces has done what a goroutine was about to do once, when that ends it.
func (r *run) leaveOnces(t *thread, f *function) {
	for _, g := range f.regions {
		if g.unlocks && g.from <= t.pc && t.pc < g.to {
			panic(fault("a Goexit must not have deferred calls"))
		}
		if g.once >= 0 && g.from <= t.pc && t.pc < g.to {
			r.onces[g.once] = 2
		}
	}
}

// panics unwinds thread i to who recovers, or ends the run. Where it is an operation
// that panics, and nobody recovers, that is a step: others may go on before the
// program is gone.
func (r *run) panics(i int) {
	t := &r.threads[i]
	for _, g := range r.m.functions[t.fn].regions { // those within come before those around them
		switch {
		case t.pc < g.from || t.pc >= g.to:
		case g.once >= 0:
			r.onces[g.once] = 2
		default:
			t.pc, t.phase = g.handler, 0
			r.settle(i)
			return
		}
	}
	if r.m.at(t).op == Panic {
		r.end = "panic"
		return
	}
	t.phase = doomed
}

// ring does what an alarm is for.
func (r *run) ring(i int) {
	a := &r.alarms[i]
	a.pending = false
	r.clock = max(r.clock, a.when)
	m := r.m
	switch {
	case i < m.timers && len(m.p.does(i)) > 0:
		r.begin(m.rung[i])
	case i < m.timers:
		r.fill(m.timerChannel(i))
	case i < m.timers+m.contexts:
		r.channels[m.contextChannel(i-m.timers)].closed = true
	default:
		r.fill(m.channels() + i)
	}
}

func (r *run) fill(ch int) {
	if c := &r.channels[ch]; len(c.held) == 0 {
		c.held = append(c.held, silent)
	}
}

func (r *run) communicate(v move, in *instr) {
	t := &r.threads[v.thread]
	if v.arm < 0 {
		t.pc = in.orDo
		r.settle(v.thread)
		return
	}
	a := &in.arms[v.arm]
	c := &r.channels[a.ch]
	switch {
	case v.partner >= 0:
		r.meet(v, a)
		return
	case a.send && c.closed:
		r.panics(v.thread)
		return
	case a.send:
		c.held = append(c.held, a.n)
		t.pc = a.to
	case len(c.held) > 0:
		t.got(a, c.held[0])
		c.held = c.held[1:]
		t.pc = a.to
	default:
		t.got(a, 0)
		t.pc = a.done
	}
	r.settle(v.thread)
}

func (t *thread) got(a *arm, n int) {
	if a.n != silent {
		t.v = n
	}
}

func (r *run) meet(v move, a *arm) {
	t, other := &r.threads[v.thread], &r.threads[v.partner]
	b := &r.m.at(other).arms[v.other]
	t.got(a, b.n)
	t.pc, other.pc = a.to, b.to
	r.settle(v.partner)
	r.settle(v.thread)
}

// prints adds a line to what was printed.
func (r *run) prints(all ...any) { r.out += fmt.Sprintln(all...) }
