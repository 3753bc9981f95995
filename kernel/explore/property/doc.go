// Package property holds what can be checked over all interleavings of a
// program: %check deadlock-free outcome total==6. A property reads the words
// behind its name, says what the program must be built with so that it can be
// checked, and judges one outcome of an exploration by its status, its values and
// its marks.
//
// One file holds one property. To add one, write its file and add a row to
// [table]. The marks are made by the search, in the program.
package property
