package oracle

// instr is one instruction: an operation, or what decides which comes next.
type instr struct {
	op    Op
	on, n int
	to    int   // where to go on, of a jump; the function, of who starts one
	arms  []arm // of a communication
	orDo  int   // of a communication: where its default is, -1 if it has none
	of    *Stmt // that it is part of
}

// arm is one communication that may be made.
type arm struct {
	send bool
	ch   int // in the state's list of channels
	n    int // what is sent
	to   int // where to go on
	done int // where to go on if what was received came because the channel is closed
}

// Instructions that are no statement.
const (
	jump       Op = "jump"
	unlessV    Op = "unless-v"  // go on at to unless v == n
	unlessOk   Op = "unless-ok" // go on at to unless the last condition held
	ifOk       Op = "if-ok"
	start      Op = "start"     // a goroutine with function to
	comm       Op = "comm"      // one of arms
	onceOver   Op = "once-over" //
	peekVar    Op = "peek-var"  // condition: x is not 0
	peekAtomic Op = "peek-atomic"
	loadTmp    Op = "load" // what an increment reads
	storeTmp   Op = "store"
	mapLoad    Op = "map-load"
	mapStore   Op = "map-store"
	mainEnd    Op = "main-end"
	born       Op = "born"      // a goroutine begins
	gone       Op = "gone"      // a goroutine is over
	setAfter   Op = "set-after" // a timer that an After makes
	panicsOn   Op = "panics-on" // what was deferred is done
	tryLock    Op = "trylock"
	tryRLock   Op = "tryrlock"
	tryWLock   Op = "trywlock"
)

// region is where panics are taken care of: [from, to) of a function.
type region struct {
	from, to int
	unlocks  bool
	once     int // which Once the region is the function of; -1 if none
	handler  int // where to go on after a recover, or with what is deferred
}

// function is what a goroutine does.
type function struct {
	code    []instr
	regions []region
	last    int // where a Goexit goes on
}

// machine is a program made ready to be followed.
type machine struct {
	p         *Program
	functions []function
	room      []int // of all channels: the program's, those of timers, of contexts, of Afters
	loops     bool  // it may go on for ever
	timers    int
	contexts  int
	afters    int
	clocked   bool  // somebody looks at the clock
	rung      []int // the function of each timer that does something
	racing    map[access]bool
	fine      bool // everything is a step
	moments   *Moments
}

// ready makes a machine of a program.
func ready(p *Program) *machine {
	m := &machine{p: p, loops: p.Loops(), timers: p.timers(), contexts: p.most(onContext...), clocked: p.Has(Late)}
	for i := range p.most(onChannel...) {
		m.room = append(m.room, p.room(i))
	}
	for range m.timers {
		m.room = append(m.room, 1)
	}
	for range m.contexts {
		m.room = append(m.room, 0)
	}
	m.compile(p.Body, -1, true)
	for i := range m.timers {
		m.rung = append(m.rung, m.compile(p.does(i), -1, false))
	}
	return m
}

func (m *machine) channels() int { return len(m.room) - m.timers - m.contexts - m.afters }

func (m *machine) timerChannel(i int) int { return m.channels() + i }

func (m *machine) contextChannel(i int) int { return m.channels() + m.timers + i }

// compiler makes the code of one function.
type compiler struct {
	m       *machine
	f       function
	of      *Stmt
	returns [][]int // for each function literal that is entered: the jumps to its end
}

// compile adds a function and returns its number. One that is started in a group
// ends with the group's Done.
func (m *machine) compile(list []Stmt, group int, isMain bool) int {
	at := len(m.functions)
	m.functions = append(m.functions, function{})
	c := &compiler{m: m, returns: [][]int{nil}}
	if !isMain {
		c.put(instr{op: born})
	}
	c.block(list)
	c.leave()
	c.f.last = len(c.f.code)
	switch {
	case isMain:
		c.put(instr{op: mainEnd})
	case group >= 0:
		c.put(instr{op: Done, on: group})
	}
	if !isMain {
		c.put(instr{op: gone})
	}
	m.functions[at] = c.f
	return at
}

