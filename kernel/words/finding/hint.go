package finding

import (
	"fmt"
	"strings"

	"threading101/kernel/words"
)

// Clues are what a hint can name: who is to be looked at, at which steps and lines, and
// what it is about. What is not known is empty.
type Clues struct {
	Lanes    []string // goroutines
	Steps    []int
	Object   string // the variable
	Lock     string
	Function string // that a property names
	From, To string // the first place and the last
}

// Fill puts clues into a sentence: {a} and {b} are goroutines, {object}, {lock} and
// {function} have names, {from} and {to} are places.
func (c Clues) Fill(sentence string) string {
	lane := func(i int, instead string) string {
		if i < len(c.Lanes) {
			return c.Lanes[i]
		}
		return instead
	}
	to := c.To
	if to == c.From && to != "" {
		to = "there, too"
	}
	filled := strings.NewReplacer(
		"{a}", lane(0, "one goroutine"), "{b}", lane(1, "another one"), "{object}", words.OrElse(c.Object, "the variable"), "{lock}", words.OrElse(c.Lock, "the lock"),
		"{function}", words.OrElse(c.Function, "the function"), "{from}", words.OrElse(c.From, "the first of these steps"), "{to}", words.OrElse(to, "the last of them"),
	).Replace(sentence)
	return strings.ToUpper(filled[:1]) + filled[1:]
}

// HintLook is the first hint: where to look in the picture.
func HintLook(c Clues) string {
	who := "the lanes of " + words.List(c.Lanes)
	if len(c.Lanes) == 1 {
		who = "the lane of " + c.Lanes[0]
	}
	at := ""
	if c.From != "" {
		at = ", at " + c.From
	}
	if c.To != c.From {
		at += " and " + c.To
	}
	switch {
	case len(c.Lanes) == 0:
		return "Look at the last steps of the picture: who waits, who is cut off?"
	case len(c.Steps) == 0:
		return fmt.Sprintf("Look at the end of %s%s. What should have come next?", who, at)
	}
	question := "What comes between them?"
	if len(c.Steps) == 1 {
		question = "What has come before it, and in which lane?"
	}
	return fmt.Sprintf("Look at %s in %s%s. %s", stepsOf(c.Steps), who, at, question)
}

// stepsOf is "step 4" or "steps 4, 5 and 7".
func stepsOf(steps []int) string {
	var all []string
	for _, n := range steps {
		all = append(all, words.Number(n))
	}
	if len(all) == 1 {
		return "step " + all[0]
	}
	return "steps " + words.List(all)
}

// HintLookAt is the first hint on what the compiler said: at a place, in a line of source.
func HintLookAt(place, source string) string {
	if source == "" {
		return "Look at " + place + "."
	}
	return fmt.Sprintf("Look at %s: %s", place, strings.TrimSpace(source))
}

// HintRow are the second hint and the third: what is missing, and what to write.
type HintRow struct{ Missing, Write string }

// Kinds of failures that no explanation tells.
const (
	KindPanic   = "panic"
	KindOutcome = "another outcome"
	KindAlone   = "too few goroutines"
)

