package oracle

import (
	"encoding/binary"
	"slices"
)

// state is all there is at one moment.
type state struct {
	threads  []thread
	channels []channel
	mutexes  []bool
	rws      []rw
	groups   []int
	onces    []int // 0: new, 1: being done, 2: done
	conds    [][]int
	vars     []int
	atomics  []int
	maps     [][3]int // absent where -1
	structs  [][2]int
	alarms   []alarm // timers, deadlines of contexts, Afters
	clock    int
	out      string
}

// thread is a goroutine.
type thread struct {
	fn, pc, v, tmp int
	ok             bool
	phase          int // within an operation that is more than one step
	when           int // the end of a sleep
	over           bool
}

type channel struct {
	held   []int
	closed bool
}

// rw is an RWMutex. Who writes, or has asked to while there were readers, keeps other
// writers and new readers out.
type rw struct {
	asked, writes bool
	readers       int
}

type alarm struct {
	pending bool
	when    int
}

// first is the state in which main begins.
func (m *machine) first() *state {
	p := m.p
	s := &state{
		threads: []thread{{}}, channels: make([]channel, len(m.room)),
		mutexes: make([]bool, p.most(onMutex...)), rws: make([]rw, p.most(onRW...)), groups: make([]int, p.most(onGroup...)),
		onces: make([]int, p.most(onOnce...)), conds: make([][]int, p.most(onCond...)), vars: make([]int, p.most(onVar...)),
		atomics: make([]int, p.most(onAtomic...)), maps: make([][3]int, p.most(onMap...)), structs: make([][2]int, p.most(onStruct...)),
		alarms: make([]alarm, m.timers+m.contexts+m.afters),
	}
	for i := range s.maps {
		s.maps[i] = [3]int{-1, -1, -1}
	}
	for i := range m.timers {
		s.alarms[i] = alarm{len(p.does(i)) > 0 || p.uses(i, onTimer...), m.later(s, 1)}
	}
	for i := range m.contexts {
		s.alarms[m.timers+i] = alarm{p.limited(i) && p.uses(i, onContext...), m.later(s, 1)}
	}
	return s
}

// later is the time in n seconds; 0 where nobody looks at the clock.
func (m *machine) later(s *state, n int) int {
	if !m.clocked {
		return 0
	}
	return s.clock + n
}

func (s *state) clone() *state {
	n := *s
	n.threads = slices.Clone(s.threads)
	n.channels = slices.Clone(s.channels)
	for i := range n.channels {
		n.channels[i].held = slices.Clone(s.channels[i].held)
	}
	n.mutexes, n.rws, n.groups, n.onces = slices.Clone(s.mutexes), slices.Clone(s.rws), slices.Clone(s.groups), slices.Clone(s.onces)
	n.conds = slices.Clone(s.conds)
	for i := range n.conds {
		n.conds[i] = slices.Clone(s.conds[i])
	}
	n.vars, n.atomics, n.maps, n.structs = slices.Clone(s.vars), slices.Clone(s.atomics), slices.Clone(s.maps), slices.Clone(s.structs)
	n.alarms = slices.Clone(s.alarms)
	return &n
}

// key is by what a state is known again.
func (s *state) key() string {
	b := make([]byte, 0, 128)
	put := func(all ...int) {
		for _, n := range all {
			b = binary.AppendVarint(b, int64(n))
		}
	}
	list := func(all []int) {
		put(len(all))
		put(all...)
	}
	put(len(s.threads), s.clock)
	for i := range s.threads {
		if t := &s.threads[i]; t.over {
			put(-1)
		} else {
			put(t.fn, t.pc, t.v, t.tmp, bit(t.ok), t.phase, t.when)
		}
	}
	for i := range s.channels {
		put(bit(s.channels[i].closed))
		list(s.channels[i].held)
	}
	for i := range s.mutexes {
		put(bit(s.mutexes[i]))
	}
	for _, l := range s.rws {
		put(bit(l.asked), bit(l.writes), l.readers)
	}
	put(s.groups...)
	put(s.onces...)
	for i := range s.conds {
		list(s.conds[i])
	}
	put(s.vars...)
	put(s.atomics...)
	for i := range s.maps {
		put(s.maps[i][:]...)
	}
	for i := range s.structs {
		put(s.structs[i][:]...)
	}
	for _, a := range s.alarms {
		put(bit(a.pending), a.when)
	}
	return string(b) + s.out
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
