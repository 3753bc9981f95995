// Package difference draws two runs side by side: the last steps that they have in
// common, the step at which they part, and what follows in each. It answers %diff.
//
// difference.go lays out; text.go, svg.go and html.go write the layout down. Where two
// runs part is decided in package trace.
package difference
