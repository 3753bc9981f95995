// Package explore tries the schedules of a program: it starts the built program
// in search mode, in as many processes as there are processors, hears what they
// find, and makes one [model.Result] of it in which each outcome has a
// token that opens its run.
//
// The search itself is in the program (package search, linked into it): trying a
// schedule there takes a few microseconds, a process of its own a few
// milliseconds. This package decides what is searched for how long, and repeats
// what was found, each run in a process of its own, before it says so.
//
// What a search tells are messages of package wire, which both sides use: a worker
// (worker.go) reads them, a snapshot (protocol.go) keeps what they say, and merge.go
// puts together what several processes have found.
//
// How far a search gets is a ladder (ladder.go): everything, quickly and then with all
// processes; else all with few preemptions, and some of the others; then the shortest
// runs of what was found. Where the budget is a number of schedules, its rungs are those
// of counted.go, which look at no clock.
//
// # To add a strategy
//
// A strategy says which of the steps that could be made next is made. It has a file in
// package search, a name by which the program is told to use it, and a rung of the
// ladder, or a part of one, on which it gets its share of the time. It must leave
// whatever else is known of a run to the search: outcomes, marks, races and tokens are
// the same for all strategies. Its tests hold it to the plain search on small programs:
// it finds nothing that is not there.
//
// Drawing schedules at random is in these files:
//
//	kernel/explore/search/sample.go   which step is drawn
//	kernel/explore/search/search.go   where it is asked, and told what became of a run
//	kernel/explore/search/probe.go    when a run between two of a tree is drawn
//	kernel/sched/spec.go              its name, "sample"
//	kernel/explore/ladder.go          when it is used, and for how long
//	kernel/explore/counted.go         the same where the budget is a number of schedules
package explore
