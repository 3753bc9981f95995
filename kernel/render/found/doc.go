// Package found draws what trying many schedules of a program found: the different
// ways to end and how often each was seen, the data races, what was not tried; and for
// %check the verdict on each property.
//
// found.go and row.go lay out the result of an exploration; check.go lays out a check,
// and verdict.go writes the verdicts. text.go, svg.go, html.go and json.go write down
// what was found. Counts are shares of what was tried, never probabilities.
package found
