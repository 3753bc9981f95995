// Package output is the place below one cell: whatever is shown of a request goes through
// its [Output], so that front ends get it in the order in which it came. A [Board] is a
// part of it that changes, and [Bands] leave out what the cells before have shown.
//
// An Output and a Board may be used by any goroutine; see package proxy for whose they are.
package output
