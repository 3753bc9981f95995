package search

// Access is how a step touches an object.
type Access struct {
	Object uint32 // number of first use in this run
	Kind   Kind
}

// Kind is a way of touching an object.
type Kind uint8

// The kinds. An object is touched by kinds of one group only.
const (
	None Kind = iota

	// A variable, an atomic, a condition, what is printed to.
	Read
	Write
	Bump // adds to it, and does not look

	// A mutex. A Try that fails is not an Acquire.
	Acquire
	Release
	Try

	// A lock of readers and writers. Ask says that a writer wants it, and has it if
	// it is free; otherwise it waits, readers that come wait behind it, and it Takes
	// the lock in a step of its own.
	Ask
	Take
	Share
	Unshare
	GiveUp
	Attempt

	// A wait group. AddFirst adds to nothing: who waits must wait from then on.
	// DoneLast leaves nothing.
	AddFirst
	Add
	Done
	DoneLast
	Wait

	// A channel. Meet is both sides of an unbuffered one; Drained receives from one
	// that is closed and empty; Peek looks whether something could be done. Offers
	// and Awaits look too, at one without a buffer, where they would send or receive:
	// the two might have met. Revoke stops the timer whose channel it is, or sets it
	// again.
	Send
	Recv
	Drained
	Meet
	Close
	Peek
	Offers
	Awaits
	Revoke

	// Nothing, but that it was done: who sees everything sees that.
	Pass

	// Everything: it ends the program, or nobody knows what it does.
	Global

	kinds
)

// Conflict says whether it matters in which order two steps touch an object.
func Conflict(a, b Kind) bool { return conflicts[a][b] }

var conflicts = func() (t [kinds][kinds]bool) {
	for _, pair := range [][2]Kind{
		{Read, Write}, {Write, Write}, {Bump, Read}, {Bump, Write},
		{Acquire, Acquire}, {Acquire, Release}, {Acquire, Read}, {Try, Acquire}, {Try, Release}, {Release, Release},
		{Ask, Ask}, {Ask, Take}, {Ask, Share}, {Ask, Unshare}, {Ask, GiveUp}, {Take, Take}, {Take, Share}, {Share, GiveUp},
		{Take, Unshare}, {Take, GiveUp},
		{Attempt, Ask}, {Attempt, Take}, {Attempt, Share}, {Attempt, Unshare}, {Attempt, GiveUp}, {Attempt, Attempt},
		{AddFirst, Wait}, {Add, Wait}, {Done, Wait}, {DoneLast, Wait},
		{Send, Send}, {Recv, Recv}, {Recv, Drained}, {Meet, Drained}, {Meet, Meet}, {Meet, Send}, {Meet, Recv},
		{Close, Send}, {Close, Meet}, {Close, Close}, {Peek, Send}, {Peek, Recv}, {Peek, Meet}, {Peek, Close},
		{Offers, Meet}, {Offers, Close}, {Awaits, Meet}, {Awaits, Close}, {Offers, Awaits},
		{Offers, Send}, {Awaits, Send}, {Offers, Recv}, {Awaits, Recv},
		{Revoke, Send}, {Revoke, Recv}, {Revoke, Peek}, {Revoke, Revoke},
	} {
		t[pair[0]][pair[1]], t[pair[1]][pair[0]] = true, true
	}
	for k := range t {
		t[k][Global], t[Global][k] = true, true
	}
	return t
}()

// dependent says whether one of some accesses conflicts with one of others.
func dependent(a, b []Access) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Kind == Global || y.Kind == Global || x.Object == y.Object && Conflict(x.Kind, y.Kind) {
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
