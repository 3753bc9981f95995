// Package objects rewrites the uses of objects of the standard library that have no
// lock: buffers, builders, readers, scanners, encoders, archives, lists, big
// numbers, sources of random numbers, hashes. To goroutines each is one variable,
// which a method reads or writes as a whole. Which types these are, and which of
// their methods only look, is a table in package rt/unguarded, which a test compares
// with the library's source.
//
//	method.go    their methods
//	argument.go  objects that are given to a function of the library
//	elements.go  slices and maps that are given to a function of the library
//	leads.go     what such an argument leads to, and who reads it
//	digest.go    checksums, which are known by an interface only
//	receiver.go  methods of slices, and of structs with fields; functions as values
//	header.go    types of the library that are maps
//	writes.go    writing to an interface, or reading from one
//	call.go      calls that stay as they are, and their arguments
//
// An access is noted when the method is called, not when its receiver is evaluated:
// an argument may wait for another goroutine, and defer buf.Reset() writes when the
// function returns. Objects that are given to another part of the library are
// wrapped, so that each Write to a buffer behind a bufio.Writer is noted when it
// comes, and none before; what an interface holds is looked up when the program
// runs. bufio.NewWriter and its like get a bufio.Writer as it is: they take it in
// place of one of their own. So do packages that hold a lock while they write (log,
// log/slog, encoding/gob). What slices.Sort and its like do to elements is noted
// once all arguments are evaluated.
//
// A step of the library is one step here and not in Go. The sites of such accesses
// are marked ([event.Site].Inside), and a search that found a race at one is not
// called complete.
package objects
