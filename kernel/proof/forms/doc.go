// Package forms holds the tool to what Go itself says of accesses to memory, in
// every way in which an access can be written: a program is made for each pair of
// forms, of which two goroutines have one each. That there is a race follows from
// what the two read and write; Go's own detector confirms it, and an exploration
// must say so, or name the form as one that is not recorded.
package forms
