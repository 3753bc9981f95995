// Package cell knows which cell and line a place in a generated main.go came
// from.
//
// GoNB keeps the declarations of all cells that compiled, and writes a new
// main.go for each cell: sorted by kind and name, without stand-alone comments,
// imports mended by goimports. A compile error or a stack trace names a line of
// that file, which the learner has never seen. [Memory] follows what GoNB
// remembers, declaration by declaration, and a [Map] aligns the tokens of each
// declaration in main.go with the tokens of the same declaration in its cell.
// Layout is not compared, so reformatting cannot break the alignment.
//
// The package also tells whether a text is a whole cell ([Complete]), and gives
// back the memorised declarations as source ([Memory.Declarations]) so that a
// restarted GoNB can be given its memory again.
package cell
