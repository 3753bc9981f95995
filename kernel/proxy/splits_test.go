//go:build !race

package proxy

import "testing"

// TestSplitPrograms: random programs, split at random into cells; see splitPrograms. Among
// them are such whose last cell changes what others do, and what they print.
func TestSplitPrograms(t *testing.T) {
	const programs = 50
	all := splitPrograms(t, programs)
	t.Logf("of %d programs, %d have other steps in earlier cells because of a later one; in %d these do something else, in %d they print something else",
		programs, all.shares, all.does, all.prints)
	if all.does == 0 || all.prints == 0 {
		t.Error("no cell changes the past of another: nothing was tried")
	}
}
