package model

import (
	"threading101/kernel/event"
	"threading101/kernel/judge"
)

// Status is how a run ended.
type Status string

// The ends of a run.
const (
	OK          Status = "ok"
	Panicked    Status = "panic"
	Deadlock    Status = "deadlock"
	Leak        Status = "leak"    // main returned while others were blocked for good
	CutOff      Status = "cut-off" // main returned while others still had work to do
	Exited      Status = "exit"    // os.Exit, log.Fatal with a status other than 0
	Limit       Status = "limit"   // stopped by a limit or by the learner
	Interrupted Status = "interrupted"
)

// Mode is under which scheduler a run was made. Never shown as another.
type Mode string

// The modes.
const (
	Real         Mode = "real"
	RaceDetector Mode = "race"
	Controlled   Mode = "controlled"
)

// Pos is a place in the learner's source. Cell is 0 outside notebooks.
type Pos struct {
	Cell int
	File string
	Line int
}

// Execution is one run, read and put in order: what everything that draws,
// compares or explains works from. Goroutines[0] is main.
type Execution struct {
	Mode         Mode
	Seed         uint64
	Token        string
	Clock        string // "wall" for real runs
	Status       Status
	Reason       string // what ended it, in one line: the panic's value, the fatal error, the limit's name; "" if it ended by itself
	ExitCode     int
	Fatal        bool // what ended it was a fatal error: no panic, nothing can recover it
	Procs        int  // GOMAXPROCS
	Goroutines   []Goroutine
	Unseen       int // goroutines of which no event was kept
	Objects      []Object
	Events       []Event
	Dropped      uint64 // events that were counted but not kept
	Skipped      uint64 // accesses to memory that were counted at least, past the bound for each place, but never recorded
	DroppedAt    int    // index in Events before which the dropped ones lie
	Races        []Race
	RacesPartial bool // of a controlled run: not all accesses were compared when its races were looked for
	Stopped      Stopped
	Stdout       string
	Values       []string      // values that were asked for, as main ended, each at most event.MaxText bytes; nil if it did not, or none were
	Spans        []Span        // calls of functions that were watched, in the order in which they began
	Computed     []Computation // who computed between events, of a controlled run
	Rules        []Rule        // what was asked about those calls, by whoever started the run
	Uncontrolled []string
	Explanation  []string
}

// Computation says that a goroutine computed something that takes no operation, or began to,
// just before an event.
type Computation struct{ G, Before int }

// Stopped is why and where the scheduler of a controlled run ended it.
type Stopped struct {
	Why event.Stop
	G   int // index in Goroutines of whose step it was, -1 if that is not known
	Pos Pos
}

// Ending is how a goroutine ended.
type Ending string

// The endings.
const (
	Returned   Ending = "returned"
	WasCutOff  Ending = "cut-off"  // main ended first
	WasBlocked Ending = "blocked"  // waited for something at the end of the run
	DidPanic   Ending = "panicked" //
	DidExit    Ending = "exited"   // called os.Exit or runtime.Goexit
)

// Goroutine is one lane.
type Goroutine struct {
	ID        string // spawn path: "main", "main.1", "main.1.2"
	Name      string // "A", "worker 3", "Worker.Run"; never empty
	Creator   int    // index in Goroutines, -1 for main and for unknown creators
	Pos       Pos    // the go statement
	End       Ending
	Left      judge.Standing // how it stood when main returned, Unknown if it had ended; of a real run as far as is known
	BlockedOn int            // index in Objects when End is WasBlocked and it is known, else -1
	BlockedAt Pos            // where, when End is WasBlocked or WasCutOff: its last known place
}

// Object is something goroutines share: a lock, a channel, a wait group, a variable.
type Object struct {
	Class  event.Class
	Name   string // as in the source: "mu", "counter"; made unique within a run: "fork", "fork·2"
	Shared bool   // more than one goroutine touched it
	Timer  bool   // a channel that a timer sends to
	Bare   bool   // a channel of which it is known that it has no buffer
	Addr   uint64 // where it lay in the program's memory

	// Partial: the recorded operations do not fit together, so code that is not
	// recorded (a library's) acts on it too.
	Partial bool
}

// Nil is the Value of a pointer that leads nowhere.
const Nil = "nil"

// Event is one thing that a goroutine did.
type Event struct {
	Step    int // 1-based, in the order recorded; gaps where events were dropped
	G       int // index in Goroutines
	Op      event.Op
	Flags   uint8
	Object  int // index in Objects, -1 if none
	Pos     Pos
	T       int64       // nanoseconds since the start
	Partner int         // the other goroutine: created, joined, sender/receiver, holder waited for; -1 if none or the same
	Link    int         // index in Events of the matching event, -1 if none; see package trace
	Value   string      // text of the value, the print or the name
	Element int         // of a Load or Store of a map: the number of the element, from 1; 0 if it is not known
	Behind  bool        // of a want to read: Partner has not got the lock, but waits to write and comes first
	Stale   bool        // a store that overwrote another's store made after this goroutine's load
	Site    *event.Site // what the instrumenter says of where it was recorded; nil if that is not known
	Cases   []Case      // of a SelectWant with which the run ended, in a controlled run: what it would do, nil if not known
	Parts   []int       // of an access: other variables that it touches, a struct's fields; indices in Objects
	Lock    int         // of a Cond's Wait: 1 + the index of its lock in Objects, 0 if it is not known
}

// Race is one data race: two accesses without an order between them.
type Race struct {
	Object string
	A, B   Access
}

// Access is one side of a race.
type Access struct {
	Goroutine string // the name of the lane, "" if unknown
	Write     bool
	Pos       Pos
	Event     int // index in Events, -1 if it was not recorded
}

// Case is what a goroutine that waits in a select would do.
type Case struct {
	Object  int // index in Objects of the channel, -1 for one that is nil
	Send    bool
	Outside bool // a library may do the other side, or the clock
}

// Offers returns the channels that the cases of a select would receive from and send
// to, each as name says; "" for one that is nil.
func (e *Event) Offers(name func(object int) string) (receives, sends []string) {
	for _, c := range e.Cases {
		n := ""
		if c.Object >= 0 {
			n = name(c.Object)
		}
		if c.Send {
			sends = append(sends, n)
		} else {
			receives = append(receives, n)
		}
	}
	return receives, sends
}

// ObjectName returns the name of the object of that index, "" if there is none.
func (ex *Execution) ObjectName(i int) string {
	if i < 0 || i >= len(ex.Objects) {
		return ""
	}
	return ex.Objects[i].Name
}

// Ended returns the names of the goroutines that ended so, in the order of the lanes.
func (x *Execution) Ended(how Ending) []string {
	var names []string
	for _, g := range x.Goroutines {
		if g.End == how {
			names = append(names, g.Name)
		}
	}
	return names
}

// CondLock returns the lock that a Cond's Wait gives back, or takes again, as an
// index in Objects; -1 if it is not known.
func (e *Event) CondLock() int { return e.Lock - 1 }

// OfMap reports whether an event is an access to a map, or an element of one.
func (e *Event) OfMap() bool {
	return (e.Op == event.Load || e.Op == event.Store) && e.Flags&event.FlagKey != 0
}

// Blind reports whether what e writes depends on nothing that was read: it is no
// update, so that none is lost by it.
func (e *Event) Blind() bool { return e.Site != nil && e.Site.Blind }

// Failed reports whether a try did not succeed.
func (e *Event) Failed() bool {
	row := &event.Table[e.Op]
	return row.Fails && (e.Flags&event.FlagFailed != 0 || row.Aux == event.AuxBool && (e.Value == "0" || e.Value == "false"))
}
