// Package explore tries the schedules of a program: it starts the built program
// in search mode, in as many processes as there are processors, hears what they
// find, and makes one [model.Result] of it in which each outcome has a
// token that opens its run.
//
// The search itself is in the program (package search, linked into it): trying a
// schedule there takes a few microseconds, a process of its own a few
// milliseconds. This package decides what is searched for how long, and repeats
// what was found, each run in a process of its own, before it says so.
package explore
