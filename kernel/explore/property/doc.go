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
// what it means and how it fails. The tests of this package say what a row lacks, and
// which lists for readers do not have it yet; those of package magic write the help
// anew with -update; lessons/10-00-detective.md is half of a pair, so run make notebooks.
// The errors of read are for the learner: what happened, and a line "hint: " with what
// to write instead. Where more than one word follows the name, complete says when all
// are there.
//
// Whatever a recorded run shows by itself, its status, its output or its values, is
// judged by the row alone. For all else the search puts a mark on the run's outcome,
// for which it looks while it makes the run; and a sentence can explain a run that
// shows it. A property whose mark nobody makes holds of every program, so begin with a
// program in which it fails: a file in kernel/proof/cases/testdata, which TestMarksAreMade
// asks for.
//
// A mark is a word and then functions, by their places among those that are watched:
// explore/watched.go takes each number behind the word for one of them and puts its
// name there. Write any other number as part of the word: at-once-3 0. Ways to end that
// differ in marks are told apart, so a mark that was not asked for makes more of them.
//
// Such a property is order, which is in these files:
//
//	kernel/explore/property/order.go      the row, and how what follows the name is read
//	kernel/explore/property/table.go      its place in the help
//	kernel/words/property.go              what it means, how it fails, what is wrong with "order A"
//	kernel/rt/seek/spans.go               the mark "disorder A B"
//	kernel/render/found/json.go           the mark, among those that the data may have
//	kernel/explain/overlap.go             the sentence about two calls that break it
//	kernel/explain/explain.go             that sentence's place among the others
//	kernel/words/finding/kinds.go         and its words
//	kernel/hint/check.go                  which sentences a hint begins from
//	kernel/words/finding/hint.go          the second hint and the third of each
//	README.md                             the list of properties
//	lessons/10-00-detective.md            the learners' list of properties
//
// # To add a property with a number
//
// A search knows only what it is told with its order ([AtOnce]), and runs know what
// [Rules] says. at-most has the number in both, and more than two calls to show. Besides
// what is above, it is in these files:
//
//	kernel/explore/property/atmost.go     the row, and what the search is told
//	kernel/explore/property/table.go      its place in the help, and the number in subject
//	kernel/explore/property/rules.go      the number in the rule
//	kernel/sched/spec.go                  how the search is told
//	kernel/explore/ladder.go              that it is
//	kernel/rt/seek/seek.go                where it hears it
//	kernel/rt/seek/atonce.go              the mark "at-once-3 A"
//	kernel/rt/seek/spans.go               what the mark needs to know of calls
//	kernel/render/found/json.go           the mark, among those that the data may have
//	kernel/model/span.go                  the rule, and the calls that break it together
//	kernel/trace/rule.go                  which calls of a run break it
//	kernel/explore/show.go                a run that shows it, one call more at a time
//	kernel/explain/overlap.go             the sentence about them
//	kernel/explain/explain.go             that sentence's place among the others
//	kernel/words/property.go              what it means, how it fails, what is wrong with "at-most 0 work"
//	kernel/words/finding/kinds.go         the name of the sentence's kind
//	kernel/words/finding/calls.go         its words
//	kernel/words/picture.go               the warning beside the step
//	kernel/render/walk/follow.go          which step has it
//	kernel/render/picture/calls.go        a bracket for each call
//	kernel/hint/check.go                  which sentences a hint begins from
//	kernel/words/finding/hint.go          the second hint and the third of each
//
// goroutines has a number too, and asks nothing of calls: the search counts, and is told
// the number beside that of at-most (Started); a recorded run is not asked.
//
// # To add a property of variables
//
// always looks at an expression between any two steps, so the search must try all orders
// of what changes it, and the sentence tells what was in the variables. It is in
// these files:
//
//	kernel/explore/property/condition.go           the row, and how what follows the name is read
//	kernel/explore/property/table.go               its place in the help
//	kernel/instrument/asked/condition.go           which expressions may be looked at, and how their reads are told
//	kernel/instrument/rewrite/frame/conditions.go  where the program is told of them
//	kernel/build/ask.go                            what is answered to others
//	kernel/words/build.go                          and in which words
//	kernel/rt/std/rtfmt/conditions.go              what the program calls
//	kernel/rt/control/conditions.go                when they are looked at
//	kernel/rt/seek/conditions.go                   what a search makes of that
//	kernel/rt/seek/seen.go                         which steps it is told of
//	kernel/explore/search/search.go                which of them conflict because of it
//	kernel/explore/watched.go                      the mark "not always EXPR"
//	kernel/trace/asked.go                          after which step one was not true
//	kernel/explain/untrue.go                       the sentence about that
//	kernel/explain/explain.go                      its place among the others
//	kernel/words/finding/kinds.go                  the name of its kind
//	kernel/words/finding/condition.go              its words
//	kernel/words/picture.go                        the warning beside the step
//	kernel/render/walk/follow.go                   which step has it
//	kernel/hint/check.go                           which sentences a hint begins from
//	kernel/words/finding/hint.go                   the second hint and the third of each
package property
