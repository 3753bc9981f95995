// Package property holds what can be checked over all interleavings of a
// program: %check deadlock-free outcome total==6.
//
// A property is a row of [table]: how it is written and what it means, what the
// program must be built with so that it can be checked, which outcomes of an
// exploration violate it, and how that is said. The help of %check, that of the
// command line, the completion of its name and the verdict come from the row.
//
// # To add a property
//
// Write a file with its row, add the row to the table, and say in package words
// what it means and how it fails. A test says what a row lacks, and which lists for
// readers do not have it yet.
//
// Whatever a recorded run shows by itself, its status, its output or its values, is
// judged by the row alone. For all else the search puts a mark on the run's outcome,
// for which it looks while it makes the run; and a sentence can explain a run that
// shows it. Such a property is order, which is in these files:
//
//	kernel/explore/property/order.go      the row, and how what follows the name is read
//	kernel/explore/property/table.go      its place in the help
//	kernel/words/property.go              what it means, how it fails, what is wrong with "order A"
//	kernel/rt/seek/spans.go               the mark "disorder A B"
//	kernel/render/found/json.go           the mark, among those that the data may have
//	kernel/explain/overlap.go             the sentence about two calls that break it
//	kernel/explain/explain.go             that sentence's place among the others
//	kernel/words/explainkinds.go          and its words
//	README.md                             the list of properties
//	lessons/10-detective.md               the learners' list of properties
package property
