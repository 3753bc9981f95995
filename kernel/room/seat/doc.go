// Package seat is a kernel's seat in a room: it joins, tells what the learner does, and
// hears what the teacher shows.
//
// Nothing waits for it. What is told goes into a bounded queue; all else is done by
// goroutines of its own, which also make a note of what was told, so that the learner's
// run has been shown by then. A room that is slow, dead or not there loses nothing: the
// last [mostKept] notes are kept, and told when it is back. A room that has been started
// anew remembers nothing, so it is told all of them again.
//
// A kernel only calls, and only this room: it follows no redirection, and takes answers of
// bounded length. What a room can ask for is the picture of a run that the kernel has told
// it of; what it can show is a token, for a learner who follows.
package seat
