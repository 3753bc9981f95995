package property

import (
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// panicFree: the program is never ended by a panic or a fatal error.
var panicFree = kind{
	name:    "panic-free",
	example: "panic-free",
	means:   words.PanicFree,
	violated: func(_ Property, o *model.Outcome) bool {
		return o.Status == model.Panicked
	},
}
