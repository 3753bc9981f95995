package oracle

// move is one step that can be made: of a goroutine, of two that meet, or of an
// alarm.
type move struct {
	thread  int // -1: an alarm
	arm     int // of a communication; -1: its default
	partner int // who sends what thread receives over an unbuffered channel, -1 if nobody does
	other   int // the partner's arm
	alarm   int
	clock   int // of a look at the clock: what it shows
}

// moves lists all steps that can be made.
func (m *machine) moves(s *state) (all []move) {
	for i := range s.threads {
		all = m.movesOf(s, i, all)
	}
	for i := range s.alarms {
		if s.alarms[i].pending {
			all = append(all, move{thread: -1, partner: -1, alarm: i})
		}
	}
	return all
}

// at is the instruction that a goroutine has come to.
func (m *machine) at(t *thread) *instr { return &m.functions[t.fn].code[t.pc] }

func (m *machine) movesOf(s *state, i int, all []move) []move {
	t := &s.threads[i]
	if t.over {
		return all
	}
	in := m.at(t)
	switch {
	case t.phase == doomed:
	case in.op == comm:
		return m.communications(s, i, in, all)
	case in.op == Late:
		for _, clock := range m.readings(s) {
			all = append(all, move{thread: i, partner: -1, clock: clock})
		}
		return all
	case !s.can(t, in):
		return all
	}
	return append(all, move{thread: i, partner: -1})
}

// can says whether an operation that is no communication can be made.
func (s *state) can(t *thread, in *instr) bool {
	switch in.op {
	case Lock:
		return !s.mutexes[in.on]
	case RLock:
		return !s.rws[in.on].asked
	case WLock:
		if t.phase == 0 {
			return !s.rws[in.on].asked
		}
		return s.rws[in.on].readers == 0
	case Wait:
		return s.groups[in.on] == 0
	case Once:
		return s.onces[in.on] != 1
	case CondWait:
		return t.phase == 0 || t.phase == woken && !s.mutexes[in.on]
	}
	return true
}

// The phases of a Wait for a condition, and that of whom nothing but a panic is left.
const (
	waiting = 1
	woken   = 2
	doomed  = 3
)

// communications are those that thread i can make. What goes over an unbuffered
// channel is listed for who receives.
func (m *machine) communications(s *state, i int, in *instr, all []move) []move {
	sure := false
	for k := range in.arms {
		a := &in.arms[k]
		c := &s.channels[a.ch]
		switch {
		case c.closed, m.room[a.ch] > 0 && a.send && len(c.held) < m.room[a.ch], !a.send && len(c.held) > 0:
			all = append(all, move{thread: i, arm: k, partner: -1})
			sure = true
		case m.room[a.ch] == 0 && !a.send:
			all = m.meetings(s, i, k, all)
		}
	}
	if in.orDo >= 0 && !sure {
		all = append(all, move{thread: i, arm: -1, partner: -1})
	}
	return all
}

// meetings are those of arm k of thread i, which receives, with all who could send.
// One of both must be waiting, which who has a default never is.
func (m *machine) meetings(s *state, i, k int, all []move) []move {
	in := m.at(&s.threads[i])
	for j := range s.threads {
		other := &s.threads[j]
		if j == i || !other.goes() || m.at(other).op != comm || m.at(other).orDo >= 0 && in.orDo >= 0 {
			continue
		}
		for l, b := range m.at(other).arms {
			if b.send && b.ch == in.arms[k].ch {
				all = append(all, move{thread: i, arm: k, partner: j, other: l})
			}
		}
	}
	return all
}

// long is longer than what any program compares the clock with.
const long = 100

// readings are the times that a look at the clock may show: no time has passed, each
// deadline to come has, or more than anybody asks for.
func (m *machine) readings(s *state) []int {
	all := []int{s.clock}
	add := func(t int) {
		for _, known := range all {
			if known == t {
				return
			}
		}
		if t > s.clock {
			all = append(all, t)
		}
	}
	add(s.clock + long)
	for _, a := range s.alarms {
		if a.pending {
			add(a.when)
		}
	}
	for i := range s.threads {
		if t := &s.threads[i]; !t.over && m.at(t).op == Sleep {
			add(t.when)
		}
	}
	return all
}
