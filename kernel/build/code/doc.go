// Package code tells programs apart by what they do: the short hash of a program that is
// in its tokens and that does not change with how the program is written down.
package code
