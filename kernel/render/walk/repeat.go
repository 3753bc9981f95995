package walk

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
)

// longestPeriod is how many steps one round of a repetition may have to be folded.
const longestPeriod = 16

// Repetition finds the period with which sig begins to repeat itself; of several, the
// one that covers most.
func Repetition(sig []Signature) (period, times int) {
	best := 0
	for n := 1; n <= longestPeriod && 3*n <= len(sig); n++ {
		same := 0
		for same+n < len(sig) && sig[same] == sig[same+n] {
			same++
		}
		if k := same/n + 1; k >= 3 && n*k > best {
			best, period, times = n*k, n, k
			if n*k > len(sig)-n {
				break
			}
		}
	}
	return period, times
}

// Signature is what makes two steps the same for folding: not their values.
type Signature struct {
	g, object int
	pos       model.Pos
	op        event.Op
	waited    bool
	only      int // of a step that must not be folded, its own number
}

// Signatures returns the signatures of the steps shown. Important steps are never
// folded, and neither are those that end a goroutine or start one that has a lane.
func (t *Run) Signatures(shown []int, important []bool, laneOf []int) []Signature {
	out := make([]Signature, len(shown))
	for i, s := range shown {
		step := t.Steps.List[s]
		e := &t.Execution.Events[step.Event]
		out[i] = Signature{g: e.G, object: e.Object, pos: e.Pos, op: e.Op, waited: step.Waited}
		begins := e.Op == event.Go && e.Partner >= 0 && laneOf[e.Partner] >= 0
		if important[s] || step.End >= 0 || begins {
			out[i].only = s + 1
		}
	}
	return out
}
