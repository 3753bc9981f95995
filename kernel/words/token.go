package words

import (
	"fmt"
	"strings"

	"threading101/kernel/event"
)

// --- controlled runs: seeds, tokens, and why a run was ended ---

// TokenMangled answers what is no token, or one that was changed on its way.
func TokenMangled(text string) string {
	return fmt.Sprintf("this is not a whole token: %q. A character is wrong, missing or too many.\n"+
		"hint: copy it again, from t1 to the two letters at its end; capitals, blanks and the kind of dash do not matter", shortened(text))
}

// TokenVersion answers a token of another version.
func TokenVersion(token, ours int) string {
	mend := "it was made by an older one: run the program anew and use that token"
	if token > ours {
		mend = "a newer version of Threading 101 made it: get that one"
	}
	return fmt.Sprintf("this token is of version %d, and this Threading 101 knows version %d: it would not be the same run.\nhint: %s", token, ours, mend)
}

// TokenOtherCode answers a token of a program that is not this one. lenient is
// how it is run all the same.
func TokenOtherCode(lenient string) string {
	return "this token belongs to other code: the program has changed since, or it is another one, so the run cannot be the same.\n" +
		"hint: " + lenient + " runs it all the same, and says from where on the two runs differ"
}

// TokenRunSame says of other code that its run is the token's all the same.
const TokenRunSame = "The code is not the token's, but the run is: every step was the same."

// TokenRunUnknown says of a replay without a trail that nobody can say whether it is the same run.
const TokenRunUnknown = "The token does not say how its run went on, so nobody can tell whether this is the same run."

// TokenRunOther says from where on the run of other code is not the token's.
func TokenRunOther(steps int) string {
	return "The code is not the token's, and so is the run: the two differ after " + Count(steps, "step") + " at the latest."
}

// TokenRunParted says that a replay of the same code was not the same run.
func TokenRunParted(steps int, why []string) string {
	s := "This is not the token's run, although the code is the same: the two differ after " + Count(steps, "step") + " at the latest. "
	if len(why) == 0 {
		return s + "So the program depends on something that no token holds: its input, files, the environment, addresses in memory."
	}
	return s + "Not controlled here: " + strings.Join(why, "; ") + "."
}

// ReplayMisfit says that a replay could not go on.
func ReplayMisfit(who, place string, steps uint64) string {
	s := "replay: after " + Count(int(steps), "step") + " the token names a goroutine that cannot go on there"
	if who != "" {
		s += "; the last step was " + who + "'s" + at(place)
	}
	return s
}

// StepLimit names the limit of steps that ended a run.
func StepLimit(who, place string, steps uint64) string {
	s := "step limit: the run was stopped after " + counted(int64(steps), "step")
	if who != "" {
		s += "; the last one was " + who + "'s" + at(place)
	}
	return s + ". Whether it would have come to an end is not known; with smaller numbers it may"
}

// SpinLimit says that a run was ended because nobody could do what it waited for.
func SpinLimit(who, place string) string {
	return "waiting loop: " + someone(who) + " goes round and round" + at(place) +
		" and finds nothing new: no other goroutine can go on, so the run was stopped"
}

// BusyLimit says that a run was ended because a goroutine kept everything to itself.
func BusyLimit(who, place string) string {
	return "work limit: the run was stopped because " + someone(who) + " computed" + at(place) +
		" for longer than is allowed without doing anything that another goroutine could notice. Whether it would have come to an end is not known; with smaller numbers it may"
}

func someone(who string) string {
	if who == "" {
		return "a goroutine"
	}
	return who
}

func at(place string) string {
	if place == "" {
		return ""
	}
	return " at " + place
}

// NotControllable says, loudly, that a run was not controlled although it was to be.
const NotControllable = "This was a real run, not a controlled one: the program's Go runtime is one that this Threading 101 does not know. " +
	"Go's own scheduler decided, and no seed or token brings the run back."

// RunsOutside says why a program is run under Go's scheduler although nobody asked for that.
func RunsOutside(packages []string) string {
	return "This program is run under Go's own scheduler: it spends its time in " + strings.Join(packages, ", ") +
		", which no scheduler of ours controls. A seed runs it under control all the same."
}

// UncontrolledInside says what of a controlled run is not controlled, by what the
// program imports. It is one entry of a list.
func UncontrolledInside(packages []string) string {
	return "what happens inside " + strings.Join(packages, ", ")
}

// Gap says that something in the program itself is not controlled, and where it
// stands. It is one entry of a list.
func Gap(what, place string) string { return what + at(place) }

// UncontrolledMet says what was met that is not controlled. It is one entry of a list.
func UncontrolledMet(what event.Loose) string {
	switch what {
	case event.LooseGoroutine:
		return "goroutines that a library started"
	case event.LooseBlocked:
		return "how long a goroutine waited in code that is not the program's own"
	case event.LooseMapOrder:
		return "the order in which a map was walked whose keys have none of their own"
	}
	return ""
}

// RunAgain stands below the lanes of a controlled run on the command line.
func RunAgain(decided, clock, token, file string) string {
	s := fmt.Sprintf("Controlled run, %s, %s clock.", decided, clock)
	if token != "" {
		s += "\nThe same run again: threading101 run -replay " + token + " " + file
	}
	return s
}

// DecidedBySeed and DecidedBySwitches say what decided a controlled run.
func DecidedBySeed(seed uint64) string { return fmt.Sprintf("seed %d", seed) }

// DecidedBySwitches is said where somebody wrote the decisions down.
const DecidedBySwitches = "decided by the token's switches"

// NothingToControl answers a seed or a token for a program that starts no
// goroutine.
func NothingToControl(uncontrolled []string) string {
	if len(uncontrolled) > 0 {
		return "There is nothing to control in this program: it starts no goroutine itself, and what happens inside " + List(uncontrolled) + " is not controlled."
	}
	return "There is nothing to control in this program: it has one goroutine, so its steps have only one order."
}

// FlagClash answers two flags that exclude each other.
func FlagClash(a, b, hint string) string {
	return fmt.Sprintf("threading101 run: %s and %s exclude each other.\nhint: %s", a, b, hint)
}

// Why two flags exclude each other, and what to do.
const (
	FlagSeedOrReplay  = "the token holds its own seed: leave out -seed"
	FlagReplayOrClock = "the token holds its own clock: leave out -clock"
	FlagRealIsFree    = "-real and -race let Go decide, which takes no seed, token or clock: leave one of the two out"
	FlagRealIsNoRace  = "-race is a real run already: leave out -real"
)

// FlagLenient answers -lenient without a token.
const FlagLenient = "threading101 run: -lenient goes with -replay.\nhint: threading101 run -replay TOKEN -lenient FILE.go"

// FlagBadSeed answers -seed with something else than a number it can take.
func FlagBadSeed(arg string) string {
	return fmt.Sprintf("threading101 run: -seed needs a whole number from 0 to 18446744073709551615, not %q.\nhint: a token belongs to -replay", arg)
}

// FlagClockHint says what the two clocks are.
const FlagClockHint = "virtual: delays keep their meaning and take no time; free: who sleeps may go on at any moment, since Sleep promises no order"

// FlagBadClock answers -clock with a clock that does not exist.
func FlagBadClock(arg string) string {
	return fmt.Sprintf("threading101 run: -clock is virtual or free, not %q.\nhint: %s", arg, FlagClockHint)
}

// shortened cuts what somebody typed to a length that can be shown.
func shortened(text string) string {
	const most = 80
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// RunNotDrawn says that there is no picture, and why.
func RunNotDrawn(why string) string { return "this run is not drawn: " + why }
