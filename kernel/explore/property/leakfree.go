package property

import (
	"threading101/kernel/exploration"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// leakFree: when main ends, no goroutine waits for something that will never
// come.
var leakFree = kind{
	name:  "leak-free",
	means: words.LeakFree,
	violated: func(_ Property, o *exploration.Outcome) bool {
		return o.Status == trace.Leak
	},
}
