package speed

import (
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"golang.org/x/exp/trace"
)

// The program marks where main begins and ends, in its own log of the trace.
const (
	MarkCategory = "threading101"
	MarkBegin    = "begin"
	MarkEnd      = "end"
)

// Errors of Read: the trace does not reach the end of main, or has too many events.
var (
	ErrHalf = errors.New("unfinished trace")
	ErrLong = errors.New("oversized trace")
)

// mostEvents is how many events of a trace are read: about a second's work.
const mostEvents = 1_000_000

// Read reads what Go's execution tracer wrote of a program with so many processors.
// started tells by "main.go:12" what was behind go on that line. Goroutines of Go's own
// runtime are left out. The error is ErrHalf, ErrLong, or the trace's.
func Read(r io.Reader, procs int, started map[string]string) (*Timeline, error) {
	in, err := trace.NewReader(r)
	if err != nil {
		return nil, err
	}
	t := tracks{of: map[trace.GoID]*track{}, started: started}
	for n := 0; !t.over; n++ {
		e, err := in.ReadEvent()
		switch {
		case errors.Is(err, io.EOF):
			return nil, ErrHalf
		case err != nil:
			return nil, err
		case n == mostEvents:
			return nil, ErrLong
		}
		t.take(e)
	}
	return t.timeline(procs), nil
}

// tracks are the goroutines of a trace while it is read.
type tracks struct {
	of         map[trace.GoID]*track
	order      []*track
	started    map[string]string
	main       trace.GoID // who marked the beginning of main
	begin, end trace.Time
	begun      bool
	over       bool
}

// track is one goroutine.
type track struct {
	id    trace.GoID
	name  string // "" until it is known, hidden if it is the runtime's
	from  trace.Time
	state State // "": not there
	proc  int
	spans []passed
}

// passed is a span in the trace's own time.
type passed struct {
	from, to trace.Time
	state    State
	proc     int
}

// hidden is the name of who has no lane.
const hidden = "-"

func (t *tracks) take(e trace.Event) {
	switch e.Kind() {
	case trace.EventLog:
		t.mark(e)
	case trace.EventStateTransition:
		if s := e.StateTransition(); s.Resource.Kind == trace.ResourceGoroutine {
			t.change(e, s)
		}
	}
}

func (t *tracks) mark(e trace.Event) {
	log := e.Log()
	switch {
	case log.Category != MarkCategory:
	case log.Message == MarkBegin:
		t.main, t.begin, t.begun = e.Goroutine(), e.Time(), true
		t.track(t.main).name = "main"
	case log.Message == MarkEnd && t.begun:
		t.end, t.over = e.Time(), true
	}
}

func (t *tracks) track(id trace.GoID) *track {
	g := t.of[id]
	if g == nil {
		g = &track{id: id}
		t.of[id] = g
		t.order = append(t.order, g)
	}
	return g
}

// change notes that a goroutine does something else from now on.
func (t *tracks) change(e trace.Event, s trace.StateTransition) {
	from, to := s.Goroutine()
	g := t.track(s.Resource.Goroutine())
	if g.name == "" {
		g.name = t.nameOf(from == trace.GoNotExist, e, s)
	}
	g.close(e.Time())
	g.state, g.from, g.proc = stateOf(to), e.Time(), -1
	if g.state == Running {
		g.proc = int(e.Proc())
	}
}

// close ends the goroutine's span.
func (g *track) close(at trace.Time) {
	if g.state != "" && at > g.from {
		g.spans = append(g.spans, passed{g.from, at, g.state, g.proc})
	}
}

func stateOf(s trace.GoState) State {
	switch s {
	case trace.GoRunning:
		return Running
	case trace.GoRunnable:
		return Ready
	case trace.GoWaiting, trace.GoSyscall:
		return Waiting
	}
	return ""
}

// nameOf is what a goroutine is called: by the line that started it, else by the
// outermost function of its stack.
func (t *tracks) nameOf(created bool, e trace.Event, s trace.StateTransition) string {
	outermost := ""
	for f := range s.Stack.Frames() {
		outermost = f.Func
	}
	if strings.HasPrefix(outermost, "runtime.") || strings.HasPrefix(outermost, "runtime/") {
		return hidden
	}
	if created {
		for f := range e.Stack().Frames() {
			if name := t.started[path.Base(f.File)+":"+strconv.FormatUint(f.Line, 10)]; name != "" {
				return name
			}
		}
	}
	return plainName(outermost)
}

// plainName is "Worker.Run" of "main.(*Worker).Run".
func plainName(function string) string {
	function = function[strings.LastIndexByte(function, '/')+1:]
	return strings.NewReplacer("(*", "", ")", "").Replace(strings.TrimPrefix(function, "main."))
}

// timeline is what is known when the trace is read.
func (t *tracks) timeline(procs int) *Timeline {
	line := &Timeline{Procs: procs, Length: t.end.Sub(t.begin)}
	for _, g := range t.order {
		g.close(t.end)
		if l, ok := t.lane(g); ok {
			line.Lanes = append(line.Lanes, l)
			if g.id == t.main {
				last := len(line.Lanes) - 1
				copy(line.Lanes[1:], line.Lanes[:last])
				line.Lanes[0] = l
			}
		}
	}
	number(line.Lanes)
	line.limit()
	return line
}

// lane cuts a goroutine's spans to the time of main; false if nothing is left, or it is
// not to be shown.
func (t *tracks) lane(g *track) (l Lane, ok bool) {
	if g.name == "" || g.name == hidden {
		return l, false
	}
	l.Name = g.name
	for _, p := range g.spans {
		from, to := max(p.from, t.begin), min(p.to, t.end)
		if from >= to {
			continue
		}
		s := Span{from.Sub(t.begin), to.Sub(t.begin), p.state, p.proc}
		if s.State == Running {
			l.Ran += s.To - s.From
		}
		l.Spans = append(l.Spans, s)
	}
	if len(l.Spans) == 0 {
		return l, false
	}
	l.Begin, l.End = l.Spans[0].From, l.Spans[len(l.Spans)-1].To
	return l, true
}

// number tells goroutines with the same name apart.
func number(lanes []Lane) {
	of, nth := map[string]int{}, map[string]int{}
	for i := range lanes {
		of[lanes[i].Name]++
	}
	for i := range lanes {
		if name := lanes[i].Name; of[name] > 1 {
			nth[name]++
			lanes[i].Name = name + " " + strconv.Itoa(nth[name])
		}
	}
}
