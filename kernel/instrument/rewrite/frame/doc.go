// Package frame adds what surrounds a program: where main begins and ends, how the
// package's variables are made anew when the program is run again in the same
// process, and what the caller asked to be noted: values at main's end, and the
// calls of functions.
package frame
