// Package flow rewrites the statements by which goroutines start, meet and go round:
// go, send, receive, close, select, range, for, goto.
//
// A range over a channel becomes a loop of three clauses, not a range over an
// iterator. The latter is shorter, but then the body is a function of its own and
// every traceback shows it. Go 1.22's variables of each iteration make the two loops
// mean the same; in files of an older version of the language it stays as it is.
//
// A select stays a select, under a scheduler as well. v, ok := is added to a
// receiving case, so that a closed channel can be told from a zero.
//
// No function literals are added to the learner's functions: main.main.func1 in a
// traceback stays func1. Go statements that no wrapper fits are the exception
// (goclosure.go).
package flow
