package control

import (
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

// Pending is an announced operation.
type Pending struct {
	Op        event.Op
	Site      uint32
	Object    *Object
	can       func(unsafe.Pointer) bool // of the object, for all who announced this: see group
	Wait      func() bool               // for this one; nil: always
	Comm      *Comm                     // of a channel
	Select    *Selection                // of a select
	About     *Object                   // what it is about, where it never waits: for a search
	Uses      func() []Use              // of an operation on files: what it touches, as things are now
	Ord       uint32                    // the same, of anything
	at        unsafe.Pointer            // where that lies, where choices are kept
	Lock      *Object                   // of a condition
	wanted    record.Value              // goes with the want
	state     pendingState
	Listed    bool  // it is in the lists of what it is about
	Noted     bool  // its want is recorded
	Wakes     bool  // it is woken by a condition
	Unnoticed bool  // of a statement: it is nobody else's affair when it is done
	Adds      int32 // to a group; what is taken away is below 0
	until     int64 // what it waits for, of one that sleeps
	Among     int   // alternatives that are all its own; 0: there is one
}

type pendingState uint8

// apart has who announced p be asked by itself, and not with all who announced
// the same: unlike them it is put aside.
func (p *Pending) apart() {
	if can := p.can; can != nil {
		ptr := p.Object.Ptr
		p.can, p.Wait = nil, func() bool { return can(ptr) }
	}
}

// Thing is the object that an operation is about, nil if there is none.
func (p *Pending) Thing() *Object {
	if p.Object != nil {
		return p.Object
	}
	return p.About
}

const (
	notPending pendingState = iota
	waiting                 // cannot be done now; its want is recorded
	able
	served // done by its partner
)
