// Package seed gives every user of a machine what was compiled when the kernel was
// installed: the standard library, with and without the race detector, the recorder and
// the database drivers.
//
// A seed is a folder beside the kernel's binary, which nobody but the installer writes
// to. Its cache is laid out as Go's build cache is. The go command reads no cache but
// the user's own, so the kernel sets GOCACHEPROG: the go command then asks this package
// ([Serve]), which looks in the user's cache first and in the seed next. What is compiled
// anew goes to the user's cache, in Go's own form: nothing is lost for a go command that
// knows nothing of a seed, and a seed that is removed leaves nothing behind.
//
// Links or copies in the user's cache were the alternatives. Links to a seed that is gone
// make go vet and go list fail in every project of that user; copies take 100 MB a user.
// The go command does not trim a cache that a program keeps, so that is done here, too.
//
// A seed is filled the same way: it stands in the place of the user's cache, what the
// installer's cache has already is copied, and the rest is compiled (see [Filling]).
package seed
