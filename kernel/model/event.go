package model

import "threading101/kernel/event"

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
	Rows    []RowLock   // of a statement: what was locked or freed by it, as far as the database said
	Wants   int         // of a statement that waits: 1 + the index in Objects of what it waits for, 0 if it is not known
	Sees    int         // of a statement in a transaction: 1 + the index in Events of the one that saw the data first, of those that see the same; 0 if it is not known
}

// CondLock returns the lock that a Cond's Wait gives back, or takes again, as an
// index in Objects; -1 if it is not known.
func (e *Event) CondLock() int { return e.Lock - 1 }

// Wanted returns what a statement waits for, as an index in Objects; -1 if it is not known.
func (e *Event) Wanted() int { return e.Wants - 1 }

// Seen returns whose view of the data a statement has, as an index in Events; -1 if it is
// not known.
func (e *Event) Seen() int { return e.Sees - 1 }

// RowLock says that a goroutine's transaction has a row locked from now on, or a table or
// file, or has it no longer.
type RowLock struct {
	Object, G int
	Frees     bool
}

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
