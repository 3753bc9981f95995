package words

import (
	"strings"

	"threading101/kernel/event"
)

// The words of a run whose choices a learner makes.

// Why a request is not obeyed.
const StepMalformed = "The request is not a JSON object of the protocol."

// StepTooLarge says how long a request may be.
func StepTooLarge(most int) string {
	return "The request is longer than " + Number(most) + " bytes."
}

// StepOtherSchema says that a request is of another version of the protocol.
func StepOtherSchema(got, want int) string {
	return "The request is of schema " + Number(got) + "; this kernel speaks schema " + Number(want) + "."
}

// StepStale answers a request that was made looking at an older state.
const StepStale = "The run has moved on since: look at the new state first."

// StepUnknown answers a request that nobody knows.
func StepUnknown(do string) string { return "Unknown request “" + Plain(do, 40) + "”." }

// StepOver answers a choice where there is none any more.
const StepOver = "The run is over. Undo, or restart."

// StepNoChoice answers a choice that there is not.
func StepNoChoice(got, most int) string {
	return "There is no choice " + Number(got) + ": choose from 1 to " + Number(most) + "."
}

// StepNothingDone answers an undo at the beginning.
const StepNothingDone = "Nothing has been chosen yet."

// StepNotAgain says that the choices do not lead where they led before.
const StepNotAgain = "The program does not do the same again, so its choices lead nowhere: it uses something that is not controlled."

// StepNotControlled says that a program's run cannot be made by hand.
func StepNotControlled(why string) string {
	return "This program's run cannot be made by hand" + Before(": ", why) + "."
}

// Why a run is not one to go on from.
const (
	StepOtherCode    = "The token belongs to other code."
	StepTooLong      = "That run is too long: not all of its choices are kept."
	StepOtherNumbers = "The program draws random numbers, and here they are others than in the token's run: the beginning is not quite the same."
)

// StepBadStep says what should come after the @ of a token.
func StepBadStep(text string) string {
	return "“" + Plain(text, 20) + "” is no step: write TOKEN@7 for step 7."
}

// StepNoStep says that a run has no such step.
func StepNoStep(step, most int) string {
	return "That run has no step " + Number(step) + ": it has " + Number(most) + "."
}

// StepAsked is how a run stands that somebody makes step by step.
const StepAsked = "You decide what comes next."

// What stands at the end of a lane there.
const (
	StepEndWaits  = "waits"
	StepEndGoesOn = "goes on from here"
)

// The question at a choice.
const (
	StepWho     = "Who goes on?"
	StepPartner = "Who takes part?"
	StepChance  = "How does chance fall?"
)

// StepCase asks for a case of a select.
func StepCase(name string) string { return "Which case does " + name + " select?" }

// StepTimer is who goes on where time brings something that is no goroutine's.
const StepTimer = "timer"

// StepTimerRings is what it does.
const StepTimerRings = "rings"

// StepAlternative is one of several that have no name of their own.
func StepAlternative(nth, among int) string { return Number(nth) + " of " + Number(among) }

// StepDefault is the case that is selected where no other is.
const StepDefault = "takes the default"

// StepOffer completes "goroutine A …" with what it does if it is chosen.
func StepOffer(a Act) string {
	if text := stepLooks[a.Op]; text != "" {
		return a.fill(text)
	}
	if text := sayingOf(a.Op).will; text != "" {
		return a.fill(text)
	}
	return does(a)
}

// stepLooks are the sentences for what is never recorded.
var stepLooks = map[event.Op]string{
	event.None:         "goes on computing",
	event.Look:         "looks how full {object|a channel} is",
	event.Now:          "looks at the clock",
	event.NumGoroutine: "counts the goroutines",
	event.Chance:       "lets chance decide",
	event.Ended:        "looks whether the context has ended",
}

// StepWaits completes "goroutine A …" with what it waits for, without who is in the way.
func StepWaits(a Act) string {
	if a.Op == event.StatementWant {
		return waits(a)
	}
	return a.fill(waitingOf(a.Op).waits)
}

// Why a goroutine cannot go on.
const (
	StepSleeps  = "sleeps"
	StepAside   = "goes round in a loop, and waits for a change"
	StepOutside = "waits in code that is not controlled"
)

