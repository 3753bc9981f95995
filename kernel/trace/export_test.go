package trace

import "threading101/kernel/model"

const (
	MaxRacers   = maxRacers
	MaxReports  = maxReports
	MaxProblems = maxProblems
)

var RacesOf = races

// FindReported finds the events of the races that are reported in a run.
func FindReported(x *model.Execution) { (&builder{x: x}).findRaces() }

// Bounds are the indices in a run that lead nowhere.
func Bounds(x *model.Execution) []error {
	v := &validator{x: x}
	v.goroutines()
	v.events()
	return v.problems
}
