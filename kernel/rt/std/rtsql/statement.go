package rtsql

import (
	"strconv"
	"sync/atomic"

	"threading101/kernel/event"
	"threading101/kernel/rt"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// statement is one statement, as the program sends it.
type statement struct {
	site   uint32
	engine *engine
	text   string
	args   []any
	quiet  bool // it is no step: only its waiting is
	call   func() (result string, err error)
}

// do sends the statement when its turn has come.
func (s *statement) do() {
	switch {
	case s.engine == nil:
		beyond()
		s.call()
	case control.Active != nil:
		s.controlled(control.Active)
	case rt.Recording() && !s.quiet:
		s.recorded()
	default:
		s.call()
	}
}

// beyond says that something was done to a database which is no statement of a goroutine
// that is controlled.
func beyond() {
	if c := control.Active; c != nil {
		atomic.OrUint32(&c.Library.Beyond, control.BeyondStatements)
		control.NoteLoose(event.LooseBlocked)
	}
}

// recorded sends the statement in a run that Go schedules.
func (s *statement) recorded() {
	w := &work{}
	w.told = func() {
		if w.blocked {
			return
		}
		w.blocked = true
		record.NoteValue(event.StatementWant, 0, s.site, uintptr(s.engine.at()), text("0 "+s.says()))
	}
	var result string
	var err error
	w.during(func() { result, err = s.call() })
	var flags uint8
	if err != nil {
		flags = event.FlagFailed
	}
	record.NoteValue(event.Statement, flags, s.site, uintptr(s.engine.at()), text(s.became(w, result, err)))
}

func text(t string) record.Value { return record.Value{Text: t, Flags: event.FlagText} }

// controlled announces the statement, sends it, and has the others go on while it waits.
func (s *statement) controlled(c *control.Scheduler) {
	if control.ToRepeat != nil { // before main: nobody else is there
		s.call()
		return
	}
	g := c.Enter()
	if c.Dying {
		panic(control.Unwind{}) // what the run has left is undone when the next begins
	}
	s.tellMadeUp(c)
	if s.engine.waits {
		setLimit(filled(s.text, s.args))
	}
	if !s.quiet {
		control.PointStatement(c, g, s.site, s.engine.at(), s.says(), s.engine.begins(s.text) && !limited())
	}
	var result string
	var err error
	w := &work{g: g}
	begin(w, func() { result, err = s.call() })
	c.Keeps(true)
	w.settle(c, s.site)
	if w.blocked {
		s.await(c, w)
	} else {
		c.Keeps(false)
	}
	s.finish(c, w, result, err)
}

// await has the others go on until the statement is over.
func (s *statement) await(c *control.Scheduler, w *work) {
	holder := w.holder()
	waiting = append(waiting, w)
	s.askAll(c, w.g)
	facts := s.tellWaiting(c, w)
	c.Keeps(false)
	control.AwaitStatement(c, w.g, control.StatementWait{
		Site: s.site, At: s.engine.at(), Flags: w.flags(holder), Text: strconv.FormatUint(uint64(holder), 10) + " " + s.says(), Facts: facts,
		Over: func() bool { return w.goesOn(c, s.site) },
	})
	for i, other := range waiting {
		if other == w {
			waiting = append(waiting[:i:i], waiting[i+1:]...)
			break
		}
	}
	<-w.done
}

// finish notes what became of the statement, and asks who waits whether they still do.
func (s *statement) finish(c *control.Scheduler, w *work, result string, err error) {
	g := w.g
	if n := w.conn.Load(); n != nil {
		n.owner = g
	}
	if !s.quiet {
		control.NoteStatement(c, g, s.site, s.engine.at(), s.became(w, result, err), err != nil)
	}
	c.Keeps(true)
	s.tell(c, w, s.askAll(c, g), err)
	c.Keeps(false)
	c.Changed(s.engine.at())
	c.Leave(g)
	if w.panic != nil {
		panic(w.panic)
	}
}

// askAll asks those that wait whether they still do. Who does not any more was let go by
// what g has just done: it returns their numbers.
func (s *statement) askAll(c *control.Scheduler, g *control.G) (let []uint32) {
	for _, w := range waiting {
		if !w.blocked {
			continue
		}
		if w.again(c, s.site); !w.blocked {
			c.Observer.Releases(g, w.g)
			let = append(let, w.g.ID)
		}
	}
	return let
}

// holder is the number of the goroutine that the call waits for, 0 if it is not known.
// Another one comes before its own.
func (w *work) holder() (own uint32) {
	for _, pid := range w.holders {
		n := sessionOf(pid)
		switch {
		case n == nil || n.owner == nil:
		case n.owner != w.g:
			return n.owner.ID
		default:
			own = w.g.ID
		}
	}
	return own
}

// flags say what kind of waiting it is.
func (w *work) flags(holder uint32) uint8 {
	switch {
	case w.conn.Load() == nil:
		return event.FlagConnection
	case holder == w.g.ID:
		return event.FlagOwn
	}
	return 0
}
