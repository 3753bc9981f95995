// Package magic is the vocabulary of Threading 101 in cells: lines that begin
// with % and one of our words, or the same as a Go comment, //t101:word.
//
// [Table] holds the words. [Parse] takes our lines out of a cell and leaves
// GoNB's own commands to GoNB. Words that later versions will have are named as
// such and never silently ignored, and a word that nobody knows is an error
// that suggests the nearest one.
package magic
