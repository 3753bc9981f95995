package export

import (
	"go/ast"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// stop is where a goroutine stops for others to go on.
type stop struct {
	place *place // nil: at the end of its function
	at    where
}

// where is on which side of an operation.
type where uint8

const (
	before where = iota // the operation is still to come
	within              // the goroutine waits in it
	after               // it is done, and nothing is known of what comes next
)

// leg is how far one goroutine goes before another goes on.
type leg struct {
	g     int
	stop  stop
	times int // how often it comes to the stop until it stops there
}

// way is the run as legs.
type way struct {
	ex      *model.Execution
	src     *source
	maps    map[*place]bool // where elements of maps are read
	legs    []leg
	cur     int          // who goes on
	stopped map[int]halt // where each stopped last
}

// halt is a stop, and the event at which it was reached.
type halt struct {
	stop
	event int
}

// legsOf takes a run apart. Main goes on first, from its beginning.
func legsOf(ex *model.Execution, src *source) []leg {
	w := way{ex: ex, src: src, maps: mapsOf(ex, src), stopped: map[int]halt{}}
	met := -1 // a receive that was made with its send
	for i := range ex.Events {
		switch {
		case !w.counts(i) || i == met || w.ended(ex.Events[i].G):
		case w.meets(i):
			met = ex.Events[i].Link
			w.meet(i, met)
		default:
			w.goOn(ex.Events[i].G, i)
		}
	}
	return w.end()
}

// counts says whether the order of an event matters to others: a lock's unlock does,
// that somebody wants the lock does not.
func (w *way) counts(i int) bool {
	ex, e := w.ex, &w.ex.Events[i]
	switch e.Op {
	case event.Load, event.Store:
		return w.accesses(e)
	case event.Send, event.Recv:
		return e.Flags&event.FlagSelect == 0 || e.Partner >= 0
	case event.End:
		return e.G == 0
	case event.WGAdd:
		return !startsOne(e)
	case event.Once:
		return !did(ex, i)
	}
	return does[e.Op]
}

// accesses says whether an access to memory matters to others: that of a variable that
// nobody else touches does only if it may hold a lock. Of a map and its element, which
// are read at one place, the element does.
func (w *way) accesses(e *model.Event) bool {
	if e.Op == event.Load && !e.OfMap() && e.Site != nil && w.maps[w.src.lookup(e.Site)] {
		return false
	}
	return e.Object < 0 || w.ex.Objects[e.Object].Shared || len(e.Parts) > 0 || e.Site == nil || e.Site.Kind == event.KindNone
}

// mapsOf are the places where elements of maps are read.
func mapsOf(ex *model.Execution, src *source) map[*place]bool {
	all := map[*place]bool{}
	for i := range ex.Events {
		if e := &ex.Events[i]; e.OfMap() && e.Op == event.Load && src.lookup(e.Site) != nil {
			all[src.lookup(e.Site)] = true
		}
	}
	return all
}

// startsOne says whether an event is part of a group's Go: it adds to the group as it
// starts a goroutine, which is done with the group as it ends.
func startsOne(e *model.Event) bool { return e.Site != nil && e.Site.Op == event.Go }

// does are the operations that count whatever they are about.
var does = map[event.Op]bool{
	event.Go: true, event.Exit: true, event.Panic: true, event.Print: true,
	event.Lock: true, event.TryLock: true, event.Unlock: true, event.RLock: true, event.TryRLock: true, event.RUnlock: true,
	event.WGDone: true, event.Wait: true, event.Close: true, event.Select: true, event.Signal: true, event.Broadcast: true, event.OnceDo: true,
	event.CondWant: true, event.CondWait: true, event.Woke: true, event.Timer: true, event.StopTimer: true,
	event.AtomicLoad: true, event.AtomicStore: true, event.AtomicAdd: true, event.AtomicSwap: true, event.AtomicCAS: true, event.AtomicPut: true,
	event.FileOpen: true, event.FileRead: true, event.FileWrite: true, event.FileClose: true, event.FileSeek: true, event.FileTruncate: true,
	event.FileRename: true, event.FileRemove: true, event.FileLook: true,
}

// did says whether it is this goroutine that did what is done once.
func did(ex *model.Execution, i int) bool {
	e := &ex.Events[i]
	for j := range i {
		if f := &ex.Events[j]; f.Op == event.OnceDo && f.G == e.G && f.Object == e.Object {
			return true
		}
	}
	return false
}

// ended says whether a goroutine has gone to its end.
func (w *way) ended(g int) bool {
	s, stopped := w.stopped[g]
	return stopped && s.stop == stop{} && g != w.cur
}

// meets says whether event i is a send over a channel without a buffer: its receive is
// the same step.
func (w *way) meets(i int) bool {
	e := &w.ex.Events[i]
	if e.Op != event.Send || e.Object < 0 || !w.ex.Objects[e.Object].Bare || e.Link <= i {
		return false
	}
	recv := &w.ex.Events[e.Link]
	return recv.Op == event.Recv && recv.G != e.G
}

// meet lets one of two that meet wait in its operation, and then the other one come.
func (w *way) meet(send, recv int) {
	first, second := send, recv
	if w.cur == w.ex.Events[recv].G {
		first, second = recv, send
	}
	w.goOn(w.ex.Events[first].G, first)
	w.close(stop{w.src.place(w.ex.Events[first].Site), within}, first)
	w.cur = w.ex.Events[second].G
}

// goOn has g do event i: if that is another goroutine than before, that one stops in
// front of what it does next.
func (w *way) goOn(g, i int) {
	if g != w.cur {
		w.close(w.next(w.cur, i))
		w.cur = g
	}
}

// close ends the leg under way at a stop that is reached at event i.
func (w *way) close(s stop, i int) {
	w.legs = append(w.legs, leg{w.cur, s, w.passes(s, i)})
	w.stopped[w.cur] = halt{s, i}
}

// next is where g stops if others go on at event i, and at which event.
func (w *way) next(g, i int) (stop, int) {
	last := -1
	for j := range w.ex.Events {
		switch e := &w.ex.Events[j]; {
		case e.G != g:
		case j >= i && e.Op == event.WGDone && startsOne(e):
			return stop{}, j
		case j >= i && e.Op == event.Panic:
			return w.left(g, last)
		case j >= i && w.counts(j):
			return stop{w.src.place(e.Site), side(e.Op)}, j
		default:
			last = j
		}
	}
	return w.left(g, last)
}

// side is on which side of an operation one stops whose event comes next.
func side(op event.Op) where {
	if op == event.Woke || op == event.CondWait {
		return within
	}
	return before
}

// left is where g stops whose last event is that of index last, and counts no more. What
// it would have done next is known only if it waits for that.
func (w *way) left(g, last int) (stop, int) {
	if last < 0 {
		return stop{}, last
	}
	e := &w.ex.Events[last]
	switch row := &event.Table[e.Op]; {
	case row.Wait != event.None:
		return stop{w.src.place(e.Site), side(row.Wait)}, last
	case e.Op == event.End || e.Op == event.WGDone && startsOne(e) || w.ex.Goroutines[g].End == model.Returned:
		return stop{}, last
	}
	for ; last >= 0 && !(w.ex.Events[last].G == g && w.counts(last)); last-- {
	}
	if last < 0 {
		return stop{}, last
	}
	return stop{w.src.place(w.ex.Events[last].Site), after}, last
}

// passes is how often the goroutine of the leg under way comes to a stop until it is at
// event i: all that it did since it stopped last.
func (w *way) passes(s stop, i int) (n int) {
	halt, stopped := w.stopped[w.cur]
	from := halt.event
	if stopped && (halt.at != before || halt.stop == s) {
		from++
	}
	for j := max(from, 0); j <= i && s.place != nil; j++ {
		e := &w.ex.Events[j]
		if e.G == w.cur && e.Site != nil && w.src.lookup(e.Site) == s.place && w.reaches(j, j == i) && w.alike(e, &w.ex.Events[i]) {
			n++
		}
	}
	return max(n, 1)
}

// alike says whether two events at one place are of the same site. Reads may be of
// several: of a map, and of its element.
func (w *way) alike(e, f *model.Event) bool {
	return e.Op != event.Load || f.Op != event.Load || e.Site == f.Site
}

// reaches says whether an event is the one by which an operation is reached, of the
// several that it may have. One that is only wanted is reached in the last event.
func (w *way) reaches(i int, last bool) bool {
	e := &w.ex.Events[i]
	switch e.Op {
	case event.Sleep, event.CondWant, event.SelectWant:
		return true
	case event.Select:
		return !w.wanted(i)
	case event.Woke, event.CondWait, event.Start:
		return false
	case event.Load:
		return !w.alongside(i)
	case event.Send, event.Recv:
		return e.Flags&event.FlagSelect == 0
	case event.End:
		return last
	case event.Once:
		return !did(w.ex, i)
	}
	return (e.Site.Op != event.Go || e.Op == event.Go) && (event.Table[e.Op].Wait == event.None || last)
}

// alongside says whether a read is of another part of what is printed, a slice's next
// element: the call that prints it is reached once.
func (w *way) alongside(i int) bool {
	e := &w.ex.Events[i]
	p := w.src.lookup(e.Site)
	if p == nil || len(p.path) < 2 {
		return false
	}
	if _, argument := p.path[1].(*ast.CallExpr); !argument {
		return false
	}
	for i--; i >= 0; i-- {
		if f := &w.ex.Events[i]; f.G == e.G {
			return f.Op == event.Load && f.Site != nil && w.src.lookup(f.Site) == p
		}
	}
	return false
}

// wanted says whether a select had to wait before it was decided.
func (w *way) wanted(i int) bool {
	g := w.ex.Events[i].G
	for i--; i >= 0; i-- {
		if e := &w.ex.Events[i]; e.G == g && e.Op != event.Case {
			return e.Op == event.SelectWant
		}
	}
	return false
}

// end ends the way: the one who goes on last ends the program, or waits for good as all
// others do.
func (w *way) end() []leg {
	over := len(w.ex.Events)
	switch {
	case w.ex.Status == model.Deadlock:
		w.close(w.next(w.cur, over))
		return w.legs
	case w.ex.Status == model.Waiting && w.cur != 0: // at the last prompt: main returns behind it
		w.close(w.next(w.cur, over))
		w.cur = 0
	}
	w.close(stop{}, over-1)
	return w.legs
}
