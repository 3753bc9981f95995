// Package program takes a learner's program from its build to what is shown of
// it: it runs the program or tries all its schedules, checks what was asked for,
// explains what went wrong, and shows it. A notebook cell goes this way, and so
// does a file on the command line; this package holds what the two share, so that
// both decide alike.
//
// # The way
//
//	build.Result ──▶ Program ──Decide──▶ Course ──Run──▶ run.Result
//	                    │
//	                    └──Unexplorable──▶ Explore(Question) ──▶ Findings ──Open──▶ run.Result
//
// A [Program] is what the builder made, and how it is called. A [Wish] is what
// magics or flags say about the schedule; [Program.Decide] makes a [Course] of it,
// or a [Refusal]: who decides the schedule of this run, Go's own scheduler, a seed
// or a token. A [Question] is what is asked about all schedules: its
// [Question.Suit] belongs before the build, because the program must be built to
// tell the answer. [Findings] are the result and one verdict for each property. A
// [Stop] ends whichever of these goes on, from any goroutine.
//
// A [Bench] measures a program that was built as it is, on more and fewer processors:
// [Program.Measure] makes a [Timed] of it.
//
// [Cell] goes the whole way for one cell, from its magics to its pictures. What
// the cells of one kernel have in common is a [Session]: what they declared, how
// they ran, what was said already.
//
// # How to add a front-end form
//
// A front end in which things are shown below a cell, one after the other,
// implements [Screen] and [Board] and lets a [Cell] do the rest: package proxy
// does so with Jupyter messages (screen.go and output/board.go there, 150 lines). A front
// end that prints, writes files or answers with JSON walks the steps itself:
// package cli does so (run.go, explore.go and check.go there). Neither decides
// anything about schedules; a new way of deciding is a new case in
// [Program.Decide], and both have it.
package program