func (c *compiler) put(i instr) int {
	i.of = c.of
	c.f.code = append(c.f.code, i)
	return len(c.f.code) - 1
}

// here makes an instruction go on at the next one.
func (c *compiler) here(at int) { c.f.code[at].to = len(c.f.code) }

// leave ends a function literal: what returns from it goes on here.
func (c *compiler) leave() {
	n := len(c.returns) - 1
	for _, at := range c.returns[n] {
		c.here(at)
	}
	c.returns = c.returns[:n]
}

func (c *compiler) block(list []Stmt) {
	for i := range list {
		before := c.of
		c.of = &list[i]
		c.statement(c.of)
		c.of = before
	}
}

func (c *compiler) statement(s *Stmt) {
	switch s.Op {
	case Go:
		c.put(instr{op: start, to: c.m.compile(s.Then, -1, false)})
	case GroupGo:
		c.put(instr{op: Add, on: s.On, n: 1})
		c.put(instr{op: start, to: c.m.compile(s.Then, s.On, false)})
	case Repeat:
		for range s.N {
			c.block(s.Then)
		}
	case Return:
		n := len(c.returns) - 1
		c.returns[n] = append(c.returns[n], c.put(instr{op: jump}))
	case Try:
		c.try(s)
	case Deferred:
		c.deferred(s)
	case Once:
		c.once(s)
	case If:
		c.branch(s, c.put(instr{op: unlessV, n: s.N}))
	case Inc:
		c.put(instr{op: loadTmp, on: s.On})
		c.put(instr{op: storeTmp, on: s.On})
	case MapInc:
		c.put(instr{op: mapLoad, on: s.On, n: s.N % 3})
		c.put(instr{op: mapStore, on: s.On, n: s.N % 3})
	case Locked, RLocked, WLocked:
		take := map[Op]Op{Locked: Lock, RLocked: RLock, WLocked: WLock}[s.Op]
		give := map[Op]Op{Locked: Unlock, RLocked: RUnlock, WLocked: WUnlock}[s.Op]
		c.put(instr{op: take, on: s.On})
		c.block(s.Then)
		c.put(instr{op: give, on: s.On})
	case TryLocked, TryRLocked, TryWLocked:
		c.tryLocked(s)
	case AtomicCAS, Stop, Reset, Err, Late:
		c.put(instr{op: s.Op, on: s.On, n: s.N})
		c.branch(s, c.put(instr{op: unlessOk}))
	case Send, Recv, RecvOk, Range, TimerRecv, DoneRecv, After, Select, Choose, PollChan:
		c.communicate(s)
	case CondLoop, PollAtomic, PollMutex:
		c.loop(s)
	default:
		c.put(instr{op: s.Op, on: s.On, n: s.N})
	}
}

// branch is Then and Else behind the jump at at.
func (c *compiler) branch(s *Stmt, at int) {
	c.block(s.Then)
	over := c.put(instr{op: jump})
	c.here(at)
	c.block(s.Else)
	c.here(over)
}

func (c *compiler) tryLocked(s *Stmt) {
	op := map[Op]Op{TryLocked: tryLock, TryRLocked: tryRLock, TryWLocked: tryWLock}[s.Op]
	c.put(instr{op: op, on: s.On})
	at := c.put(instr{op: unlessOk})
	c.block(s.Then)
	c.put(instr{op: unlocks[s.Op], on: s.On})
	over := c.put(instr{op: jump})
	c.here(at)
	c.block(s.Else)
	c.here(over)
}

func (c *compiler) try(s *Stmt) {
	c.returns = append(c.returns, nil)
	r := region{from: len(c.f.code), once: -1}
	c.block(s.Then)
	r.to = len(c.f.code)
	c.leave()
	over := c.put(instr{op: jump})
	r.handler = len(c.f.code)
	c.returns = append(c.returns, nil)
	c.block(s.Else)
	c.leave()
	c.here(over)
	c.f.regions = append(c.f.regions, r)
}

