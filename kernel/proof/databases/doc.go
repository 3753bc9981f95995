// Package databases holds a program that uses two real databases from two goroutines in
// all the ways that go wrong, and the exact answers: how many orders of its statements
// there are, and how each ends.
package databases
