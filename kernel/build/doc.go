// Package build turns a folder with plain Go into a program that records its own
// run, as fast as Go's compiler and linker allow.
//
// The package knows the toolchain; package instrument knows the language and does
// the rewriting. Beside that it does in-process what a notebook asks of goimports
// ([Builder.Imports]) and of go get ([Builder.Get]) before each build.
//
// # How a program is built
//
// [Builder.Build] takes the first way that applies:
//
//  1. The same text, flags, environment and module files as one of the last
//     programs: its binary is still there, and nothing is built (binaries.go).
//  2. The program does not parse or type-check: go build compiles it as it is, so
//     that the learner reads Go's own words (overlay.go, goBuild).
//  3. Nothing in it is concurrent, or nothing is to be rewritten: it is compiled as
//     it is, without the recorder.
//  4. Directly (direct.go): one type-check against export data, one run of the
//     compiler, one of the linker. The go command, which would look at every package
//     again, is not asked. The learner's own packages are rewritten and compiled too
//     (member.go, object.go).
//  5. With an overlay (overlay.go): go build compiles the rewritten files in place of
//     the learner's. That takes longer, and serves embedded files, files in other
//     languages and the user's own compiler flags.
//  6. As it is, with a note that says why it is not recorded.
//
// A program with Go's execution tracer (trace.go) is built by the go command alone, as in
// the fifth way but without the recorder.
//
// All ways make programs that behave alike: TestWays builds each program of
// testdata/ways in every way and compares what they print.
//
// # What is remembered
//
// Within a process a [Builder] keeps what go env and go list said (toolchain.go,
// universe.go, target.go), the types of the packages that were imported, and the
// compiled form of the learner's own packages. Between processes the answers of the
// go command lie on disk beside the recorder's source (answers.go), each with all that
// it depends on (inquiry.go): one that may be out of date is not used.
//
// A search is linked only into programs that are to be explored (search.go).
//
// Proofs, which have hundreds of small programs, have them linked into few executables
// (together.go); package bundle says which of them may come together.
//
// # How to add
//
//   - a flag of the go command: its case in flagSet.add says what it means for us:
//     whether the compiler may still be called directly, whether the binary depends on
//     more than its key says, whether it excludes our overlay. If it can take its value
//     from the next argument it also stands in valued. A program in testdata/ways holds
//     the ways to each other.
//   - an option of a [Request] that changes the binary: its field, and its value in
//     job.hash, or two programs share one binary.
//   - an argument for the compiler or the linker: compileArgs or linkArgs, and
//     goBuildWith, if the go command must be told too.
//   - a question to the go command: an inquiry, if it is about packages. What the answer
//     depends on beyond these stands in inquiry.String; TestAnswers has a test for each.
package build
