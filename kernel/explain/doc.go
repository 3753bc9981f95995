// Package explain says in a few short sentences what a run shows: who waits for
// whom, who was cut off where, which update was lost, what races.
//
// Each kind of explanation is a file of its own. What it says it has found in
// the events of the run; where it cannot find all that a sentence would claim,
// it says nothing: no explanation is better than a wrong one.
package explain
