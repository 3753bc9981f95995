package property

import (
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// raceFree: of two accesses to a variable, one of them a write, it is always
// settled which is first.
var raceFree = kind{
	name:    "race-free",
	example: "race-free",
	means:   words.RaceFree,
	mixed:   true,
	violated: func(_ Property, o *model.Outcome) bool {
		return o.Has("race")
	},
	fails: always(words.RaceFreeFails),
}
