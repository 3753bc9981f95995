// Package draft is one file as it is being rewritten: its source, the changes asked
// for so far, its sites, the names under which the recorder's packages are imported,
// what is known of the program, and the path from the file down to the node in hand.
// Every construct gets a [Rewriting] and asks it for changes.
//
//	draft.go     the file, and how changes are asked for
//	walk.go      going on to the statements and expressions within a construct
//	later.go     what is evaluated after the node in hand
//	access.go    sites of accesses to variables
//	noted.go     what has a site
//	imports.go   names for the recorder's packages
//	call.go      putting a function of the recorder in the place of another
//	typetext.go  writing a type so that it means the same somewhere
//
// # Order
//
// Go's compiler calls the functions in an expression first and reads variables last:
// in x + f() it reads x when f has returned. rt.Load(7, &x) + f() would read it
// before that, and widen the very window that a lost update needs. So a read with a
// call to its right in the same statement stays where it is, and the last such call
// is wrapped in a function that returns its value and notes the read:
//
//	x + f()   becomes   x + rt.After(f(), 7, &x)
//
// If that operand cannot be wrapped (a composite literal without its type, a
// comparison that takes its type from where it stands), the part of it is in which
// the last call is made. Go evaluates both sides of && and || before what is further
// right: reads in them stay loads. The value noted is the one at that moment;
// another goroutine may still write before the read itself, some nanoseconds later.
//
// For writes, &p.f and &s[i] are computed as arguments just as on the left of an
// assignment, after the calls on the right: a nil pointer or an index out of range
// panics as late as in plain Go. testdata/order.txtar holds this down case by case
// against the compiler.
package draft
