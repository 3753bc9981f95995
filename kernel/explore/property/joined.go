package property

import (
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// joined: main ends only when all goroutines have ended. One that would have
// ended had there been time is no less cut off than one that waits.
var joined = kind{
	name:    "joined",
	example: "joined",
	means:   words.Joined,
	violated: func(_ Property, o *model.Outcome) bool {
		return o.Has("unjoined") || o.Status == model.CutOff || o.Status == model.Leak
	},
	marked: true,
	fails:  always(words.JoinedFails),
}
