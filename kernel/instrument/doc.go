// Package instrument rewrites a learner's package main so that it writes down
// what its goroutines do: source in, source out.
//
//	mu.Lock()      becomes   rt.Lock(7, &mu)
//	go work(3)     becomes   if run := rt.Go1(8, work)(3); run != nil { go run() }
//	counter++      becomes   rt.Add(9, 10, &counter, 1)
//
// It splices text: insertions and replacements on byte offsets found with
// go/ast and go/types, applied once. Comments, directives and the position of
// every line survive by construction. Operations are rewritten, types never
// change: a channel stays a channel, a mutex a mutex.
//
// Exactness beats coverage. What cannot be rewritten so that the program means
// exactly what it meant stays as it is, and a [Note] says so.
//
// One file holds one family of constructs; [Table] lists them. The package
// knows no toolchain and touches no files.
package instrument
