// Package speedup draws what a measurement on more and fewer processors came to: a table
// of the times, a plot of how many times as fast, and when which goroutine ran, on an
// axis of time. It is the one picture in which two lanes are filled at the same moment
// because two goroutines really ran then.
//
// speedup.go lays it out in words; text.go, svg.go, html.go, markdown.go and json.go
// write it down. What is concluded from the times is package speed's.
package speedup