// HintsOfKind are the hints for each kind of explanation.
var HintsOfKind = map[string]HintRow{
	KindLostUpdate: {
		"{a} reads {object} and writes it back later. Nothing keeps {b} out in between. The read and the write belong together.",
		"Take a lock before the read and give it back after the write: mu.Lock() above {from}, mu.Unlock() below it. Everyone who uses {object} takes the same lock.",
	},
	KindRace: {
		"{a} and {b} both use {object}, one of them writes it, and nothing orders the two: no lock, no channel, no Wait.",
		"Either put every use of {object} under one lock, at {from} and at {to}; or have {b} wait until {a} has finished: wg.Wait(), or a receive from a channel.",
	},
	KindLucky: {
		"The number was right, but {a} and {b} use {object} at the same time. Another order of the steps loses an update.",
		"Put every use of {object} under one lock: mu.Lock() before it, mu.Unlock() after it.",
	},
	KindHalfLocked: {
		"{lock} does not cover both the read and the write of {object}. What was read may be old when it is written back.",
		"One {lock}.Lock() above the read at {from}, one {lock}.Unlock() below the write, and no Unlock in between.",
	},
	KindTwoLocks: {
		"{a} and {b} each hold a lock of their own. Two locks know nothing of each other, so neither of the two ever waits.",
		"Declare one lock where both can see it, var mu sync.Mutex, and have both take that one, at {from} and at {to}.",
	},
	KindCheckThenAct: {
		"{a} tests {object} and acts on the test later. Nothing keeps {b} from changing it in between.",
		"Put the test and the act under one lock: Lock above {from}, Unlock below {to}, and nothing in between gives it back.",
	},
	KindOverlap: {
		"Nothing keeps a second call of {function} out while one is under way.",
		"One lock for all callers: mu.Lock() and defer mu.Unlock() as the first two lines of {function}, with var mu sync.Mutex outside of it.",
	},
	KindCrowd: {
		"Nothing counts how many goroutines are inside {function}.",
		"A channel with as many places as goroutines are allowed: places <- true before the call of {function}, <-places after it.",
	},
	KindUntrue: {
		"What must be true between two steps is broken there, and no lock is held that keeps others from seeing it.",
		"Put all writes that belong together into one critical section: Lock before the first, Unlock after the last. Where it is untrue from the beginning, give the variables their values where they are declared.",
	},
	KindDisorder: {
		"Nothing makes the later call wait until the earlier one has returned.",
		"Have the earlier one close a channel at its end, close(done), and the later one receive from it before it begins, <-done. A WaitGroup does the same for several.",
	},
	KindDeadlock: {
		"{a} waits at {from} for something that nobody will do any more.",
		"Find who should do it, on every way through the program: each Add(1) needs a Done, each receive a send or a close, each Lock an Unlock.",
	},
	KindLeak: {
		"{a} waits at {from}, and nobody is left who could end the waiting.",
		"Give {a} a way out: a channel with room for its message, make(chan T, 1), or somebody who closes or receives to the end.",
	},
	KindCutOff: {
		"main does not wait for {a}. When main returns, everyone else is cut off.",
		"Before main returns, wait for {a}: start it with wg.Go(…) and call wg.Wait(), or receive from a channel that {a} closes at its end.",
	},
	KindLateAdd: {
		"{a} counts itself. Wait may come before that, and then it waits for nobody.",
		"Call Add(1) before the go statement, not inside the goroutine. Or let wg.Go(…) do both.",
	},
	KindCopied: {
		"Each of them locks a copy of the lock. Copies do not exclude each other.",
		"Pass the lock, or what it is in, by pointer: func (c *T) for a method, *T for a parameter.",
	},
	KindCopiedGroup: {
		"Done counts on a copy of the WaitGroup. The one that Wait looks at never changes.",
		"Pass it by pointer, wg *sync.WaitGroup and &wg, or use it from outside without passing it.",
	},
	KindLostWakeUp: {
		"The signal comes when nobody waits, and a signal is not remembered. The test and the waiting are not one step.",
		"Test under the lock, and wait in a loop: mu.Lock(); for !ready { cond.Wait() }; mu.Unlock(). Set ready under the same lock, then signal.",
	},
	KindWrongWaiter: {
		"The signal wakes one goroutine, and that one waits for something else.",
		"cond.Broadcast() wakes all of them, and each tests again in its own loop.",
	},
	KindClosed: {
		"The channel is closed while others may still send on it.",
		"Close it in one place, when all senders have finished: wg.Wait(), then close.",
	},
	KindClosedTwice: {
		"Two close the same channel. Nobody is responsible for it alone.",
		"Let exactly one close it: whoever knows that all the others have finished.",
	},
	KindNil: {
		"{object} points to nothing yet, and nothing makes {a} wait until it does.",
		"Give {object} its value before the go statement, or have {a} wait for it: <-ready, after close(ready).",
	},
	KindNegative: {
		"Done is called more often than Add has counted.",
		"One Add(1) before each go statement, and one defer wg.Done() inside. Or wg.Go(…), which does both.",
	},
	KindUnlocked: {
		"A lock is given back that nobody holds.",
		"Each Lock has exactly one Unlock: defer mu.Unlock(), right below mu.Lock().",
	},
	KindEndless: {
		"{a} asks again and again for something that nobody will change.",
		"Have it wait instead of ask: receive from a channel, wg.Wait(), or cond.Wait(). And make sure that somebody ends the waiting.",
	},
	KindPanic: {
		"{a} panics at {from}. In another order of the steps it does not: what does it need that is not there yet?",
		"Have {a} wait until it is there: a receive from a channel, wg.Wait(), or the same lock for whoever makes it.",
	},
	KindAlone: {
		"The program starts fewer goroutines than it should. What one goroutine does alone needs no lock, and is no solution.",
		"Start the goroutines again: wg.Go(…) or go …. Then keep them apart with a lock, a channel or a Wait.",
	},
	KindOutcome: {
		"Another order of the steps gives another value. Which steps belong together and are not kept together?",
		"Put what belongs together between one Lock and one Unlock, or wait for whatever has to come first.",
	},
}

