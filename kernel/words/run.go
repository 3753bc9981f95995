package words

import (
	"fmt"
	"strings"
	"threading101/kernel/event"
)

// OutputTooLong is said where output stops being shown as it comes.
func OutputTooLong() string {
	return "\n… This is a lot of output. From here on it is only counted, and its last part is shown when the program ends.\n" +
		"  (The ■ button stops the program.)\n"
}

// OutputOmitted says how much output is not shown, and where all of it lies if it does.
func OutputOmitted(bytes, lines int64, file string) string {
	s := fmt.Sprintf("\n… %s in %s left out here.", Count(int(bytes), "byte"), Count(int(lines), "line"))
	if file != "" {
		s += " The whole output is in " + file + "."
	}
	return s + " The end:\n"
}

// MemoryLimit names the limit of memory that ended a program.
func MemoryLimit(limit int64) string {
	return fmt.Sprintf(MemoryLimitSign+"the program used more than %d MiB and was stopped", limit>>20)
}

// MemoryLimitSign begins what MemoryLimit says, and nothing else.
const MemoryLimitSign = "memory limit: "

// MemoryLimitHint says whose limit that is, and who can change it.
const MemoryLimitHint = "this is one program's share of the machine, so that there is enough for everybody. " +
	"Does it keep more and more, or start goroutines without end? If it really needs that much: whoever starts Jupyter can set THREADING101_MEMORY=2G, or another size."

// TimeLimit names the limit of time that ended a program.
func TimeLimit(limit string) string {
	return fmt.Sprintf("time limit: the program ran longer than %s and was stopped", limit)
}

// InterruptedByYou is the reason of a run that the learner ended.
const InterruptedByYou = "interrupted"

// ExitReason is the reason of a run that ended itself with a status.
func ExitReason(status int) string { return fmt.Sprintf("exit status %d", status) }

// KilledReason is the reason of a run that a signal from outside ended.
func KilledReason(signal string) string {
	s := "ended from outside by the signal \"" + signal + "\""
	if signal == "killed" {
		s += "; perhaps the system ran out of memory"
	}
	return s
}

// AllAsleep is Go's own sentence, said by us where Go's check does not work.
const AllAsleep = "all goroutines are asleep - deadlock!"

// StepLimit names the limit of steps that ended a run.
func StepLimit(who, place string, steps uint64) string {
	s := "step limit: the run was stopped after " + Count(int(steps), "step")
	if who != "" {
		s += "; the last one was " + who + "'s" + AtPlace(place)
	}
	return s + ". Whether it would have ended is not known: try smaller numbers"
}

// SpinLimit says that a run was ended because of a livelock: its last goroutine loops, and nothing changes.
func SpinLimit(who, place string) string {
	return "waiting loop: " + OrElse(who, "a goroutine") + " loops" + AtPlace(place) +
		", nothing changes, and no other goroutine can continue"
}

// BusyLimit says that a run was ended because a goroutine kept everything to itself.
func BusyLimit(who, place string) string {
	return "work limit: " + OrElse(who, "a goroutine") + " computed" + AtPlace(place) +
		" for too long without doing anything that another goroutine could notice. Whether it would have ended is not known: try smaller numbers"
}

// ReplayMisfit says that a replay could not go on.
func ReplayMisfit(who, place string, steps uint64) string {
	s := "replay: after " + Count(int(steps), "step") + " the token names a goroutine that cannot run there"
	if who != "" {
		s += "; the last step was " + who + "'s" + AtPlace(place)
	}
	return s
}

// TokenRunSame says of other code that its run is the token's all the same.
const TokenRunSame = "The code is not the token's, but the run is: every step was the same."

// TokenRunUnknown is said of a replay whose token has no trail to compare with.
const TokenRunUnknown = "The token does not say how its run went on, so it is not known whether this is the same run."

// TokenRunOther says from where on the run of other code is not the token's.
func TokenRunOther(steps int) string {
	return "This code is not the token's, so the run is not either: they differ after " + Count(steps, "step") + " at the latest."
}

// TokenRunParted says that a replay of the same code was not the same run.
func TokenRunParted(steps int, why []string) string {
	s := "This is not the token's run, although the code is the same: they differ after " + Count(steps, "step") + " at the latest. "
	if len(why) == 0 {
		return s + "So the program depends on something a token does not hold: its input, files, the environment, addresses in memory."
	}
	return s + "Not controlled here: " + strings.Join(why, "; ") + "."
}

// NotControllable says, loudly, that a run was not controlled although it was to be.
const NotControllable = "This was a real run, not a controlled one: this Threading 101 does not know the Go runtime of the program. " +
	"Go's own scheduler decided, so no seed or token brings the run back."

// UncontrolledInside says what of a controlled run is not controlled, by what the
// program imports. It is one entry of a list.
func UncontrolledInside(packages []string) string {
	return "what happens inside " + strings.Join(packages, ", ")
}

// Gap says that something in the program itself is not controlled, and where it
// stands. It is one entry of a list.
func Gap(what, place string) string { return what + AtPlace(place) }

// UncontrolledMet says what was met that is not controlled. It is one entry of a list.
func UncontrolledMet(what event.Loose) string {
	switch what {
	case event.LooseGoroutine:
		return "goroutines that a library started"
	case event.LooseBlocked:
		return "how long a goroutine waited in code outside the program"
	case event.LooseMapOrder:
		return "the iteration order of a map whose keys have no order of their own"
	case event.LooseFiles:
		return "what was in the files before the run"
	case event.LooseMadeUp:
		return "what a database makes up by itself: the time, random numbers, the next number of a sequence"
	case event.LooseLimit:
		return "the moment at which a context or a time limit ends a statement in the database"
	}
	return ""
}
