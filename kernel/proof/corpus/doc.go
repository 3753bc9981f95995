// Corpus runs Go's own test programs, the single-file "// run" programs of
// GOROOT/test, rewritten, and compares what they print and how they end with what
// Go promises of them in the files ".out" beside them, or else with what plain Go
// does. The concurrent ones are run under the controlled scheduler too, and what is
// recorded then must be what a run can be. Programs that are to differ are named,
// each with its reason, in exceptions.txt (control.txt, everything.txt); it fails
// when another one differs, and when one of those no longer does, unless its reason
// begins with "sometimes". Those that take seconds in each run have one schedule:
// long.txt.
//
//	go run ./kernel/proof/corpus                 all programs
//	go run ./kernel/proof/corpus chan/ ken/      those whose path has one of these in it
//	go run ./kernel/proof/corpus -everything     record also what no one shares
//	go run ./kernel/proof/corpus -real           under Go's own scheduler alone
//	go run ./kernel/proof/corpus -control        the concurrent ones alone, under the controlled scheduler
//	go run ./kernel/proof/corpus -library        the standard library: does what was rewritten type-check?
//
// With -passed FOLDER it notes there that all is well, and need not look again as long
// as programs, lists, instrumenter, recorder and Go are the same.
package main
