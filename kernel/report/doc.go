// Package report turns failures into what Jupyter shows: a name, a value and a
// traceback. There is one report for each failure, with the cell and the line,
// Go's own words unchanged, and a hint where we know a true one.
//
// A [Report] holds the same lines plain and coloured. Its functions take what
// the other parts found out: the compiler's output and the [cell.Map] of the
// main.go it speaks of, the [run.Result] of a program, an error of a word in a
// cell, what GoNB itself answered.
package report
