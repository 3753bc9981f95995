package search

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/sched"
)

// model is a program without Go in it: main starts goroutines, waits for all of
// them and reads the variables. Each goroutine is a list of operations:
//
//	r0 w0  reads variable 0, writes one more than was read last
//	n0 o0  adds to the atomic 0, looks at what it is
//	b0     adds to the atomic 0 and does not look
//	l0 u0  locks and unlocks mutex 0
//	s0 v0  sends to and receives from channel 0, which has room for one value
type model struct {
	goroutines []string
	finals     bool // an outcome is what the variables are in the end, not all that was read
}

// lost is K goroutines that each N times do x = x + 1.
func lost(k, n int) model {
	return model{slices.Repeat([]string{strings.Repeat("r0 w0 ", n)}, k), true}
}

// philosophers takes the left fork first, then the right one.
func philosophers(n int) (m model) {
	for i := range n {
		m.goroutines = append(m.goroutines, fmt.Sprintf("l%d l%d u%d u%d", i, (i+1)%n, (i+1)%n, i))
	}
	return m
}

// Objects of one kind are numbered from here.
const (
	variables = 1
	atomics   = 5
	mutexes   = 9
	channels  = 20
	theGroup  = 24
	places    = 25
)

// play is one run of a model.
type play struct {
	s     *Search
	procs []player
	state [places]int // values of variables; 1 of a mutex that is locked
	queue [places][]int
	left  int // goroutines that are not done
	steps uint64
	last  int // who made the last step
}

// player is a goroutine of a run.
type player struct {
	ops  []string
	next int
	reg  int // what was read last
	read []int
}

// begin, done and wait are operations as well.
const (
	begin = "begin"
	done  = "done"
	wait  = "wait"
)

// search has all of m's runs made, and returns what was told.
func (m model) search(t testing.TB, cfg Config) told {
	t.Helper()
	return m.each(t, cfg, func(*Search, Ending) {})
}

// each does something after each run as well.
func (m model) each(t testing.TB, cfg Config, do func(*Search, Ending)) told {
	t.Helper()
	var out told
	if cfg.Now == nil {
		cfg.Now = func() int64 { return 0 }
	}
	if cfg.Stopped == nil {
		cfg.Stopped = func() bool { return false }
	}
	cfg.Write = func(line []byte) { out.hear(t, string(line)) }
	s := New(cfg)
	for s.Next() {
		p := &play{s: s, last: -1}
		e := p.run(m)
		s.End(&e)
		do(s, e)
	}
	if out.end == "" {
		t.Fatal("the search did not say that it ended")
	}
	out.s = s
	return out
}

func (p *play) run(m model) Ending {
	p.procs = []player{{ops: []string{begin, wait}}}
	if p.s.Spawn(-1) < 0 {
		return Ending{}
	}
	for {
		p.s.History.Finish()
		move, ok := p.decide()
		if !ok {
			return p.conclude(m, "")
		}
		if move.Proc < 0 {
			return p.conclude(m, "deadlock")
		}
		p.s.History.Begin(move.Proc, move.Counted)
		if !p.step(m, move.Proc) {
			return Ending{}
		}
		p.last = move.Proc
		p.steps++
		if p.procs[0].over() {
			return p.conclude(m, "ok")
		}
	}
}

// decide asks the search who is next; nobody is -1.
func (p *play) decide() (m Move, ok bool) {
	if planned, ok := p.s.Planned(); ok {
		proc, sign := planned.Proc, planned.Sign
		if !p.can(proc) || p.sign(proc) != sign {
			p.s.Unrepeatable(p.site(proc))
			return m, false
		}
		p.note(proc)
		return Move{Proc: proc, Counted: p.counted(proc)}, true
	}
	var c Choice
	c.Begin(-1)
	if p.last >= 0 && !p.procs[p.last].over() && p.can(p.last) {
		c.Current = p.last
	}
	for i := range p.procs {
		if !p.procs[i].over() && p.can(i) {
			c.Add(Move{Proc: i, Partner: -1, Edge: !p.counted(i), Counted: p.counted(i), Sign: p.sign(i)}, p.intent(i)...)
		}
	}
	if len(c.Moves) == 0 {
		return Move{Proc: -1}, true
	}
	i := p.s.Choose(&c)
	if i < 0 {
		return m, false
	}
	p.note(c.Moves[i].Proc)
	return c.Moves[i], true
}