// HintsOfCircle are those for goroutines that wait for each other's locks.
var HintsOfCircle = HintRow{
	"{a} holds a lock and waits for another; {b} holds that one and waits for the first. They take the locks in different orders.",
	"Let everyone take the locks in the same order, whatever they are needed for: for example the one with the smaller number first.",
}

// HintsOfCompiler are hints on messages that begin with Message, a regular expression;
// $1 stands for its first group.
var HintsOfCompiler = []struct{ Message, Missing, Write string }{
	{`undefined: (\S+)`, "Go does not know the name $1: nobody declares it, or it is spelt in another way there.", "Declare $1 in this cell or in one above, and run that one; or write the name as it is declared. Upper and lower case count."},
	{`declared and not used: (\S+)`, "$1 gets a value, and nobody ever reads it.", "Use $1, or delete it."},
	{`"([^"]+)" imported and not used`, "Nothing in the cell uses package $1.", "Delete the import of $1."},
	{`missing return`, "There is a way through this function that ends without a result.", "Write a return with a value as its last line."},
	{`cannot use (.+?) \(.*as (\S+) value`, "$1 has another type than the one that is wanted here, $2.", "Convert it, $2(…), or declare it as $2 in the first place."},
	{`not enough arguments in call to (\S+)`, "The call of $1 has fewer values than $1 takes.", "Look at where $1 is declared, and give the call a value for each of its parameters."},
	{`too many arguments in call to (\S+)`, "The call of $1 has more values than $1 takes.", "Look at where $1 is declared, and take out what it does not ask for."},
	{`(\S+) undefined \(type (\S+) has no field or method (\S+?)\)`, "The type $2 has no $3.", "Write the name of a field or method that $2 has, or add $3 to $2."},
	{`assignment mismatch: (.*)`, "The two sides of the = do not have the same number of values: $1.", "Give each value a name of its own, or _ where you do not need it."},
	{`no new variables on left side of :=`, "All names to the left of := exist already.", "Write = instead of :=."},
	{`syntax error: unexpected (.+?),? expecting (.+)`, "Go expected $2 here and found $1.", "Look for a bracket, a comma or an operator that is missing just before it."},
	{`expected (.+), found (.+)`, "Go expected $1 here and found $2.", "Look for a bracket, a comma or an operator that is missing just before it."},
	{`(\S+) redeclared`, "$1 is declared twice.", "Delete one of the two, or give it another name."},
}

// HintCompiler and HintCompilerWrite are the hints on any other message.
const (
	HintCompiler      = "The compiler stops where it no longer understands the program. The mistake is there, or just before."
	HintCompilerWrite = "Take the line back to how it was when it last worked, and make the change in smaller steps."
)

// Hint is one of so many hints.
func Hint(n, of int, text string) string { return fmt.Sprintf("Hint %d of %d: %s", n, of, text) }

// HintLast says that there are no more.
const HintLast = "That was the last one."

// HintNone is said where there is nothing to go by: the guide's question.
const HintNone = "There is no hint for this. Ask yourself: which two steps must not change places, and which line of the program keeps them in order?"

// HintOffer is said once, after a check has failed for the third time.
const HintOffer = "Three times now. %hint gives a hint, if you like: first only where to look."

// ProgressHints counts hints.
func ProgressHints(n int) string { return words.Count(n, "hint") + " asked for." }
