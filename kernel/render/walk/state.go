package walk

// State is what a goroutine is doing between a step and the next.
type State uint8

const (
	Absent State = iota
	Ready
	Running
	Waiting
	Sleeping
	Computing // running, and no operation shows it
	Gone
)
