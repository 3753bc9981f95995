// Package hint makes three hints of what went wrong: where to look, what is missing, and
// what to write, each of which says more than the one before.
//
// [OfCheck] makes them of the run that a check failed with: the kind of its explanation
// says what is missing, and its steps say who and where, in the names and lines of the
// learner's program. [OfError] makes them of what the compiler said. Hints that a lesson
// has for a cell come with the cell, see package proxy.
//
// # To add hints for a kind of explanation
//
// Add a row to HintsOfKind, kernel/words/finding/hint.go: what is missing, and
// what to write. Where a property can fail with that kind, add the kind to relevant in
// check.go, what says most first. TestEachKindHasHints names what is left out.
package hint