// note writes the decision down.
func (p *play) note(proc int) {
	if proc == p.last {
		return
	}
	p.s.Run.Switches = append(p.s.Run.Switches, sched.Switch{Step: p.steps, To: uint32(proc + 1)})
	if p.last >= 0 && !p.procs[p.last].over() && p.can(p.last) && p.counted(p.last) && p.counted(proc) {
		p.s.Run.Preemptions++
	}
}

func (q *player) over() bool { return q.next == len(q.ops) }

// op is what a goroutine does next, and the object.
func (p *play) op(i int) (kind string, object uint32) {
	text := p.procs[i].ops[p.procs[i].next]
	if text == begin || text == done || text == wait {
		return text, theGroup
	}
	base := map[byte]uint32{'r': variables, 'w': variables, 'n': atomics, 'o': atomics, 'b': atomics, 'l': mutexes, 'u': mutexes, 's': channels, 'v': channels}
	return text[:1], base[text[0]] + uint32(text[1]-'0')
}

func (p *play) site(i int) uint32 { return uint32(1 + i*100 + p.procs[i].next) }
func (p *play) sign(i int) uint64 { return uint64(p.site(i)) }

// can says whether it can be done now.
func (p *play) can(i int) bool {
	switch kind, o := p.op(i); kind {
	case wait:
		return p.left == 0
	case "l":
		return p.state[o] == 0
	case "s":
		return len(p.queue[o]) == 0
	case "v":
		return len(p.queue[o]) > 0
	}
	return true
}

func (p *play) counted(i int) bool {
	switch kind, _ := p.op(i); kind {
	case begin, done:
		return false
	case "r", "w":
		return p.s.Visible(p.site(i))
	}
	return true
}

func (p *play) intent(i int) []Access {
	kind, o := p.op(i)
	switch kind {
	case begin:
		return nil
	case "r", "w":
		if !p.s.Visible(p.site(i)) {
			return nil
		}
	}
	return []Access{{o, p.kind(kind)}}
}

func (p *play) kind(kind string) Kind {
	switch kind {
	case wait:
		return Wait
	case done:
		if p.left == 1 {
			return DoneLast
		}
		return Done
	}
	if kind == "b" && p.s.Commutes() {
		return Bump
	}
	return map[string]Kind{"o": Read, "b": Write, "r": Read, "w": Write, "n": Write, "l": Acquire, "u": Release, "s": Send, "v": Recv}[kind]
}

