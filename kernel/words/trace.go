package words

import (
	"fmt"
)

// RunCutOff says that main returned while others still had work to do.
func RunCutOff(names []string) string {
	return "main returned, so " + List(names) + verb(len(names), " was ", " were ") + "cut off"
}

// RunLeak says that main returned while others waited for something that no one
// was left to do.
func RunLeak(names []string) string {
	return "main returned while " + List(names) + verb(len(names), " was ", " were ") + "still waiting, for good"
}

// RunUnseen says that the record of an object is not the whole story.
func RunUnseen(object string) string {
	return object + " is also used by code that is not recorded (a library)"
}

// The difference between two runs.

// SameOrder says that two runs went the same way.
func SameOrder(steps int) string {
	return "Same order as the previous run (" + Count(steps, "step") + ")."
}

// OrderDiffers says where two runs part.
func OrderDiffers(step int, before, now string) string {
	return fmt.Sprintf("From step %d on this run differs from the previous one: there %s; now %s.", step, before, now)
}

// LongerRun and ShorterRun are said when one run is the beginning of the other.
func LongerRun(step int, now string) string {
	return fmt.Sprintf("The same as the previous run up to step %d, where that one ended; now %s.", step-1, now)
}

// ShorterRun is said when the run before went on.
func ShorterRun(step int, before string) string {
	return fmt.Sprintf("The same as the previous run up to step %d, where this one ended; the previous one continued: %s.", step-1, before)
}

// SamePrints, OtherPrints and DifferentPrints tell of the output.
const (
	SamePrints      = "The prints came in the same order."
	OtherPrints     = "The prints came in another order."
	DifferentPrints = "The prints differ."
)

// NotAllCompared is said where events were not kept.
const NotAllCompared = "Only the steps that were kept are compared."
