// Package build turns a folder with plain Go into a program that records its
// own run, as fast as Go's compiler and linker allow.
//
// A [Builder] stays resident. It remembers where the compiled form of every
// imported package lies, so that an edited cell costs one type-check, one run
// of the compiler and one of the linker: the go command, which would look at
// every package again, is not asked. Where that short way does not apply (cgo,
// embedded files, assembly, the user's own compiler flags), the go command
// builds with an overlay; both ways make programs that behave alike.
//
// The package knows the toolchain; package instrument knows the language and
// does the rewriting. A program that does not
// compile is given to the go command as it is, so that the learner reads Go's
// own words.
//
// It also does in-process what a notebook asks of goimports and of go get
// before each build.
package build
