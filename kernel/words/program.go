package words

import (
	"fmt"
	"strings"
)

// TokenMangled answers a token that is incomplete or was mistyped.
func TokenMangled(text string) string {
	return fmt.Sprintf("this is not a complete token: %s. A character is wrong, missing or added.\n"+
		"hint: copy it again, from t2 to the two letters at its end; capitals, spaces and the kind of dash do not matter", quote(text, 80))
}

// TokenVersion answers a token of another version.
func TokenVersion(token, ours int) string {
	mend := "an older version made it: run the program again and use its new token"
	if token > ours {
		mend = "a newer version made it: update Threading 101"
	}
	return fmt.Sprintf("this token has version %d, and this Threading 101 knows version %d: it would not give the same run.\nhint: %s", token, ours, mend)
}

// TokenOtherCode answers a token of a program that is not this one. lenient is
// how it is run all the same.
func TokenOtherCode(lenient string) string {
	return "this token belongs to other code: the program has changed, or it is a different program, so the run cannot be the same.\n" +
		"hint: " + lenient + " runs it anyway, and says where the two runs begin to differ"
}

// NothingToControl answers a seed or a token for a program that starts no
// goroutine.
func NothingToControl(uncontrolled []string) string {
	if len(uncontrolled) > 0 {
		return "There is nothing to control in this program: it starts no goroutine itself, and what happens inside " + List(uncontrolled) + " is not controlled."
	}
	return "There is nothing to control in this program: it has one goroutine, so its steps have only one order."
}

// RunsOutside says why a program runs under Go's scheduler without being asked to.
func RunsOutside(packages []string) string {
	return "This program runs under Go's own scheduler: it spends its time in " + strings.Join(packages, ", ") +
		", which our scheduler does not control. With a seed it runs under control anyway."
}

// BuildFailed is said when a build failed for a reason that is not in the program.
func BuildFailed(err error) string {
	return fmt.Sprintf("the program could not be built: %v\nhint: is the disk full? threading101 doctor checks the tools", err)
}

// RunFailed is said when a built program could not be started.
func RunFailed(err error) string {
	return fmt.Sprintf("the program was built but could not be started: %v", err)
}

// ExploreAlone answers an exploration of a program that starts no goroutine.
func ExploreAlone(uncontrolled []string) string {
	if len(uncontrolled) > 0 {
		return "there is nothing to explore in this program: it starts no goroutine itself, and what happens inside " + List(uncontrolled) + " is not controlled"
	}
	return "there is nothing to explore in this program: it has one goroutine, so its steps have only one order"
}

// ExploreNotRecorded answers an exploration of a program that could not be
// rewritten, with the builder's reason.
func ExploreNotRecorded(why string) string {
	return "this program cannot be explored, because its steps cannot be recorded: it could only be built unchanged (" + why + ")"
}

// ExploreOutside answers an exploration of a program that is mostly not ours to
// control.
func ExploreOutside(packages []string) string {
	return "this program cannot be explored: it spends its time in " + strings.Join(packages, ", ") + ", which our scheduler does not control"
}

// ExploreOutsideHint says what can be done about it.
const ExploreOutsideHint = "replace what is outside with a function of your own that waits, or answers, the way it would"

// ExploreFailed is said where the search itself could not be made.
func ExploreFailed(err error) string { return "the program was not explored: " + err.Error() }

// ClockHint says what the two clocks are.
const ClockHint = "virtual: delays keep their length but take no real time; free: a sleeping goroutine may wake at any moment, because Sleep promises no order"
