// Package model holds the data that the other packages hand to each other: one
// run of a program ([Execution]), how the orders of two runs differ
// ([Difference]), and what came of trying many schedules ([Result]).
//
// It has no sentences and works nothing out. Package trace makes an Execution of
// a recording and answers questions about it, package explore makes a Result.
package model
