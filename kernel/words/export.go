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
	ExportWay   = "// {\"A\", 3, 2}: A runs until it comes to turn 3 for the second time. Turn 0 is the end of\n// a goroutine."
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

// What the command line and a cell say.
const (
	CommandExport   = "write the run of a token as a plain Go program that takes its way, or if that cannot be, as a page"
	HelpExportOut   = "write to this file, not to standard output"
	HelpExportTries = "run the program so often before it is written; each run must end as the token's did"
	ExportNeeds     = "threading101 export: which run, and of which program? threading101 export TOKEN FILE.go"
	ExportStrayed   = "the program did not do again what it did in the run of this token"
	ExportHangs     = "the program that was written for it does not come to its end: it waits for something that turns do not bring"
)

// ExportCannot says that a run is no program.
func ExportCannot(reason string) string {
	return "this run cannot be written as a plain Go program: " + reason
}

// ExportPageHint says how to have the run as a page.
func ExportPageHint(token, file string) string {
	return fmt.Sprintf("hint: as a page it can: threading101 run -replay %s -html run.html %s", token, file)
}

// ExportPage says that it was written as a page.
func ExportPage(file string) string { return "so it was drawn, as a page of its own: " + file }

// Exported says where the program is.
func Exported(file string, tries int) string {
	if tries == 0 {
		return "written, not tried: go run " + file
	}
	return fmt.Sprintf("written, and run %s: each time it ended as the run of the token. go run %s", Count(tries, "time"), file)
}

// ExportDatabase: the run asks a database.
const ExportDatabase = "it asks a database, and what lies there, and who has to wait there, is no part of the program"

// ExportNotBuilt: the program that was written does not compile.
func ExportNotBuilt(problem string) string {
	return "the program that was written for it does not compile: " + problem
}

// ExportDiffers: the program that was written takes another way.
func ExportDiffers(run int) string {
	return fmt.Sprintf("in its run %d, the program that was written for it ended in another way. Turns decide who is next; "+
		"they do not decide random numbers, the order of a map, the clock, or how much a channel holds when somebody looks", run)
}

// Of %export.
const (
	MagicExport       = "write the last run, or that of a token, as a plain Go program that takes its way"
	ExportCells       = "the program of your cells"
	ExportUnknownHint = "run the cell that it is of, then %export it again"
	ExportPageInCell  = "hint: as a page it can: %export TOKEN run.go writes run.html then"
)

// ExportUnknown: there is no program any more.
func ExportUnknown(token string) string {
	return "this kernel has no program that " + token + " is of"
}

// MagicBadExport: too many words.
func MagicBadExport(arg string) string {
	return fmt.Sprintf("%%export is given a token and a file that ends in .go, each once: %s is one too many", arg)
}
