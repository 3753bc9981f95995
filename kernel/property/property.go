package property

// Property is one thing that is to hold in all runs.
type Property struct {
	Name string
	Args string // as typed, "" if none
}
