// Package words owns every sentence a learner reads: errors with their hints,
// labels of the picture, help. They are in one place so that they speak with one
// voice: short, concrete, kind and exact, one idea a sentence, the field's word for
// each thing.
//
// A file has the name of the package that says its sentences. Three have none of
// their own: grammar.go and number.go are what sentences are made of (lists, plurals,
// numbers, quotations), and plain.go makes a text that came from a run safe to show.
// What is said of an operation is a row in operations.go. Those of one subject have a room
// of their own, which is made of the same: packages finding and learning.
//
// # Terms
//
// These are the course's own, and used for nothing else. A run: the program ran once.
// An interleaving is one order of the steps that others can notice. Interleavings that
// differ only in the order of unrelated steps are one class. An outcome is how the program
// ended and what came out. A schedule is the list of decisions that makes a run.
// A command is a line of a cell that begins with %.
//
// TestNoSentenceElsewhere finds sentences in other packages.
package words
