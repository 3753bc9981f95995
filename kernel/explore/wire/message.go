package wire

import (
	"strconv"

	"threading101/kernel/sched"
)

// Message is what one line says.
type Message interface {
	// Append adds the line to what is in to, with its end, and allocates nothing
	// where there is room for it.
	Append(to []byte) []byte
}

// What stands between the parts of a field.
const (
	ValueSeparator = "\x1f"
	MarkSeparator  = "|"
)

// none is for no marks, no number and no switches.
const none = "-"

// The first fields.
const (
	aProgress = "progress"
	anOutcome = "outcome"
	aProbes   = "probes"
	aClass    = "class"
	aRace     = "race"
	aLevel    = "level"
	aNote     = "note"
	anEnd     = "end"
)

// Progress is how far a search is.
type Progress struct {
	Runs    int // also those made at random between those of a tree
	Classes int // that count so far: of a search that has to begin anew the earlier ones are void
	Blocked int // runs that led to nothing new
	Elapsed int // nanoseconds
	Level   Level
}

// Level is one of the searches of package sched, by name; as a message of its own,
// one that is through. K is for [sched.SearchBound]: at most so many preemptions.
type Level struct {
	Name string
	K    int
}

// Outcome is one way to end, and what was found of it. A later one with the same ID
// replaces it.
type Outcome struct {
	ID            int
	Status        string // a model.Status
	Value, Stderr string // what was printed
	Values        string // of the expressions asked for, with ValueSeparator between them
	Marks         string // with MarkSeparator between them
	Classes, Runs int
	Interleavings string // decimal digits; "" if they were not counted
	Switches      int    // in its shortest run
	Preemptions   int
	Schedule      []sched.Switch // of that run; never nil where it was read
}

// Probes is how many runs made at random, between those of a search that tries
// everything, had an outcome. They are not among its Runs.
type Probes struct {
	Outcome int // its ID
	Runs    int
}

// Class is one execution that stands for all that differ in order only.
type Class struct {
	Outcome       int    // its ID
	Interleavings string // decimal digits; "" if they were not counted
	Schedule      []sched.Switch
}

// Race is two accesses that race. A later one with the same sites and object replaces it.
type Race struct {
	A, B     uint32 // sites
	Object   string
	Schedule []sched.Switch // of a run that has it
}

// Note is something that is to be known of a search.
type Note struct {
	Kind Kind
	Site uint32 // 0 if it is of no place
	Text string
}

// End is the last message.
type End struct{ Why Reason }

// Append implements [Message].
func (p Progress) Append(to []byte) []byte {
	to = append(to, aProgress...)
	to = number(number(number(number(to, p.Runs), p.Classes), p.Blocked), p.Elapsed)
	return end(p.Level.fields(to))
}

// Append implements [Message].
func (l Level) Append(to []byte) []byte { return end(l.fields(append(to, aLevel...))) }

func (l Level) fields(to []byte) []byte { return number(word(to, l.Name), l.K) }

// Append implements [Message].
func (o Outcome) Append(to []byte) []byte {
	to = word(number(append(to, anOutcome...), o.ID), o.Status)
	to = quoted(quoted(quoted(to, o.Value), o.Stderr), o.Values)
	to = number(number(word(to, o.Marks), o.Classes), o.Runs)
	to = number(number(word(to, o.Interleavings), o.Switches), o.Preemptions)
	return end(schedule(to, o.Schedule))
}

// Append implements [Message].
func (p Probes) Append(to []byte) []byte {
	return end(number(number(append(to, aProbes...), p.Outcome), p.Runs))
}

// Append implements [Message].
func (c Class) Append(to []byte) []byte {
	return end(schedule(word(number(append(to, aClass...), c.Outcome), c.Interleavings), c.Schedule))
}

// Append implements [Message].
func (r Race) Append(to []byte) []byte {
	to = number(number(append(to, aRace...), int(r.A)), int(r.B))
	return end(schedule(quoted(to, r.Object), r.Schedule))
}

// Append implements [Message].
func (n Note) Append(to []byte) []byte {
	return end(quoted(number(word(append(to, aNote...), n.Kind.String()), int(n.Site)), n.Text))
}

// Append implements [Message].
func (e End) Append(to []byte) []byte { return end(word(append(to, anEnd...), e.Why.String())) }

func word(to []byte, text string) []byte {
	if text == "" {
		text = none
	}
	return append(append(to, '\t'), text...)
}

func quoted(to []byte, text string) []byte { return strconv.AppendQuote(append(to, '\t'), text) }

func number(to []byte, n int) []byte { return strconv.AppendInt(append(to, '\t'), int64(n), 10) }

func schedule(to []byte, all []sched.Switch) []byte {
	if len(all) == 0 {
		return word(to, none)
	}
	return sched.AppendSwitches(append(to, '\t'), all)
}

func end(to []byte) []byte { return append(to, '\n') }
