// Package ledger finds the accesses that were forgotten. A walk of its own lists
// every access to a variable that others may reach; it knows nothing of how accesses
// are rewritten, and compares what it meets with what got a site. The rest are gaps:
// so a form that nobody thought of is not left alone in silence. A search of a
// program with a gap is never called complete.
package ledger
