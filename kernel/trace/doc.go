// Package trace reads what a run recorded, checks it, puts it in order and
// gives back a [model.Execution], from which pictures and explanations are made.
//
// A goroutine notes what it did when it goes on, so a send that had to wait is
// recorded after the receive that ended the waiting. Read puts it before.
//
// [Read] works in three steps: the memory becomes a [Log], which has a text
// form; the log's goroutines, objects and values get their names; and events
// that belong together find each other. [Validate] then checks the result
// against rules that it does not share with Read.
//
// # Partners and links
//
// An event's Link is the event it belongs to, Partner the goroutine of that
// event or the one it concerns:
//
//	go          ↔ start         the new goroutine's first step
//	send        ↔ recv          of one value; a recv from a closed channel → close
//	unlock      ↔ lock          by the next holder, where that is another goroutine
//	lock-want   · partner only  who held the lock that had to be waited for
//	wg-done     → wait          that it let go on; wait → the last wg-done before it
//	end         → wait or recv  by which another goroutine learned of the end, if it came later
//	signal      ↔ cond-wait     broadcast → the first it woke, each of which → broadcast
//	once        → once-do       where another goroutine did it
//	sql         → sql           the statement of another that let it go on, where it had waited
//
// A "want" that got what it wanted links to the event that says so.
//
// # Controlled runs
//
// Where the order was chosen, one goroutine moved at a time: the record is the
// order, and [Validate] holds it to that. [Races] looks for accesses that only
// the scheduler put in an order, and no rule of the language. Times are virtual:
// many events have the same.
//
// # Steps
//
// What a learner counts as one step is a [model.Step], and its number is the only one that
// is ever shown: pictures, tables, sentences, differences and the run as data take it
// from [Steps]. Several events can be one step. A rendezvous is: in a
// controlled run, where it is known which channels have no buffer, a send over one and
// its receive have one number, one row and one place in the difference of two runs.
//
// [Waits] says who waited for whom when a run ended, [Circle] whether
// they wait for each other.
package trace