func (c *compiler) deferred(s *Stmt) {
	c.put(instr{op: Lock, on: s.On})
	c.returns = append(c.returns, nil)
	r := region{from: len(c.f.code), once: -1, unlocks: true}
	c.block(s.Then)
	r.to = len(c.f.code)
	c.leave()
	c.put(instr{op: Unlock, on: s.On})
	over := c.put(instr{op: jump})
	r.handler = c.put(instr{op: Unlock, on: s.On})
	c.put(instr{op: panicsOn})
	c.here(over)
	c.f.regions = append(c.f.regions, r)
}

func (c *compiler) once(s *Stmt) {
	at := c.put(instr{op: Once, on: s.On})
	c.returns = append(c.returns, nil)
	r := region{from: len(c.f.code), once: s.On}
	c.block(s.Then)
	r.to = len(c.f.code)
	c.leave()
	c.put(instr{op: onceOver, on: s.On})
	c.here(at)
	c.f.regions = append(c.f.regions, r)
}

func (c *compiler) loop(s *Stmt) {
	begin := len(c.f.code)
	switch s.Op {
	case PollAtomic:
		c.put(instr{op: peekAtomic, on: s.On})
		c.put(instr{op: unlessOk, to: begin})
	case PollMutex:
		c.put(instr{op: Lock, on: s.On})
		c.put(instr{op: peekVar, on: s.On})
		c.put(instr{op: Unlock, on: s.On})
		c.put(instr{op: unlessOk, to: begin})
	case CondLoop:
		c.put(instr{op: Lock, on: s.On})
		again := c.put(instr{op: peekVar, on: s.On})
		out := c.put(instr{op: ifOk})
		c.put(instr{op: CondWait, on: s.On})
		c.put(instr{op: jump, to: again})
		c.here(out)
		c.put(instr{op: Unlock, on: s.On})
	}
}

func (c *compiler) communicate(s *Stmt) {
	cases := s.Cases
	if s.Op != Select && s.Op != Choose {
		cases = []Stmt{*s}
	}
	var arms []arm
	for i := range cases {
		arms = append(arms, c.arm(&cases[i]))
	}
	at := c.put(instr{op: comm, arms: arms, orDo: -1})
	var overs []int
	for i := range cases {
		a := &c.f.code[at].arms[i]
		a.to = len(c.f.code)
		a.done = a.to
		c.behind(&cases[i], at, i)
		overs = append(overs, c.put(instr{op: jump}))
	}
	switch s.Op {
	case Choose:
		c.f.code[at].orDo = len(c.f.code)
		c.block(s.Else)
	case PollChan:
		c.f.code[at].orDo = at
	}
	for _, over := range overs {
		c.here(over)
	}
}

// behind is what is done when a communication was made.
func (c *compiler) behind(s *Stmt, at, i int) {
	switch s.Op {
	case Range:
		c.block(s.Then)
		c.put(instr{op: jump, to: at})
		c.f.code[at].arms[i].done = len(c.f.code)
	case RecvOk:
		c.block(s.Then)
		over := c.put(instr{op: jump})
		c.f.code[at].arms[i].done = len(c.f.code)
		c.block(s.Else)
		c.here(over)
	default:
		c.block(s.Then)
	}
}

func (c *compiler) arm(s *Stmt) arm {
	switch s.Op {
	case Send:
		return arm{send: true, ch: s.On, n: s.N}
	case TimerRecv:
		return arm{ch: c.m.timerChannel(s.On), n: silent}
	case DoneRecv:
		return arm{ch: c.m.contextChannel(s.On), n: silent}
	case After:
		c.m.room = append(c.m.room, 1)
		c.m.afters++
		c.put(instr{op: setAfter, on: c.m.afters - 1, n: s.N})
		return arm{ch: len(c.m.room) - 1, n: silent}
	case PollChan:
		return arm{ch: s.On, n: silent}
	}
	return arm{ch: s.On}
}

// silent on an arm that receives: v stays as it is.
const silent = 1
