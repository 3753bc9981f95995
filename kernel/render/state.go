package render

// state is what a goroutine is doing between a step and the next.
type state uint8

const (
	absent state = iota
	ready
	running
	waiting
	sleeping
	computing // running, and no operation shows it
	gone
)
