package rt

import (
	"threading101/kernel/event"
	"threading101/kernel/rt/control"
)

// What package rtmap, which walks maps, asks of the scheduler. It is a package
// of its own so that only programs that walk maps link it.

// Controlled reports whether a scheduler decides the order in which maps are
// walked.
func Controlled() bool { return control.Active != nil }

// Loose says that the run met something that is not controlled.
func Loose(what event.Loose) {
	if control.Active != nil {
		control.Active.NoteLoose(what)
	}
}
