package property

import (
	"threading101/kernel/exploration"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// joined: main ends only when all goroutines have ended. One that would have
// ended had there been time is no less cut off than one that waits.
var joined = kind{
	name:  "joined",
	means: words.Joined,
	violated: func(_ Property, o *exploration.Outcome) bool {
		return o.Has("unjoined") || o.Status == trace.CutOff || o.Status == trace.Leak
	},
}
