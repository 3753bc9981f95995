package rt

import (
	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// Controlled reports whether a scheduler decides the order in which maps are
// walked.
func Controlled() bool { return control.Active != nil }

// Loose says that the run met something that is not controlled.
func Loose(what event.Loose) {
	if control.Active != nil {
		control.NoteLoose(what)
	}
}

// Recording says whether anything is recorded.
//
//go:norace
func Recording() bool { return record.Ring != nil }

// Prints says whether what the program prints is noted, or else dropped: what it
// prints before main, which will be done again in each of many runs.
//
//go:norace
func Prints() bool { return record.Ring != nil || control.ToRepeat != nil }

// Quiet says whether what the program prints is dropped: it is run many times.
//
//go:norace
func Quiet() bool { return control.ToRepeat != nil || control.Active != nil && control.Active.Quiet }

// Searching says whether schedules are searched: only then Unseen is needed.
func Searching() bool {
	return control.Active != nil && control.Active.Observed && !control.Active.Dying
}
