// Package naming finds out what a goroutine may be called: after the function it
// runs, and after what tells it from its siblings: a field of its receiver, an
// argument, a loop's variable, or for want of those the variable that has its receiver.
// Names come from fields and variables that are never written once they were made, so
// that naming can neither race, nor tear a string, nor panic.
package naming
