package rtfmt_test

import (
	"testing"

	"threading101/kernel/rt/std/rtfmt"
)

// To look at a variable moves it nowhere: the program stays what it was.
func TestOutcomeLeavesVariablesOnTheStack(t *testing.T) {
	allocs := testing.AllocsPerRun(100, func() {
		var big [40]int
		total := 0
		for i := range big {
			big[i] = i
			total += i
		}
		rtfmt.Outcome(func() interface{} { return total }, func() interface{} { return big[3] }, func() interface{} { return len(&big) })
		total++
	})
	if allocs != 0 {
		t.Errorf("%v variables moved to the heap", allocs)
	}
}
