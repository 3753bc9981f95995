package event

// Gap is a place of a program at which goroutines may meet without the recorder
// knowing: an access or an operation that is left as it is.
type Gap struct {
	File string // as in [Site]
	Line int
	Col  int
	What string // "the write of a.balance", "go statement"
}
