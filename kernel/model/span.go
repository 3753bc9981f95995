package model

// Span is a call of a function that was watched.
type Span struct {
	N     int  // the function's index among those watched
	G     int  // index in Goroutines of who called it
	First int  // index in Events of the first that the goroutine did in the call, -1 if it did nothing there
	Last  int  // and of the last, -1 likewise
	Open  bool // the call was not over when the run ended
}

// Rule is what somebody asks about the calls of functions that are watched: that
// each call of First is over before a call of Then begins; or, where the two are
// the same function, that no two calls of it are under way at once, or where Most is
// not 0, no more than Most. First and Then are indices among the functions watched.
type Rule struct{ First, Then, Most int }

// Breach is a pair of calls that breaks a rule where everyone can see it: the call
// After has a step before the last one of the call Before. Where a rule says how many
// there may be at once, others are under way then as well.
type Breach struct {
	Rule          Rule
	Before, After *Span
	Others        []*Span // those that a number of calls is exceeded with, besides the two
	Begins        int     // index in Events of what After does in its first step
	Since, Until  int     // and of what Before does in its first and its last
}

// Begun says whether the call Before was under way when the other began: it may not
// have begun at all.
func (b *Breach) Begun() bool { return b.Since < b.Begins }
