// Package syntax answers questions about a piece of Go that need nothing but the
// piece and its types: is this a call of a builtin function, does evaluating that
// do anything that can be noticed, which variable does it name.
//
//	calls.go      what is called, and with what
//	order.go      what evaluating an expression does, and in which order
//	variables.go  which variable an expression names
//	types.go      what a type is made of
//	functions.go  bodies of functions
//	files.go      what a file imports, and how its functions are called
package syntax
