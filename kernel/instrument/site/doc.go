// Package site makes the table of sites of a file, and its notes. A site is a place
// in the source that a rewritten program refers to by number when it records what
// happens there: the operation, line and column, the function, the object, the kind
// of value, and a hint for a goroutine's name. A [Note] is a construct that was left
// as it is, and why.
package site
