package words

import (
	"strings"
	"threading101/kernel/event"
)

// Act is what a goroutine did at one step, ready to be put in words. Its texts
// have gone through Plain.
type Act struct {
	Op      event.Op
	Object  string
	Value   string
	Other   string // the goroutine started, waited for, received from …
	To      string // of a send that is one step with its receive: who receives
	Closed  bool   // a receive from a closed, empty channel
	Failed  bool   // a try that did not succeed
	Behind  bool   // Other has not got the lock, but waits to write and comes first
	Own     bool   // a statement waits for another transaction of the same goroutine
	Pool    bool   // a statement waits for a connection
	Waiting bool   // reached the call and had to wait there
	Select  bool   // a case of a select
	Main    bool   // main did it
	Prompt  bool   // it is about the prompt between two cells
	Ends    bool   // and this was the goroutine's last step
}

// Does completes "goroutine A …": "locks mu", "prints “A 1”".
func Does(a Act) string {
	s := does(a)
	if a.Select {
		s += " (select)"
	}
	if a.Ends {
		s += ", returns"
	}
	return s
}

func does(a Act) string {
	if a.Waiting {
		return waits(a)
	}
	if a.Prompt {
		return atPrompt(a.Op)
	}
	s := sayingOf(a.Op)
	if s.not != "" && a.otherwise() {
		return a.fill(s.not)
	}
	return a.fill(s.does)
}

// atPrompt says what main does at the prompt between two cells.
func atPrompt(op event.Op) string {
	if op == event.Woke {
		return "goes on"
	}
	return "is at your prompt"
}

// waits says what a goroutine waits for, and who could end the waiting.
func waits(a Act) string {
	s := a.fill(waitingOf(a.Op).waits)
	switch {
	case a.Op == event.StatementWant:
		return a.fill(a.inDatabase() + ": {value|a statement}")
	case !forLock(a.Op) || a.Other == "":
		return s
	case a.Behind:
		return s + " behind " + a.Other + ", which waits to write"
	}
	return s + ", held by " + a.Other
}

// inDatabase says what a statement waits for.
func (a *Act) inDatabase() string {
	switch named := a.Object != ""; {
	case a.Pool:
		return "waits for a connection"
	case named && a.Own:
		return "waits for {object}, locked by another transaction of its own"
	case a.Own:
		return "waits for another transaction of its own"
	case named:
		return "waits for {object}, locked by {other|another}"
	}
	return "waits for {other|another}’s transaction"
}

// forLock says whether an operation waits for a lock.
func forLock(op event.Op) bool {
	return event.Table[event.Table[op].Wait].Hold != event.HoldNothing
}

// Itself stands for the holder of a lock who wants it once more.
const Itself = "itself"

// otherwise says whether what was tried did not come about, or found nothing.
func (a *Act) otherwise() bool {
	switch a.Op {
	case event.Select:
		return a.Object == ""
	case event.Print:
		return a.Value == ""
	case event.StopTimer:
		return a.Value == "false"
	}
	return a.Failed || a.Closed
}

// fill puts what was done into a sentence about an operation. {object}, {value},
// {other} and {to} stand for what is known; {object|the lock} says "the lock" where it is not,
// and what stands in [brackets] is left out where what they ask for is not known.
func (a *Act) fill(sentence string) string {
	var b strings.Builder
	for sentence != "" {
		i := strings.IndexAny(sentence, "[{")
		if i < 0 {
			b.WriteString(sentence)
			break
		}
		b.WriteString(sentence[:i])
		inside, rest := bracketed(sentence[i:])
		if sentence[i] == '{' {
			b.WriteString(a.known(inside))
		} else if a.knows(inside) {
			b.WriteString(a.fill(inside))
		}
		sentence = rest
	}
	return b.String()
}

// bracketed is what stands in the brackets with which s begins, and what follows.
func bracketed(s string) (inside, rest string) {
	end := "}"
	if s[0] == '[' {
		end = "]"
	}
	inside, rest, _ = strings.Cut(s[1:], end)
	return inside, rest
}

// known is what is known under a name, or what is said instead.
func (a *Act) known(name string) string {
	name, instead, _ := strings.Cut(name, "|")
	switch name {
	case "object":
		return OrElse(a.Object, instead)
	case "value":
		return OrElse(a.Value, instead)
	case "to":
		return OrElse(a.To, instead)
	}
	return OrElse(a.Other, instead)
}

// knows says whether what a part of a sentence asks for is known.
func (a *Act) knows(part string) bool {
	i := strings.IndexByte(part, '{')
	if i < 0 {
		return false
	}
	name, _ := bracketed(part[i:])
	return a.known(name) != ""
}
