// Package report turns failures into what a notebook shows below a cell: a name, a
// value and a traceback. There is one report for each failure, with the cell and
// the line, Go's own words unchanged, and a hint where we know a true one.
//
// Its functions take what the other parts found out: the compiler's output and the
// [cell.Map] of the main.go it is about, the [run.Result] of a program, what is
// wrong with one of our magics, what GoNB itself answered. A failure that is not
// the cell's is [Broken].
//
// To add a kind of failure, write its function in a file named after what it
// reports, its name (ename) into report.go, and its sentences into package words.
package report
