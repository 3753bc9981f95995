// Package forms holds the tool to what Go itself says of accesses to memory, in
// every way in which an access can be written, and in which a variable can be come to
// by another way than its name. In each pair of forms two goroutines have one each. Many
// pairs make a program, but no two share a type, a variable or a function: which reads
// are recorded depends on what is known to change, and a pair has to show that of itself.
// That there is a race follows from what the two read and write; Go's own detector
// confirms it, and an exploration must say so, or name the form as one that is not
// recorded.
//
// The same is asked of the ways in which a goroutine gets at a variable of another's,
// each with a race and in order.
//
//	table.go     forms of the language, and of what they have in common
//	aliases.go   forms that come to a variable by another way than its name
//	library.go   forms that let a library do the access
//	sharing.go   ways to get at another goroutine's variable
//	apart.go     the text of a pair, which shares nothing with another's
package forms
