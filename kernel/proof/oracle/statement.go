package oracle

import "fmt"

// letters are what programs print.
const letters = "abcdefghijklmnopqrstuvwxyz"

func letter(n int) string { return letters[n%len(letters):][:1] }

// simple is the text of statements that are one line, %[1]d being the object and
// %[2]d the number.
var simple = map[Op]string{
	Return:      "return",
	Panic:       "panic(%[2]d)",
	Exit:        "os.Exit(%[2]d)",
	Goexit:      "runtime.Goexit()",
	Gosched:     "runtime.Gosched()",
	Sleep:       "time.Sleep(%[2]d * time.Second)",
	After:       "<-time.After(%[2]d * time.Second)",
	Lock:        "mu%[1]d.Lock()",
	Unlock:      "mu%[1]d.Unlock()",
	RLock:       "rw%[1]d.RLock()",
	RUnlock:     "rw%[1]d.RUnlock()",
	WLock:       "rw%[1]d.Lock()",
	WUnlock:     "rw%[1]d.Unlock()",
	Add:         "wg%[1]d.Add(%[2]d)",
	Done:        "wg%[1]d.Done()",
	Wait:        "wg%[1]d.Wait()",
	Send:        "c%[1]d <- %[2]d",
	Close:       "close(c%[1]d)",
	CondWait:    "cond%[1]d.Wait()",
	Signal:      "cond%[1]d.Signal()",
	Broadcast:   "cond%[1]d.Broadcast()",
	Set:         "x%[1]d = %[2]d",
	Inc:         "x%[1]d++",
	AtomicBump:  "n%[1]d.Add(%[2]d)",
	AtomicStore: "n%[1]d.Store(%[2]d)",
	MapSet:      "m%[1]d[%[2]d%%3] = %[2]d",
	MapInc:      "m%[1]d[%[2]d%%3]++",
	MapDelete:   "delete(m%[1]d, %[2]d%%3)",
	TimerRecv:   "<-t%[1]d.C",
	Cancel:      "cancel%[1]d()",
	DoneRecv:    "<-ctx%[1]d.Done()",
	PollAtomic:  "for n%[1]d.Load() == 0 {}",
}

// results is the text of expressions that v is assigned, and how they stand where
// nobody reads it.
var results = map[Op]struct{ text, alone string }{
	Number:     {"runtime.NumGoroutine()", "_ = "},
	Recv:       {"<-c%[1]d", ""},
	Len:        {"len(c%[1]d)", "_ = "},
	Get:        {"x%[1]d", "_ = "},
	AtomicAdd:  {"int(n%[1]d.Add(%[2]d))", "_ = "},
	AtomicLoad: {"int(n%[1]d.Load())", "_ = "},
	AtomicSwap: {"int(n%[1]d.Swap(%[2]d))", "_ = "},
	MapGet:     {"m%[1]d[%[2]d%%3]", "_ = "},
	MapLen:     {"len(m%[1]d)", "_ = "},
	FieldGet:   {"s%[1]d.a", "_ = "},
}

// conditions is the text of those.
var conditions = map[Op]string{
	If:         "v == %[2]d",
	Late:       "time.Since(start) >= %[2]d*time.Second",
	TryLocked:  "mu%[1]d.TryLock()",
	TryRLocked: "rw%[1]d.TryRLock()",
	TryWLocked: "rw%[1]d.TryLock()",
	AtomicCAS:  "n%[1]d.CompareAndSwap(0, %[2]d)",
	Stop:       "t%[1]d.Stop()",
	Reset:      "t%[1]d.Reset(time.Second)",
	Err:        "ctx%[1]d.Err() != nil",
}

// bracket is an operation with what comes before Then and after it.
type bracket struct{ begin, end string }

var brackets = map[Op]bracket{
	Locked:  {"mu%[1]d.Lock()", "mu%[1]d.Unlock()"},
	RLocked: {"rw%[1]d.RLock()", "rw%[1]d.RUnlock()"},
	WLocked: {"rw%[1]d.Lock()", "rw%[1]d.Unlock()"},
}

// unlocks is what ends the body of a condition that takes a lock.
var unlocks = map[Op]Op{TryLocked: Unlock, TryRLocked: RUnlock, TryWLocked: WUnlock}

func (s *Stmt) text(format string) string {
	return fmt.Sprintf(format+"%[3]s", s.On, s.N, "")
}

func (w *writer) statement(s *Stmt) {
	if text, ok := simple[s.Op]; ok {
		w.line("%s", s.text(text))
		return
	}
	if r, ok := results[s.Op]; ok {
		if w.reads {
			r.alone = "v = "
		}
		w.line("%s%s", r.alone, s.text(r.text))
		return
	}
	if text, ok := conditions[s.Op]; ok {
		w.condition(s, s.text(text))
		return
	}
	if b, ok := brackets[s.Op]; ok {
		w.line("%s", s.text(b.begin))
		w.block(s.Then)
		w.line("%s", s.text(b.end))
		return
	}
	w.special(s)
}

// condition writes an if.
func (w *writer) condition(s *Stmt, text string) {
	w.line("if %s {", text)
	w.in(func() {
		w.block(s.Then)
		if unlock, ok := unlocks[s.Op]; ok {
			w.statement(&Stmt{Op: unlock, On: s.On})
		}
	})
	if len(s.Else) > 0 {
		w.line("} else {")
		w.in(func() { w.block(s.Else) })
	}
	w.line("}")
}

