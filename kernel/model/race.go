package model

// Race is one data race: two accesses without an order between them.
type Race struct {
	Object string
	A, B   Access
}

// Access is one side of a race.
type Access struct {
	Goroutine string // the name of the lane, "" if unknown
	Write     bool
	Pos       Pos
	Event     int // index in Events, -1 if it was not recorded
}
