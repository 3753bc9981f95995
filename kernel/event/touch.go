package event

// Touch is a way of touching an object, as it matters to whoever comes before or
// after: two steps whose touches do not conflict may change places.
type Touch uint8

// The touches. An object is touched by those of one group only.
const (
	TouchNone Touch = iota

	// A variable, an atomic, a condition, what is printed to.
	TouchRead
	TouchWrite
	TouchBump // adds to it, and does not look

	// A mutex. A Try that fails is not an Acquire.
	TouchAcquire
	TouchRelease
	TouchTry

	// A lock of readers and writers. Ask says that a writer wants it, and has it if
	// it is free; otherwise it waits, readers that come wait behind it, and it Takes
	// the lock in a step of its own.
	TouchAsk
	TouchTake
	TouchShare
	TouchUnshare
	TouchGiveUp
	TouchAttempt

	// A wait group. AddFirst adds to nothing: who waits must wait from then on.
	// DoneLast leaves nothing. Where somebody may be done before as much was added,
	// who adds is a Supply as well, and who is done a Demand.
	TouchAddFirst
	TouchAdd
	TouchDone
	TouchDoneLast
	TouchSupply
	TouchDemand
	TouchWait

	// A channel. Meet is both sides of an unbuffered one; Drained receives from one
	// that is closed and empty; Peek looks whether something could be done. Offers
	// and Awaits look too, at one without a buffer, where they would send or receive:
	// the two might have met. Revoke stops the timer whose channel it is, or sets it
	// again.
	TouchSend
	TouchRecv
	TouchDrained
	TouchMeet
	TouchClose
	TouchPeek
	TouchOffers
	TouchAwaits
	TouchRevoke

	// Nothing, but that it was done: who sees everything sees that.
	TouchPass

	// Everything: it ends the program, or nobody knows what it does.
	TouchGlobal

	NumTouches
)

// Conflict says whether it matters in which order two steps touch an object.
func Conflict(a, b Touch) bool { return conflicts[a][b] }

// Enables says whether the second of two touches of an object may have waited for
// the first: the other way round it could not have been made.
func Enables(first, second Touch) bool {
	return second == TouchShare && first == TouchGiveUp || second == TouchTake && (first == TouchGiveUp || first == TouchUnshare)
}

// conflicting are the pairs that conflict, each once; what is Global conflicts
// with all.
var conflicting = [...][2]Touch{
	{TouchRead, TouchWrite}, {TouchWrite, TouchWrite}, {TouchBump, TouchRead}, {TouchBump, TouchWrite},

	{TouchAcquire, TouchAcquire}, {TouchAcquire, TouchRelease}, {TouchAcquire, TouchRead},
	{TouchTry, TouchAcquire}, {TouchTry, TouchRelease}, {TouchRelease, TouchRelease},

	{TouchAsk, TouchAsk}, {TouchAsk, TouchTake}, {TouchAsk, TouchShare}, {TouchAsk, TouchUnshare}, {TouchAsk, TouchGiveUp},
	{TouchTake, TouchTake}, {TouchTake, TouchShare}, {TouchTake, TouchUnshare}, {TouchTake, TouchGiveUp}, {TouchShare, TouchGiveUp},
	{TouchAttempt, TouchAsk}, {TouchAttempt, TouchTake}, {TouchAttempt, TouchShare}, {TouchAttempt, TouchUnshare},
	{TouchAttempt, TouchGiveUp}, {TouchAttempt, TouchAttempt},

	{TouchAddFirst, TouchWait}, {TouchAdd, TouchWait}, {TouchDone, TouchWait}, {TouchDoneLast, TouchWait},
	{TouchSupply, TouchDemand},

	{TouchSend, TouchSend}, {TouchRecv, TouchRecv}, {TouchRecv, TouchDrained},
	{TouchMeet, TouchDrained}, {TouchMeet, TouchMeet}, {TouchMeet, TouchSend}, {TouchMeet, TouchRecv},
	{TouchClose, TouchSend}, {TouchClose, TouchMeet}, {TouchClose, TouchClose},
	{TouchPeek, TouchSend}, {TouchPeek, TouchRecv}, {TouchPeek, TouchMeet}, {TouchPeek, TouchClose},
	{TouchOffers, TouchMeet}, {TouchOffers, TouchClose}, {TouchOffers, TouchSend}, {TouchOffers, TouchRecv}, {TouchOffers, TouchAwaits},
	{TouchAwaits, TouchMeet}, {TouchAwaits, TouchClose}, {TouchAwaits, TouchSend}, {TouchAwaits, TouchRecv},
	{TouchRevoke, TouchSend}, {TouchRevoke, TouchRecv}, {TouchRevoke, TouchPeek}, {TouchRevoke, TouchRevoke},
}

var conflicts = func() (t [NumTouches][NumTouches]bool) {
	for _, pair := range conflicting {
		t[pair[0]][pair[1]], t[pair[1]][pair[0]] = true, true
	}
	for k := range t {
		t[k][TouchGlobal], t[TouchGlobal][k] = true, true
	}
	return t
}()
