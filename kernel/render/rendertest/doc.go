// Package rendertest has what the tests of all pictures need: runs to draw (All), which
// are the situations of the lessons and such as are hard to draw; golden files of
// layouts and pictures; and readers that take a picture apart again.
package rendertest
