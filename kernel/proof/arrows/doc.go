// Package arrows holds the packages to a drawing of who may import whom:
// arrows.txt, which is read from top to bottom. Each package has a line, and each
// package that it imports one further down, so no arrow can turn. The test fails
// where a package imports what its line does not say, where a line says what is no
// longer imported, and where a package has no line.
//
// A new arrow is a decision: it is written into the drawing by hand, or by
//
//	go test ./kernel/proof/arrows -update
//
// which leaves the order as it is wherever it can, and seen in the diff.
//
// No folder has more files than can be overlooked: the tree is the architecture.
//
// What tests import is not drawn. Whatever only tests need (below proof, and
// names that end in "test") stands at the top, where no part of the product can reach it.
package arrows
