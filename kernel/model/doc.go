// Package model holds the data that the other packages hand to each other: one
// run of a program ([Execution]), how the orders of two runs differ
// ([Difference]), and what came of trying many schedules ([Result]).
//
// It has no sentences of its own, and its methods do no more than look into what is
// there. Package trace makes an Execution of a recording and works out what can be
// asked about it, package explore makes a Result.
package model
