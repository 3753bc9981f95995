// Package cli is the command line of threading101: a table of subcommands, each
// in a file of its own. Called under the name of a Go tool or of a cell's
// program it is that tool instead, see package facade.
package cli
