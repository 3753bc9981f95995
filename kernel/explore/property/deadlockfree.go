package property

import (
	"threading101/kernel/exploration"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// deadlockFree: never do all goroutines wait for each other.
var deadlockFree = kind{
	name:  "deadlock-free",
	means: words.DeadlockFree,
	violated: func(_ Property, o *exploration.Outcome) bool {
		return o.Status == trace.Deadlock
	},
}
