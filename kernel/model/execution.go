package model

import (
	"threading101/kernel/event"
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
	Waiting     Status = "waiting" // main is at its last prompt: another cell may go on from there
	Asked       Status = "asked"   // nobody has decided what is next: see Execution.Offers
)

// Mode is under which scheduler a run was made. Never shown as another.
type Mode string

// The modes.
const (
	Real         Mode = "real"
	RaceDetector Mode = "race"
	Controlled   Mode = "controlled"
)

// Pos is a place in the learner's source. Cell is 0 outside notebooks, where In is the
// declaration that it is in, if that is known: "main", "Worker.Run". A cell has another
// number each time it is executed; the declaration keeps its name.
type Pos struct {
	Cell int
	File string
	Line int
	In   string
}

// Together reports whether two places are in the same declaration, or where that is not
// known, in the same cell or file.
func (p Pos) Together(q Pos) bool { return p.Cell == q.Cell && p.File == q.File && p.In == q.In }

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
	Unseen       int // goroutines without an event that was kept
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
	Prompts      []Prompt      // between the cells that the program is made of, in their order; nil if it is of one piece
	Computed     []Computation // who computed between events, of a controlled run
	Rules        []Rule        // what was asked about those calls, by whoever started the run
	Conditions   []Condition   // what was asked to be true, by whoever started the run
	Lost         []Lost        // those that are not
	Transactions []Transaction // of databases, as far as they said, in the order in which they began
	Choices      []Choice      // what was decided, where that was asked for
	Offers       []Offer       // with Asked: what could be next
	Uncontrolled []string
	Explanation  []string
}

// Transaction is one of a database.
type Transaction struct {
	G           int            // whose
	First, Last int            // indices in Events of the statements that began and ended it; Last is -1 where the run ended before
	How         event.FactKind // how it ended
}

// Prompt is the moment at which a cell was over and main went on from the prompt
// behind it.
type Prompt struct {
	Cell   int   // its place in the program, from 1
	Event  int   // index of the first event after it
	Lasted int64 // virtual nanoseconds that main was at it
	Pos    Pos   // the end of the cell
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
