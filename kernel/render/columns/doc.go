// Package columns draws a run as a table with a column for each goroutine and a row
// for each step, in the manner of Lincheck: first the steps that matter for what the
// run shows, then all of them. It appears below the picture of a run that violates
// a property.
//
// The layout is in columns.go and table.go (which steps, what is folded) and matter.go
// (which steps matter); text.go and html.go write it down.
package columns
