package words

import "fmt"

// What a learner reads of a run that is written as a plain Go program, in the file and
// beside it.

// ExportHead begins the file.
func ExportHead(name, token string) string {
	return fmt.Sprintf(`// This is %s, made to take one way: that of %s.
// "go run" takes it, without Threading 101. The goroutines take turns: one runs, all
// others wait. Where one stops and another goes on there is a call of turn, with a
// number; the list at the end of the file says who goes on, and up to which number.
// All else is as it was. (Go's race detector finds no race here: who waits for a turn
// knows what the others did before.)
`, name, token)
}

// ExportLine parts the program from what was added to it.
func ExportLine(token string) string {
	return "From here on: the turns of " + token + ", and what they need."
}

// What the parts of the file do.
const (
	ExportWay   = "// Each line: who runs, up to which turn, and the how-manieth time that it comes there.\n// Turn 0 is the end of a goroutine."
	ExportTurns = "Each goroutine waits for its turn at a channel of its own."
	ExportTurn  = "turn: if this is as far as the goroutine goes, the next one goes on, and it waits."
	ExportAway  = "away is turn without the wait, for a goroutine that waits for something else now.\n// It returns who that is."
	ExportBack  = "back waits for the turn of a goroutine that was away."
	ExportGoOn  = "goOn gives the turn to the next one. Behind the last one all go where they want:\n// they wait for each other for good."

	ExportBorn     = "born is f for the goroutine that is started next: it waits for its first turn."
	ExportThen     = "then returns v after a turn: what v is made of was read before that."
	ExportSeen     = "seen reads a variable after a turn."
	ExportCame     = "came returns v, which a goroutine waited for while it was away."
	ExportWaited   = "waited is the Wait of a condition, whose lock is taken again when it is the goroutine's\n// turn. The turn wakes it, not the signal; behind the last turn there is only that."
	ExportReceived = "received are the values of a channel, each after a turn."
	ExportChoice   = "choice is which case the next select takes; only gives a channel to that case alone,\n// and none to the others."
)

// Why a run cannot be written as a program.
const (
	ExportNoPlace = "something happened in it at a place that is not known"
	ExportDropped = "it is too long: not all of it was recorded"
	ExportCutOff  = "it did not come to its end, it was stopped"
)

// ExportElsewhere: a goroutine stops in another file.
func ExportElsewhere(place string) string {
	return fmt.Sprintf("goroutines have to take turns at %s, which is not in this file", place)
}

// ExportMiddle: a goroutine stops where no call can be put.
func ExportMiddle(line int) string {
	return fmt.Sprintf("goroutines have to take turns in the middle of line %d, where no call can be put", line)
}

// ExportLong: it changes hands too often.
func ExportLong(legs int) string {
	return fmt.Sprintf("the goroutines take turns %s in it", Count(legs, "time"))
}
