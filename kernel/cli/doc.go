// Package cli is what one types in a terminal: threading101 run, explore, check and
// so on. It reads the flags, has package program do the work, and prints what came
// of it. Called under the name of a Go tool or of a cell's program it is that tool
// instead, see package gonbtools.
//
// To add a subcommand NAME, write a file NAME.go with a function that takes the
// arguments and returns the exit status, and add a row to the table in cli.go: its
// help appears in the usage then. Its sentences belong in package words, and a
// script that types it in testdata. TestEachSubcommandHasItsFile holds to that.
//
// To add a flag, declare it where its subcommand parses its own (parseRun in run.go;
// those that decide the schedule in control.go, with what excludes what) and write it
// into the line of usage in cli.go. Its help is a Help… in package words. What is typed
// in testdata/run.txtar shows what it does, and README.md names it under "On the command
// line". A flag that writes a picture to a file is made from a table: see package render.
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
// With -procs or -repeat nothing is measured of a program that fails: its own status is
// returned then, and 130 when Ctrl-C ended the measurement, after printing what was
// measured until then.
//
// All three return 130 when Ctrl-C ended the build. "threading101 explore" also
// returns it when Ctrl-C ended the search, after printing what was found until then.
// "threading101 check" has
//
//	0  all properties hold in all interleavings
//	1  one does not; or the program was not built, or cannot be explored
//	2  wrong usage, a property that does not exist
//	3  all held in what was tried, but not everything was tried, or a function that
//	   a property is about was never called
package cli
