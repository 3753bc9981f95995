// Package facts is what is known of a program before anything in it is rewritten:
// which variables ever change, which of them more than one goroutine can reach,
// which loops a search may leave out. It reads the trees of all packages that are
// rewritten together, and changes nothing.
//
//	gather.go     the walk that gathers the facts, file by file
//	written.go    what is assigned to, or has its address taken
//	capture.go    local variables that function literals use
//	private.go    local pointers, slices and maps that nobody else knows
//	append.go     slices that grow in place, and those that share an array
//	kinds.go      types of slices and maps, told apart by identity
//	shared.go     which accesses several goroutines can make
//	worth.go      which accesses are worth a site
//	copied.go     locks that are copies
//	object.go     objects of the library that have no lock
//	printed.go    what package fmt reads of a value that is printed
//	condition.go  what depends on a read
//	calls.go      where the package calls functions of its own
//	pure.go       loops of which a round that finds nothing new leaves nothing behind
//	computes.go   loops of which a scheduler sees nothing
//	recursion.go  functions that may come to call themselves
//	renewable.go  whether a package's variables can be made anew
//
// # What is shared
//
// Nothing is recorded of variables in a program without goroutines. Otherwise only
// what others can reach and what changes: package variables; local variables whose
// address is taken, or which a function literal uses that may run at another time
// (started as a goroutine, stored, returned, handed to a function other than those
// of sort, slices and their like); what pointers, slices and maps lead to, unless
// they are local, were made here and are never handed on. A variable, a field or a
// kind of slice of which nothing is written after its declaration has no reads
// recorded; a struct is written where a field of it is, however deep.
//
// s = append(s, v) is a write of s, unless another variable may have the array of s, which
// is a matter of the whole program; other calls of append write elements. A function
// literal that is assigned in the statement behind var f func() is f's first value.
// Locks, wait groups and empty structs have no value to show. Fields of other
// packages' types are variables like any other where the program writes them.
//
// Whether a variable changes, and who shares it, is a matter of all packages
// together: a field that its own package only reads is recorded there if main
// writes it. So they are type-checked with each other's objects.
package facts
