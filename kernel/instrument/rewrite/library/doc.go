// Package library rewrites the library's functions and methods by which goroutines
// start, wait for each other, look at the clock, draw random numbers or print. Each
// family is a file with a map of rows, by full name; table.go puts them together.
//
//	function.go  how a function is rewritten, called or as a value
//	method.go    how a method is rewritten, called, as a value or as an expression
//	table.go     the families
//
// A few calls are more than a row: the end of the program (exit.go), the end of a
// context (cancel.go), what is printed and may change meanwhile (reads.go), the
// builtin print (builtin.go), walks over maps (maps.go), random numbers that only
// say how long somebody waits (pause.go).
package library
