package explore

import (
	"time"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// Line says on one line what was found so far, so long after the search began.
func (p Progress) Line(elapsed time.Duration) string {
	level := words.ExploreSample
	switch p.Level {
	case model.Exhaustive:
		level = words.ExploreAll
	case model.Bounded:
		level = words.ExploreBounded(p.Preemptions)
	}
	return words.ExploreProgress(level, p.Runs, p.Found, elapsed, p.Budget)
}
