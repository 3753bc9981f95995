package seek

import (
	"slices"

	"threading101/kernel/rt/control"
)

// noted is when the values of expressions were noted, in the run under way.
type noted struct {
	early   bool   // while others could go on
	changes uint64 // what had changed until then
}

// Values is told that main's values are noted. That is no step: what others change
// between there and main's end is not seen.
func (k *seeker) Values(g *control.G) {
	k.noted = noted{
		early:   slices.ContainsFunc(k.procs, func(other *control.G) bool { return other != g && other.MayGoOn() }),
		changes: k.c.Changes,
	}
}

// Returns is told that main returns. Where nobody can change anything before, nobody does
// in this run, in which they go as far as they come before main's end; or in another one.
func (k *seeker) Returns(*control.G) {
	if k.noted.early && k.c.Changes != k.noted.changes {
		k.search.UnseenValues()
	}
}
