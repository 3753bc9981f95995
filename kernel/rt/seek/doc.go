// Package seek is a search's side of the runs it asks for. It is a source of the
// scheduler's (package control) and observes it: it tells the search (package
// explore/search) which moves there are, what each would touch and what was touched,
// and how a run ended; and it has the scheduler do what the search decides.
//
//	seek.go      the source: the moves, the decision, the end of a run
//	lead.go      the choices with which each run begins, where some were made before
//	intent.go    what a goroutine has announced, as accesses to objects
//	seen.go      what was done, as accesses and as orders for the search's races
//	time.go      time on the free clock, which may bring anything at any moment
//	spans.go     calls of functions that a property watches
//	conditions.go conditions that are to be true at all moments, or in the end
//	unseen.go    what libraries read while they print
//	looks.go     locks that are read, as memory
//	watchdog.go  ends a search whose run does not come back to the scheduler
//
// Whoever imports the package has it registered with the scheduler. A program that is
// to be searched and does not link it says so on standard error, and ends with exit
// code 2. Package build adds the import to programs that are to be explored alone.
package seek