// step does what i has announced; it returns false if there is no room.
func (p *play) step(m model, i int) bool {
	h, q, visible := &p.s.History, &p.procs[i], p.counted(i)
	kind, o := p.op(i)
	a := Access{o, p.kind(kind)}
	site := p.site(i)
	q.next++
	switch kind {
	case begin:
		return i != 0 || p.spawn(m)
	case done:
		h.Races.Release(i, o, event.HandWriters)
		p.left--
	case wait:
		h.Races.Acquire(i, o, event.HandWriters)
	case "r":
		h.Races.Access(i, o, false, false, site)
		q.got(p.state[o])
	case "w":
		h.Races.Access(i, o, true, false, site)
		p.state[o] = q.reg + 1
	case "b":
		p.state[o]++
		if a.Kind == Bump {
			h.Races.Bump(i, o, site)
			h.Races.Release(i, o, event.HandWriters)
			break
		}
		h.Races.Access(i, o, true, true, site)
		h.Races.Acquire(i, o, event.HandWriters)
		h.Races.Release(i, o, event.HandWriters)
	case "o":
		h.Races.Access(i, o, false, true, site)
		h.Races.Acquire(i, o, event.HandWriters)
		q.got(p.state[o])
	case "n":
		h.Races.Access(i, o, true, true, site)
		h.Races.Acquire(i, o, event.HandWriters)
		h.Races.Release(i, o, event.HandWriters)
		p.state[o]++
		q.got(p.state[o])
	case "l":
		h.Races.Acquire(i, o, event.HandWriters)
		p.state[o] = 1
	case "u":
		h.Races.Release(i, o, event.HandWriters)
		p.state[o] = 0
	case "s":
		h.Races.Sent(i, o, 1)
		h.Sent(i, o, 1)
		p.queue[o] = append(p.queue[o], q.reg+1)
		return true
	case "v":
		h.Races.Received(i, o)
		h.Received(i, o)
		q.got(p.queue[o][0])
		p.queue[o] = p.queue[o][1:]
		return true
	}
	if visible || kind == done {
		h.Touch(i, a)
	}
	return true
}

func (q *player) got(v int) { q.reg, q.read = v, append(q.read, v) }

// spawn starts the goroutines.
func (p *play) spawn(m model) bool {
	for i, text := range m.goroutines {
		kind := Add
		if i == 0 {
			kind = AddFirst
		}
		p.s.History.Touch(0, Access{theGroup, kind})
		if p.s.Spawn(0) < 0 {
			return false
		}
		ops := append(append([]string{begin}, strings.Fields(text)...), done)
		p.procs = append(p.procs, player{ops: ops, reg: 100 * (i + 1)})
		p.left++
	}
	return true
}

// conclude says how the run ended.
func (p *play) conclude(m model, status string) Ending {
	h := &p.s.History
	h.Finish()
	for i := range p.procs {
		if !p.procs[i].over() {
			h.Pending(i, p.can(i) && p.counted(i), p.intent(i))
		}
	}
	e := Ending{Status: status, Output: fmt.Append(nil, p.state[variables:mutexes])}
	if !m.finals {
		for i := range p.procs {
			e.Output = fmt.Append(e.Output, p.procs[i].read)
		}
	}
	if p.s.Raced() {
		e.Marks = "race"
	}
	return e
}

// told is what a search told.
type told struct {
	s        *Search
	outcomes map[string]string // by number: status, output, marks, classes, runs, interleavings
	classes  []string
	races    map[string]bool
	levels   []string
	notes    []string
	end      string
}

func (o *told) hear(t testing.TB, line string) {
	f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
	switch f[0] {
	case "outcome":
		if o.outcomes == nil {
			o.outcomes = map[string]string{}
		}
		o.outcomes[f[1]] = line
	case "class":
		o.classes = append(o.classes, line)
	case "race":
		if o.races == nil {
			o.races = map[string]bool{}
		}
		o.races[f[1]+" "+f[2]] = true
	case "level":
		o.levels = append(o.levels, f[1]+" "+f[2])
	case "note":
		o.notes = append(o.notes, f[1])
	case "end":
		if o.end != "" {
			t.Errorf("the search ends twice")
		}
		o.end = f[1]
	}
}

// by counts by outcome, leaving out those that are known from before a race was.
func (o told) by(count func(classes, runs, interleavings string) string) map[string]string {
	all := map[string]string{}
	for line := range maps.Values(o.outcomes) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if f[8] == "0" {
			continue
		}
		all[f[2]+" "+f[3]+" "+f[6]] = count(f[7], f[8], f[9])
	}
	return all
}

// total is the sum over all outcomes.
func (o told) total() (classes, runs int, interleavings Count) {
	for _, found := range o.s.outcomes.all {
		classes += found.classes
		runs += found.runs
		interleavings.add(found.count)
	}
	return classes, runs, interleavings
}
