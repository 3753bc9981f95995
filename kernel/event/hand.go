package event

// Hands are the ways in which what one goroutine did becomes known to another: who
// gives with a hand comes before who takes with it. They are the rules of Go's
// memory model (https://go.dev/ref/mem), and of package sync.
type Hands uint16

// The hands, each of one object, but for the last two.
const (
	HandWriters Hands = 1 << iota // of a lock: what a writer did, for all who have it later
	HandReaders                   // of a lock: what a reader did, for the writers after it
	HandDone                      // of a wait group: what was done before Done, for who has waited
	HandOnce                      // what is done once, for all who find it done
	HandSignal                    // of a condition: what was done before the signal, for whom it wakes
	HandValue                     // of an atomic: what was done before it was written, for who reads it
	HandMessage                   // of a channel: what was done before the send, for who receives it
	HandRoom                      // of a channel: what was done before a receive, for who sends into the room it made
	HandClosing                   // of a channel: what was done before Close, for who finds it closed
	HandChild                     // what was done before a go statement, for the new goroutine
	HandAll                       // what all have done: whom it met is not known

	endHands
)

// First is one of several hands, Rest are the others.
func (h Hands) First() Hands { return h & -h }

// Rest: see First.
func (h Hands) Rest() Hands { return h & (h - 1) }
