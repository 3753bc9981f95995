// Package predict is what a learner says of a run before it is made: questions,
// answers, what the run or all interleavings say to them, and the file in which
// answers are kept.
//
// A [Question] is data: a front end that offers buttons has all it needs in its JSON,
// which does not hold the answer. [Parse] reads it from the line of a cell,
// [Question.Read] reads what the learner typed. [Question.Needs] says what has to be
// known to tell the answer, [Question.Truth] tells it from [Facts]. [Log] keeps one
// [Record] for each answer, from the moment at which it is given; besides, the hints that
// were asked for, and as [Solved] which locked checks of lessons held.
//
// Nothing here asks, runs or searches: package proxy does.
//
// # To add something that can be compared
//
// What stands in braces, as {lines==6}, compares a fact of the run with a value. A new
// fact is a row in facts of fact.go: its name, how a run tells it, and how an outcome of
// a search does. A name that is not in the table is a Go expression, whose value the
// program tells where main ends.
package predict
