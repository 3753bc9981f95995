// Package memory rewrites reads and writes of what goroutines share: variables,
// fields, elements of slices, maps.
//
//	load.go        reads of variables
//	place.go       what leads to a variable that is written, or whose address is taken
//	assign.go      assignments of one value
//	tuple.go       assignments of several values
//	update.go      x += e, x++
//	own.go         assignments by way of variables of our own
//	redeclared.go  := that writes a variable that was there before
//	ownrange.go    range clauses that set what is shared
//	returned.go    results with names
//	blind.go       writes that depend on no read
//	maps.go        elements of maps
//	rangemap.go    range over a map
//	elements.go    append, copy, clear
//	rangeslice.go  range over a slice
//	conversion.go  string(b) and its like
//	slice.go       p[i:j] for a pointer to an array
//	part.go        what a selector reads without saying so
//	held.go        what a method gets a copy of, by way of an interface
//	receiver.go    the receiver of a promoted method
//
// range and len of an array get no call added: without one they are no evaluation
// at all, and a nil pointer in them is no panic.
package memory
