package explore

import (
	"time"

	"threading101/kernel/exploration"
	"threading101/kernel/words"
)

// Line says on one line what was found so far, so long after the search began.
func (p Progress) Line(elapsed time.Duration) string {
	level := words.ExploreSample
	switch p.Level {
	case exploration.Exhaustive:
		level = words.ExploreAll
	case exploration.Bounded:
		level = words.ExploreBounded(p.Preemptions)
	}
	return words.ExploreProgress(level, p.Runs, p.Outcomes, elapsed, p.Budget)
}
