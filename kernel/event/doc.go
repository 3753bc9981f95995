// Package event is the vocabulary shared by everything that records, reads,
// orders, explains or draws a run: one table of operations, one 32-byte record,
// one layout of the memory they are recorded into.
//
// It imports nothing, because package rt links it into the learner's own
// program. Adding an operation is adding a constant and a row of [Table]: see
// [Row] for an example.
package event
