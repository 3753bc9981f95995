// Package wire is what a program that searches its schedules tells the kernel: the
// messages, and how they are written and read. The program writes them to its
// descriptor 3, a pipe, each as one line of fields with tabs between them; the first
// says what the line is about.
//
//	progress  RUNS CLASSES BLOCKED NANOSECONDS LEVEL K
//	outcome   ID STATUS "VALUE" "STDERR" "VALUES" MARKS CLASSES RUNS INTERLEAVINGS SWITCHES PREEMPTIONS SCHEDULE
//	probes    OUTCOME-ID RUNS
//	class     OUTCOME-ID INTERLEAVINGS SCHEDULE
//	race      SITE SITE "OBJECT" SCHEDULE
//	level     LEVEL K
//	note      KIND SITE "TEXT"
//	end       REASON
//
// Each line is a type here, with a field for each of the line's ([Progress], [Outcome]
// and so on): its Append writes the line, and [Parse] reads any of them. Texts are
// quoted as Go quotes them; a dash is for no marks, no number and no switches.
//
//	message.go  the messages, and how they are written
//	parse.go    how they are read
//	names.go    what a note may be about, and why a search may end
//
// The side that writes is package explore/search, linked into the learner's program;
// the side that reads is package explore. Both are built from one source, so a message
// has no version: what is not understood is a fault, and counted.
//
// The package imports next to nothing, as all that is linked into a learner's program;
// the linker leaves out of it what reads.
//
// # To add a kind of note
//
// A note has a kind, which is a number, so that no search can send one that is not
// listed here. That loops which count their rounds were put aside is in these files:
//
//	kernel/explore/wire/names.go   its constant, and its name on the pipe
//	kernel/rt/seek/seek.go         where it is noted
//	kernel/words/explore.go        what the learner reads of it
//
// A test of package explore fails as long as there is no sentence for it. If there is
// to be none, that is said in kernel/explore/result.go.
package wire
