package words

import "strconv"

// PartsHere marks the step from which on a run goes another way than the one
// before; there is what that one did instead, "" if it had ended.
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
