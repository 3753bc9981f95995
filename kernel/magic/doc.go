// Package magic is the vocabulary of Threading 101 in cells: commands at the
// beginning of a line, %race, or the same as a Go comment, //t101:race.
//
// [Table] holds the commands. [Parse] takes their lines out of a cell and leaves
// GoNB's own commands to GoNB. A command of a later version is an error that says so,
// and is never silently ignored; a command that nobody knows is an error that suggests
// the nearest one.
//
// # To add a command
//
// Add a row to [Table]: its name, its arguments, and a function that sets what it asks
// for in a [Cell]. Help and completion are made from the row; its one line of help is
// in package words. TestReadmeHasEachCommand names the list for readers that lacks it.
package magic
