package words

import (
	"fmt"
	"strconv"

	"threading101/kernel/model"
)

// Difference says in one or two sentences how a run differs from the one before it;
// "" where there is nothing to compare.
func Difference(d model.Difference, prev, cur *model.Execution) string {
	if prev == nil || cur == nil {
		return ""
	}
	if d.Same {
		return "Same order as the previous run (" + Count(d.Steps, "step") + ")."
	}
	said := parting(d, prev, cur) + " " + Prints(d)
	if prev.Dropped > 0 || cur.Dropped > 0 {
		said += " " + NotAllCompared
	}
	return said
}

// parting says where two runs part.
func parting(d model.Difference, prev, cur *model.Execution) string {
	switch {
	case d.Prev < 0:
		return fmt.Sprintf("The same as the previous run up to step %d, where that one ended; now %s.", d.Step-1, Did(cur, d.Cur))
	case d.Cur < 0:
		return fmt.Sprintf("The same as the previous run up to step %d, where this one ended; the previous one continued: %s.", d.Step-1, Did(prev, d.Prev))
	}
	return fmt.Sprintf("From step %d on this run differs from the previous one: there %s; now %s.", d.Step, Did(prev, d.Prev), Did(cur, d.Cur))
}

// Prints says how what a run printed differs from what the one before it did.
func Prints(d model.Difference) string {
	switch {
	case d.SamePrints:
		return "The prints came in the same order."
	case d.SameTexts:
		return "The prints came in another order."
	}
	return "The prints differ."
}

// NotAllCompared is said where events were not kept.
const NotAllCompared = "Only the steps that were kept are compared."

// PartsHere marks the first step where this run differs from the previous one.
// there is what the previous run did instead, "" if it had ended.
func PartsHere(there string) string {
	if there == "" {
		return "here the previous run had ended"
	}
	return "from here on it differs: in the previous run " + there
}

// EndsEarlier marks the end of a run which is the beginning of the one before.
func EndsEarlier(there string) string { return "the previous run continued: " + there }

// The two runs of a difference.
const (
	DiffFirst  = "first run"
	DiffSecond = "second run"
)

// DiffSame says that two runs are the same.
func DiffSame(steps int) string {
	return "The two runs are the same: " + Count(steps, "step") + " in the same order."
}

// DiffParts says where two runs part.
func DiffParts(step int, first, second string) string {
	s := "The two runs are the same up to step " + strconv.Itoa(step-1) + ". Then "
	if step == 1 {
		s = "The two runs differ from the first step on: "
	}
	switch {
	case first == "":
		return s + "the first had ended; in the second " + second + "."
	case second == "":
		return s + "the second had ended; in the first " + first + "."
	}
	return s + "in the first " + first + ", in the second " + second + "."
}

// DiffAlike stands for the steps before, which are the same in both.
const DiffAlike = "everything before this is the same in both"

// DiffEnded is what stands where a run had ended.
const DiffEnded = "— ended —"

// DiffOf captions the table of a difference.
const DiffOf = "Two runs, step by step"

// DiffHere marks the rows in which the two part.
const DiffHere = "here they differ"
