// Package gopls asks Go's language server about a cell: what may follow at a
// place ([Server.Complete]) and what stands there ([Server.Hover]).
//
// GoNB would start one gopls for each kernel at once, and let cells wait for it.
// Here it is started at the first question, ended after minutes without one,
// and nothing ever waits for it but whoever asked. It sees the cell as a file of
// a folder of its own, beside a file with the declarations of the other cells,
// so a question needs neither GoNB nor a free moment between two cells.
package gopls
