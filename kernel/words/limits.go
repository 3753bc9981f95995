package words

import "fmt"

// --- limits: each has a name, says how far it goes, and what helps ---

// limitMet says which limit a search met; at is where, "" if that is not known. It
// is "" if kind is no limit. what is how far it goes, where that differs.
func limitMet(kind, what, at string) string {
	switch kind {
	case "counted-rounds":
		return "round limit: a loop" + at + " that waits may count its rounds, or keep something else from round to round. After 16 rounds that found nothing new the others went on; " +
			"more rounds in a row were not tried. Wait with a channel, a sync.Cond or a sync.WaitGroup instead, and all can be tried"
	case "ticks":
		return "tick limit: on the free clock a ticker, or a sleep or timer" + at + " in a loop, may come round any number of times while the others do nothing. " +
			"After 4 ticks, or 8 rounds, it waited until nobody else could go on; what is different after more was not tried. The virtual clock has each at its time: add -clock virtual"
	case "limit-steps":
		return "step limit: runs of a search were cut off after " + Grouped(what) + " steps" + at + ", and how they would have gone on was not tried. Fewer rounds, or smaller numbers, help"
	case "seeds":
		return "all runs of a search would have been cut off: the orders of random seeds were tried in its place"
	case "limit-work":
		return "work limit: a run of the search computed" + at + " until the time for the search was over, and was cut off. A longer budget, or smaller numbers, help"
	case "endless":
		return "time limit: a run of the search was stopped, because a step" + at + " took longer than there was time for. A longer budget, or smaller numbers, help"
	}
	return ""
}

// InputTooLong says that a program's input cannot be given to each run.
func InputTooLong(most int64) string {
	return fmt.Sprintf("the input is longer than %d MiB: it cannot be kept for each run. Give the program less to read", most>>20)
}

// InputMissing says that a program that is explored meets the end of its input.
const InputMissing = "the program reads its standard input, and a program that is explored cannot be asked for it at a terminal: it finds it empty. Give it a file: threading101 explore FILE.go < INPUT"

// SearchFault says that a search that had tried all schedules has missed a run.
func SearchFault(status, value, token string) string {
	return "this is a fault of Threading 101, not of your program: a search that should have tried all schedules did not find an outcome (" + status + ", " + quotedBrief(value) +
		") that a random seed came to: " + token + ". So nothing is said of all interleavings. Please report it, with the program"
}

// SearchRaced is SearchFault for a program with a data race: perhaps another one is
// in a library, unseen, and the outcome comes of that.
func SearchRaced(status, value, token string) string {
	return "a random seed came to an outcome (" + status + ", " + quotedBrief(value) + ") that a search of all schedules had not found: " + token +
		". So nothing is said of all interleavings. The program has a data race. Where goroutines race within a library, or by way of unsafe, no search can find all that comes of it; " +
		"if yours do not, this is a fault of Threading 101: please report it, with the program"
}

// FaultKept says where the program lies that is to be reported.
func FaultKept(path string) string {
	return "the program and the token are in " + path + ": please attach that file"
}

// FaultNotKept says that it could not be written.
func FaultNotKept(err error) string {
	return "the program could not be written to a file: " + err.Error()
}
