package finding

import (
	"fmt"
	"slices"
	"strings"
	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// ExplainPlace is a place in a sentence; same where the one before was in the
// same declaration, cell or file.
func ExplainPlace(pos model.Pos, file string, same bool) string {
	if same || pos.Cell == 0 && file == "" {
		return fmt.Sprintf("line %d", pos.Line)
	}
	return words.Place(pos, file)
}

// What a lock is wanted for.
const (
	ExplainToRead  = " (to read)"
	ExplainToWrite = " (to write)"
)

// ExplainHolder is one of those who wait in a circle.
type ExplainHolder struct {
	Who            string
	Held, HeldAt   string // what the one before waits for
	Reads          bool   // it is held for reading
	Queued         bool   // it is not held: its turn comes before that of later readers
	Wants, WantsAt string
	To             string
	Once           bool // it waits for a Once, whose function it runs
	Statement      bool // it waits for a transaction
}

// ExplainCircle says who holds what and waits for what.
func ExplainCircle(all []ExplainHolder) string {
	if len(all) == 1 {
		return explainItself(all[0])
	}
	if i := slices.IndexFunc(all, func(h ExplainHolder) bool { return !h.Queued }); i > 0 {
		all = slices.Concat(all[i:], all[:i]) // who holds the lock comes before who waits for it
	}
	const most = 4
	var parts []string
	for i, h := range all {
		if i == most-1 && len(all) > most {
			parts = append(parts, fmt.Sprintf("and so on round %d goroutines", len(all)))
			break
		}
		parts = append(parts, explainPart(h))
	}
	end := ": none of them can go on."
	if len(all) == 2 {
		end = ": neither can go on."
	}
	return strings.Join(parts, "; ") + end
}

func explainPart(h ExplainHolder) string {
	if h.Queued {
		return h.Who + " waits for " + h.Wants + h.To + words.AtPlace(h.WantsAt) + ", and " + newReaders
	}
	wants := h.Wants
	if h.Wants == h.Held {
		wants += " again"
	}
	return h.Who + " holds " + h.Held + forReading(h.Reads) + words.InParens(h.HeldAt) + " and waits for " + wants + h.To + words.AtPlace(h.WantsAt)
}

// newReaders is the rule of an RWMutex that few expect.
const newReaders = "new readers wait behind a writer that waits"

func explainItself(h ExplainHolder) string {
	if h.Statement {
		return h.Who + " has locked " + h.Held + " in a transaction" + words.InParens(h.HeldAt) + ". Its statement" + words.AtPlace(h.WantsAt) + " is not part of that transaction, and waits for it to end: " + h.Who + " waits for itself."
	}
	if h.Once {
		return h.Who + " runs " + h.Held + ".Do" + words.InParens(h.HeldAt) + " and calls " + h.Held + ".Do again before that is over" + words.AtPlace(h.WantsAt) + ": it waits for itself."
	}
	if !h.Reads && h.To != ExplainToRead {
		return h.Who + " locked " + h.Held + words.AtPlace(h.HeldAt) + " and wants to lock it again" + words.AtPlace(h.WantsAt) + ": it waits for itself."
	}
	return h.Who + " holds " + h.Held + forReading(h.Reads) + words.InParens(h.HeldAt) + " and waits for it" + h.To + words.AtPlace(h.WantsAt) + ": it waits for itself."
}

func forReading(reads bool) string {
	if reads {
		return " for reading"
	}
	return ""
}

// ExplainWait is what some goroutines wait for.
type ExplainWait struct {
	Who        []string
	Op         event.Op
	Object, At string
	To         string
	Value      string // of a send; of a select the number of its cases
	Cases      string // of a select, where they are known: see SelectCases
}

// ExplainWaits says who waits for what, and why it does not come.
func ExplainWaits(w ExplainWait, reason string) string {
	return words.List(w.Who) + words.Verb(len(w.Who), " waits", " wait") + explainWhat(w) + reason + "."
}

func explainWhat(w ExplainWait) string {
	at := words.AtPlace(w.At)
	switch w.Op {
	case event.SendWant:
		if w.Object == "" {
			return at + " to send to a channel that is nil"
		}
		return at + " to send " + words.After(w.Value, " ") + "to " + w.Object
	case event.RecvWant:
		if w.Object == "" {
			return at + " to receive from a channel that is nil"
		}
		return at + " to receive from " + w.Object
	case event.SelectWant:
		if w.Value == "0" {
			return " for ever" + at + ", in a select without cases"
		}
		return at + " in a select" + words.Before(" ", w.Cases)
	}
	return " for " + words.OrElse(w.Object, "something") + w.To + at
}

// ExplainTransaction is why a statement waits.
type ExplainTransaction struct {
	Pool  bool   // all connections are in use
	Own   bool   // it waits for another transaction of the same goroutine
	Who   string // whose transaction it waits for, "" if it is not known
	At    string // where that has locked what is waited for, "" if it is not known
	Ended bool   // who began it has returned
}

// ExplainInDatabase says what statements wait for, and why that does not come.
func ExplainInDatabase(w ExplainWait, t ExplainTransaction) string {
	s := words.List(w.Who) + words.Verb(len(w.Who), " waits", " wait") + words.AtPlace(w.At) + " for "
	if t.Pool {
		return s + words.ReportConnection + ": all that SetMaxOpenConns allows are in use, and nobody can give one back any more."
	}
	has := words.OrElse(t.Who, "another transaction") + " has locked"
	if t.Own {
		has = "another transaction of its own has locked"
	}
	if w.Object != "" {
		s, has = s+w.Object+": ", has+" it"
	} else {
		s += "what "
	}
	if s += has + words.InParens(t.At); t.Ended {
		s += " and returned without Commit or Rollback"
	}
	return s + "."
}

// ExplainMissing says how many calls of Done a group still needs; last if no goroutine can make them.
func ExplainMissing(n int, last bool) string {
	s := fmt.Sprintf(": %d calls of Done are missing", n)
	them := "them"
	if n == 1 {
		s, them = ": 1 call of Done is missing", "it"
	}
	if last {
		s += ", and nobody can make " + them + " any more"
	}
	return s
}

// ExplainOwing says whose calls of Done are missing; last where none of them can
// call it any more.
func ExplainOwing(who []string, last bool) string {
	s := ": " + words.List(who) + words.Verb(len(who), " has", " have") + " not called Done"
	if last {
		s += ", and cannot any more"
	}
	return s
}

// ExplainOwnDone says that those who wait were counted in the group themselves.
func ExplainOwnDone(n int) string {
	if n == 1 {
		return ": one of the calls of Done that it waits for is its own, so it waits for itself"
	}
	return ": among the calls of Done that they wait for are their own, so each waits for itself"
}

// ExplainNoReceiver says that there is no other goroutine to receive, while some
// values lie in the channel.
func ExplainNoReceiver(lying int) string {
	if lying > 0 {
		return ": " + words.Count(lying, "value") + words.Verb(lying, " fills", " fill") + " its buffer, and no other goroutine is left to receive"
	}
	return ": a send waits until another goroutine receives, and there is no other"
}

// ExplainNoSender says that there is no other goroutine to send.
const ExplainNoSender = ", and no other goroutine is left to send to it or close it"

// ExplainHeldBy says who has a lock; ended where that one has returned with it,
// reads where it reads under it.
func ExplainHeldBy(who, at string, ended, reads bool) string {
	if ended {
		return ": " + who + " locked it" + words.AtPlace(at) + " and returned without unlocking it"
	}
	return ", held by " + who + forReading(reads) + words.Before(" since ", at)
}

// ExplainBehind says that a reader waits behind a writer.
func ExplainBehind(who, at string) string {
	return " behind " + who + ", which has waited to write" + words.Before(" since ", at) + ": " + newReaders
}

// ExplainMoreWait and ExplainMoreCut count those that are not named.
func ExplainMoreWait(n int) string {
	return words.Count(n, "more goroutine") + words.Verb(n, " waits.", " wait.")
}

// ExplainMoreCut counts those that were cut off elsewhere.
func ExplainMoreCut(n int) string {
	return words.Count(n, "more goroutine") + words.Verb(n, " was cut off.", " were cut off.")
}

// ExplainCut says who was cut off, and where.
func ExplainCut(who []string, where string) string {
	return words.List(who) + words.Verb(len(who), " was", " were") + " cut off" + where + "."
}

// ExplainStuck says that a goroutine waited for what nothing ever does.
func ExplainStuck(who []string, where string) string {
	return words.List(who) + words.Verb(len(who), " was", " were") + " waiting, for good" + where + "."
}

// What would have let a goroutine go on that waited when it was cut off.
const (
	ExplainHadCome = "; it could have gone on by then"
	ExplainWasDue  = "; time would have woken it"
)

// Where a goroutine was when it was cut off.
const (
	ExplainNeverBegan = " without taking a step"
	ExplainJustBegun  = " just after beginning"
)

// ExplainLastSeen is the last step of a goroutine that was cut off.
func ExplainLastSeen(at, does string) string {
	if at == "" {
		return ", last seen when it " + does
	}
	return ", last seen at " + at + " (" + does + ")"
}

// ExplainStillHeld says that it had a lock then.
func ExplainStillHeld(lock, at string) string {
	return "; it still held " + lock + words.InParens(at)
}

// ExplainAccess is a read or a write of a variable.
type ExplainAccess struct {
	Who, Value, At string
	Write          bool
	Step           int
}

func (a ExplainAccess) says(object string) string {
	does := " reads "
	if a.Write {
		does = " writes "
	}
	return a.Who + does + object + words.Before(" = ", a.Value) + a.where()
}

func (a ExplainAccess) where() string { return words.InParens(ExplainStep(a.At, a.Step)) }

// ExplainLost tells how an update was lost, and how often that happened.
func ExplainLost(read, write, over ExplainAccess, object string, times int) string {
	s := read.says(object) + "; " + write.says(object) + "; then " + over.says(object) + ", without having seen what " + write.Who + " wrote: that update is lost."
	if times > 1 {
		s += fmt.Sprintf(" This happens to %s %d times in this run.", object, times)
	}
	return s
}

// ExplainLucky is said of a race that did no harm.
func ExplainLucky(object string) string {
	return "No update of " + object + " was lost in this run, but it is still a race: another run may lose one."
}

// ExplainSpin says what one does in a loop that never ends, and where.
func ExplainSpin(who string, does []string) string {
	return who + " asks again and again, and gets the same answer: " + strings.Join(does, "; ") + "."
}

// ExplainDoes is a step and its place.
func ExplainDoes(does, at string) string { return does + words.InParens(at) }
