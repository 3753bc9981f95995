package property

import (
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// leakFree: when main ends, no goroutine waits for something that will never
// come.
var leakFree = kind{
	name:    "leak-free",
	example: "leak-free",
	means:   words.LeakFree,
	violated: func(_ Property, o *model.Outcome) bool {
		return o.Status == model.Leak
	},
	byEnd: true,
}
