package library

import (
	"strings"

	"threading101/kernel/instrument/rewrite/draft"
)

// The functions of math/rand and math/rand/v2 that draw from the program's own
// source: a controlled run has one of its own, so that it can be run again.
// What has a seed of the program's is the same in each run anyway. rand.Seed
// does nothing since Go 1.24.
var randFunctions = randRows()

func randRows() map[string]Function {
	rows := map[string]Function{}
	for _, name := range strings.Fields("ExpFloat64 Float32 Float64 Int Int31 Int31n Int63 Int63n Intn NormFloat64 Perm Read Shuffle Uint32 Uint64") {
		rows["math/rand."+name] = Function{Fn: name, from: draft.PathRand, Bare: true}
	}
	for _, name := range strings.Fields("ExpFloat64 Float32 Float64 Int Int32 Int32N Int64 Int64N IntN N NormFloat64 Perm Shuffle Uint Uint32 Uint32N Uint64 Uint64N UintN") {
		rows["math/rand/v2."+name] = Function{Fn: name, from: draft.PathRand2, Bare: true}
	}
	return rows
}
