// Package printing tests that a search sees whatever a program can print by. Its
// test finds in the types of the standard library every function and method that
// takes something to write to, or writes to a standard stream by itself, has two
// goroutines print by it, and asks for both orders: or for the word that not
// everything was seen.
package printing