// StepHeld says who has the lock that a goroutine waits for; since is the step, 0 if it
// is not known.
func StepHeld(by string, reads bool, since int) string {
	s := "held by " + by
	if reads {
		s += " (reading)"
	}
	return s + stepSince(since)
}

// StepBehind says that a writer comes first.
func StepBehind(by string, since int) string { return by + " waits to write" + stepSince(since) }

// StepDoing says who does what is done once.
func StepDoing(by string, since int) string { return by + " is doing it" + stepSince(since) }

// StepCount says how much is missing until a group is done.
func StepCount(n int) string { return Number(n) + " still to be done" }

func stepSince(step int) string {
	if step <= 0 {
		return ""
	}
	return " since step " + Number(step)
}

// StepSpins offers to let others go on.
func StepSpins(name string, times int) string {
	return name + " has gone on " + Number(times) + " times in a row. If it goes round in a loop, let another one go on."
}

// StepBadGoal says what can be a goal.
func StepBadGoal(text string, goals []string) string {
	return "“" + Plain(text, 60) + "” is no goal.\nhint: " + strings.Join(goals, ", ")
}

// StepGoalUntold says that a program was not built to tell a value.
func StepGoalUntold(goal string) string {
	return "The program was built without telling the value in “" + Plain(goal, 60) + "”: begin again with this goal."
}

// Answers of the search for a goal.
const (
	StepNoGoal     = "There is no goal. Name one first, as in “deadlock”."
	StepNoWay      = "No way leads to the goal from here. Undo?"
	StepNoWayKnown = "No way to the goal is known from here."
	StepSearching  = "Looking whether a way leads there …"
)

// StepReached says that the goal is reached, and how short the shortest run known is.
func StepReached(goal string, steps, shortest int) string {
	s := stepGoal(goal) + " in " + Count(steps, "step") + "."
	switch {
	case shortest == 0:
		return s
	case steps <= shortest:
		return s + " No shorter run is known."
	}
	return s + " The shortest known has " + Number(shortest) + "."
}

// stepGoal is a goal at the beginning of a sentence.
func stepGoal(goal string) string {
	switch goal {
	case "deadlock", "leak", "panic", "race", "exit":
		return strings.ToUpper(goal[:1]) + goal[1:]
	case "lost":
		return "Update lost"
	case "cut-off":
		return "Cut off"
	}
	return Plain(goal, 60)
}

// StepUnreachable says that no way leads to the goal: from a step on, 0 where that is not
// known, or at all. asks says that the run is not over.
func StepUnreachable(goal string, since int, all, asks bool) string {
	switch {
	case all:
		return "No way leads to “" + Plain(goal, 60) + "”: in no interleaving does this program come to it."
	case since > 0:
		return "From step " + Number(since) + " on no way leads there. Undo?"
	case asks:
		return "From here on no way leads there. Undo?"
	}
	return "The run is over, and did not come to “" + Plain(goal, 60) + "”. Undo?"
}

// StepNotKnown says that nobody knows whether a way leads to the goal.
func StepNotKnown(goal, blind string) string {
	if blind != "" {
		return "Whether a way leads to “" + Plain(goal, 60) + "” is not known: " + blind
	}
	return "Whether a way leads to “" + Plain(goal, 60) + "” from here is not known: not all interleavings could be tried, and none of those that were comes to it."
}

// Why a program's run is not made by hand.
const (
	StepRaced   = "with Go's race detector, Go's own scheduler decides: there is nothing to choose"
	StepNothing = "this program has no goroutines and nothing to wait for: there is nothing to choose"
)

// StepUnrecorded says that a program is not recorded.
func StepUnrecorded(why string) string {
	return "the program is not recorded, so there is nothing to choose: " + why
}

// StepKeys lists what can be answered.
func StepKeys(goal bool) string {
	s := "Type the number of a choice or a name, Enter for who made the last step, u undo, r restart, ? why, x let chance finish, q finish"
	if goal {
		s += ", h hint, s solve"
	}
	return s + "; goal GOAL, from TOKEN@STEP."
}