// braces writes statements between braces.
func (w *writer) braces(begin string, list []Stmt, end string) {
	w.line("%s", begin)
	w.in(func() { w.block(list) })
	w.line("%s", end)
}

func (w *writer) special(s *Stmt) {
	switch s.Op {
	case Go:
		w.goroutine("go func() {", s.Then, "}()")
	case GroupGo:
		w.goroutine(fmt.Sprintf("wg%d.Go(func() {", s.On), s.Then, "})")
	case Once:
		w.braces(fmt.Sprintf("once%d.Do(func() {", s.On), s.Then, "})")
	case Repeat:
		w.braces(fmt.Sprintf("for range %d {", s.N), s.Then, "}")
	case Print:
		w.line("fmt.Println(%q)", letter(s.N))
	case PrintV:
		w.line("fmt.Println(%q, v)", letter(s.N))
	case Try:
		w.try(s)
	case Deferred:
		w.deferred(s)
	case RecvOk:
		w.recvOk(s)
	case Range:
		w.braces(w.rangeOf(s.On), s.Then, "}")
	case Select, Choose:
		w.selection(s)
	case CondLoop:
		w.line("mu%d.Lock()", s.On)
		w.line("for x%d == 0 {", s.On)
		w.in(func() { w.line("cond%d.Wait()", s.On) })
		w.line("}")
		w.line("mu%d.Unlock()", s.On)
	case FieldSet:
		w.line("s%d.%s = %d", s.On, []string{"a", "in.b"}[s.N%2], s.N)
	case StructGet:
		w.structGet(s)
	case MapSum:
		w.mapSum(s)
	case PollChan:
		w.pollChan(s)
	case PollMutex:
		w.pollMutex(s)
	}
}

func (w *writer) goroutine(begin string, list []Stmt, end string) {
	w.line("%s", begin)
	w.in(func() { w.function(list) })
	w.line("%s", end)
}

func (w *writer) try(s *Stmt) {
	w.line("func() {")
	w.in(func() {
		w.line("defer func() {")
		w.in(func() {
			if len(s.Else) == 0 {
				w.line("recover()")
				return
			}
			w.braces("if recover() != nil {", s.Else, "}")
		})
		w.line("}()")
		w.block(s.Then)
	})
	w.line("}()")
}

func (w *writer) deferred(s *Stmt) {
	w.line("func() {")
	w.in(func() {
		w.line("mu%d.Lock()", s.On)
		w.line("defer mu%d.Unlock()", s.On)
		w.block(s.Then)
	})
	w.line("}()")
}

func (w *writer) recvOk(s *Stmt) {
	text := fmt.Sprintf("_, ok := <-c%d; ok", s.On)
	if w.reads {
		text = fmt.Sprintf("got, ok := <-c%d; ok", s.On)
		s = &Stmt{Op: s.Op, Then: s.Then, Else: s.Else}
		w.line("if %s {", text)
		w.in(func() {
			w.line("v = got")
			w.block(s.Then)
		})
		if len(s.Else) > 0 {
			w.line("} else {")
			w.in(func() { w.block(s.Else) })
		}
		w.line("}")
		return
	}
	w.condition(s, text)
}

func (w *writer) rangeOf(i int) string {
	if w.reads {
		return fmt.Sprintf("for v = range c%d {", i)
	}
	return fmt.Sprintf("for range c%d {", i)
}

func (w *writer) selection(s *Stmt) {
	w.line("select {")
	for i := range s.Cases {
		c := &s.Cases[i]
		text := c.text(simple[c.Op])
		if c.Op == Recv {
			text = c.text(results[Recv].text)
			if w.reads {
				text = "v = " + text
			}
		}
		w.line("case %s:", text)
		w.in(func() { w.block(c.Then) })
	}
	if s.Op == Choose {
		w.line("default:")
		w.in(func() { w.block(s.Else) })
	}
	w.line("}")
}

func (w *writer) structGet(s *Stmt) {
	w.loops++
	w.line("copied%d := s%d.in", w.loops, s.On)
	if w.reads {
		w.line("v = copied%d.b", w.loops)
		return
	}
	w.line("_ = copied%d", w.loops)
}

func (w *writer) mapSum(s *Stmt) {
	if !w.reads {
		w.line("for range m%d {", s.On)
		w.line("}")
		return
	}
	w.line("v = 0")
	w.line("for _, one := range m%d {", s.On)
	w.in(func() { w.line("v += one") })
	w.line("}")
}

func (w *writer) pollChan(s *Stmt) {
	w.loops++
	w.line("poll%d:", w.loops)
	w.line("for {")
	w.in(func() {
		w.line("select {")
		w.line("case <-c%d:", s.On)
		w.in(func() { w.line("break poll%d", w.loops) })
		w.line("default:")
		w.line("}")
	})
	w.line("}")
}

func (w *writer) pollMutex(s *Stmt) {
	w.line("for {")
	w.in(func() {
		w.line("mu%d.Lock()", s.On)
		w.line("there := x%d != 0", s.On)
		w.line("mu%d.Unlock()", s.On)
		w.line("if there {")
		w.in(func() { w.line("break") })
		w.line("}")
	})
	w.line("}")
}
