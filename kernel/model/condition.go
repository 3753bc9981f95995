package model

// Condition is an expression that somebody asks to be true: whenever no lock is held,
// or when the run ends.
type Condition struct {
	Expr  string
	AtEnd bool
}

// Lost is a condition that is not true in a run: at the first moment at which it is
// not, or when the run ended.
type Lost struct {
	N      int     // index in Conditions
	Event  int     // index in Events of what was done last before; -1: nothing was
	Reads  []Named // what was read to find out, in that order
	Panics string  // what evaluating it panicked with, "" if it did not
}

// Named is a part of an expression, and its value.
type Named struct{ Name, Value string }
