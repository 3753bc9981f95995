package property

import (
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// deadlockFree: never do all goroutines wait for each other.
var deadlockFree = kind{
	name:    "deadlock-free",
	example: "deadlock-free",
	means:   words.DeadlockFree,
	violated: func(_ Property, o *model.Outcome) bool {
		return o.Status == model.Deadlock
	},
	byEnd: true,
}
