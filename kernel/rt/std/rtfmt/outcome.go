package rtfmt

import (
	"fmt"

	"threading101/kernel/rt"
)

// Outcome notes what values are when main ends, each as fmt.Sprint writes it. No
// variable that they look at moves to the heap because of that.
func Outcome(values ...func() any) {
	rt.Outcome(len(values), func(i int) string { return fmt.Sprint(values[i]()) })
}
