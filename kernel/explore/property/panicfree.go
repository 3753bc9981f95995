package property

import (
	"threading101/kernel/exploration"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// panicFree: the program is never ended by a panic or a fatal error.
var panicFree = kind{
	name:  "panic-free",
	means: words.PanicFree,
	violated: func(_ Property, o *exploration.Outcome) bool {
		return o.Status == trace.Panicked
	},
}
