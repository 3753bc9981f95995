// Package cli is the command line of threading101: a table of subcommands, each
// in a file of its own. Called under the name of a Go tool or of a cell's
// program it is that tool instead, see package gonbtools.
//
// The exit status is 0 when all went well, 1 when something failed, 2 for wrong
// usage. That of "threading101 run" is the program's own; besides,
//
//	1  it was not built, a token is of other code (nothing was run), or a replay
//	   of the same code was not the token's run although the program ended well
//	2  flags that exclude each other, a token that is damaged or of another
//	   version (nothing was run); a crash, as in Go, a deadlock among them; a run
//	   that the scheduler ended: too many steps, a loop that waits for what nobody
//	   does, a token whose decisions do not fit
//
// All three have 130 where Ctrl-C ended the build. "threading101 explore" has it where
// Ctrl-C ended the search, after what was found until then was printed.
// "threading101 check" has
//
//	0  all properties hold in all interleavings
//	1  one does not; or the program was not built, or cannot be explored
//	2  wrong usage, a property that does not exist
//	3  all held in what was tried, and that was not all
package cli
