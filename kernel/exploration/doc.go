// Package exploration holds what came of trying many schedules of one program:
// its outcomes, how often each, by which run, and what was not tried. It is data
// only: package explore makes it, render and property read it.
package exploration
