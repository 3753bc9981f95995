package search

import "threading101/kernel/event"

// Access is how a step touches an object.
type Access struct {
	Object uint32 // number of first use in this run
	Kind   Kind
}

// Kind is a way of touching an object. Which operation touches it how, and what
// conflicts with what, is in the table of operations of package event.
type Kind = event.Touch

// The kinds, as they are called here.
const (
	Read     = event.TouchRead
	Write    = event.TouchWrite
	Bump     = event.TouchBump
	Acquire  = event.TouchAcquire
	Release  = event.TouchRelease
	Try      = event.TouchTry
	Ask      = event.TouchAsk
	Take     = event.TouchTake
	Share    = event.TouchShare
	Unshare  = event.TouchUnshare
	GiveUp   = event.TouchGiveUp
	Attempt  = event.TouchAttempt
	AddFirst = event.TouchAddFirst
	Add      = event.TouchAdd
	Done     = event.TouchDone
	DoneLast = event.TouchDoneLast
	Supply   = event.TouchSupply
	Demand   = event.TouchDemand
	Wait     = event.TouchWait
	Send     = event.TouchSend
	Recv     = event.TouchRecv
	Drained  = event.TouchDrained
	Meet     = event.TouchMeet
	Close    = event.TouchClose
	Peek     = event.TouchPeek
	Offers   = event.TouchOffers
	Awaits   = event.TouchAwaits
	Revoke   = event.TouchRevoke
	Pass     = event.TouchPass
	Global   = event.TouchGlobal
)

// dependent says whether one of some accesses conflicts with one of others.
func dependent(a, b []Access) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Kind == Global || y.Kind == Global || x.Object == y.Object && event.Conflict(x.Kind, y.Kind) {
				return true
			}
		}
	}
	return false
}

// Move is what one goroutine could do next.
type Move struct {
	Proc    int    // the goroutine's place among those of this run, from 0
	Partner int    // who takes part in it as well; -1: nobody
	Key     uint32 // which of the goroutine's alternatives it is
	Edge    bool   // it is not counted, and there is no need to try it later
	Counted bool   // it is an operation that is counted
	Sign    uint64 // by which it is known again
	first   int    // its accesses, in Choice.all
	end     int
}