// StepPrompt asks for a choice.
func StepPrompt(choices []string, more, goal bool) string {
	if more {
		choices = append(choices, "…")
	}
	s := "next? [" + strings.Join(choices, "  ") + "  u undo  ? why"
	if goal {
		s += "  h hint  s solve"
	}
	return s + "  q finish] "
}

// StepOverPrompt asks when the run is over.
const StepOverPrompt = "over. [u undo  r restart  Enter leave] "

// StepFinished says that nobody answered.
const StepFinished = "Nobody answers, so the rest is made without asking: each goroutine goes on until it waits."

// StepHint says which choice leads on to the goal.
func StepHint(key int, name string) string {
	return "One way leads over " + Number(key) + " (" + name + ")."
}

// StepMore counts choices that are not listed.
func StepMore(n int) string { return "and " + Number(n) + " more" }

// StepWhy is what a goroutine waits for, and why it cannot go on.
func StepWhy(does, why string) string { return does + Before(", ", why) }

// Of a run that is over, or where nobody waits.
const (
	StepNoChoices   = "There was nothing to choose: at no moment could more than one go on."
	StepNobodyWaits = "Nobody waits."
	StepPrinted     = "It printed:"
)

// StepEnded says how a run ended. Go's reason for a deadlock names that once more.
func StepEnded(status, reason string) string {
	reason = strings.TrimSuffix(reason, " - deadlock!")
	return "The run is over: " + OrElse(FoundEndings[status], status) + Before(": ", reason) + "."
}

// StepToken names the token of the run.
func StepToken(token string) string { return "Your token: " + token }

// CommandStep is what the command does.
func CommandStep(goals []string) string {
	return "decide yourself who goes on, at each choice; goals: " + strings.Join(goals, ", ")
}

// HelpGoal explains the flag, and lists what it may be.
func HelpGoal(goals []string) string {
	return "say whether a way still leads to `GOAL`: " + strings.Join(goals, ", ")
}

// What the other flags mean.
const (
	HelpFrom     = "begin before a step of another run: `TOKEN@STEP`"
	HelpStepJSON = "take requests and print states as JSON, one a line"
)

// StepNeedsFile answers a call without a program.
const StepNeedsFile = "threading101 step: which program?\nhint: threading101 step FILE.go, or a folder that holds package main."

// Hints for the line of %step.
const (
	StepTokenHint = "a token begins with t2-: every picture of a controlled run has one"
	StepAlone     = "do one after the other, in two cells"
	StepDecides   = "with %step, you decide who goes on"
	StepFromToken = "to go on from a step of a run, write %step TOKEN@STEP"
)

// StepNobodyToAsk says that a cell does not ask who goes on.
const StepNobodyToAsk = "%step asks who goes on, and here nobody can be asked: this is where the run stands. Run this cell by itself, in a front end that has input."

// StepNothingHint says where %step finds a program.
const StepNothingHint = "put it above a program, or run one first"

// StepThin explains the small dots of a picture.
const StepThin = "A small dot is a step at which there was nothing to choose."

// StepLeft says that a run was left before its end.
const StepLeft = "You left the run before its end."

// StepTalks answers %step on a program that talks to the notebook.
const StepTalks = "this program cannot be stepped: it shows things in the notebook while it runs, and would do so at each choice"

// The table of who can go on.
const (
	StepTableWho   = "goroutine"
	StepTableDoes  = "what comes next"
	StepTableWhere = "line"
	StepTableKey   = "choice"
)

// StepNoInput says that a program got no input.
const StepNoInput = "The program reads its input. There is none while you choose: it finds the end of it."

// StepKeysPrompt lists the keys of a terminal.
func StepKeysPrompt(goal, over bool) string {
	s := "1–9 choose  Enter stay  u undo  r restart  x let chance finish"
	switch {
	case over:
		return "u undo  r restart  q leave  : type a line "
	case goal:
		s += "  h hint  s solve"
	}
	return s + "  q finish  : type a line "
}

// StepMadeOrStep answers a request that names two places of a run.
const StepMadeOrStep = "Say from which step, or how many choices: not both."
