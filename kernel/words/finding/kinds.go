package finding

import (
	"fmt"
	"strconv"
	"strings"
	"threading101/kernel/event"
	"threading101/kernel/words"
)

// The kinds of explanation: each is a term that a learner can look up.
const (
	KindEndless      = "endless loop"
	KindClosed       = "send on a closed channel"
	KindClosedTwice  = "channel closed twice"
	KindNil          = "nil pointer"
	KindNegative     = "negative WaitGroup counter"
	KindUnlocked     = "unlock of an unlocked lock"
	KindLateAdd      = "late Add"
	KindCopied       = "copied lock"
	KindCopiedGroup  = "copied WaitGroup"
	KindLostWakeUp   = "lost wake-up"
	KindWrongWaiter  = "missed signal"
	KindDeadlock     = "deadlock"
	KindLeak         = "leaked goroutine"
	KindCutOff       = "cut off by main"
	KindOverlap      = "overlapping calls"
	KindCrowd        = "too many calls at once"
	KindDisorder     = "calls out of order"
	KindUntrue       = "condition that is not true"
	KindCheckThenAct = "check-then-act"
	KindHalfLocked   = "lock that does not cover the read"
	KindTwoLocks     = "two different locks"
	KindLostUpdate   = "lost update"
	KindRace         = "data race"
	KindLucky        = "right total, still a race"
)

// ExplainTitled puts the name of a kind before a sentence that does not say it.
func ExplainTitled(kind, sentence string) string {
	return strings.ToUpper(kind[:1]) + kind[1:] + ": " + sentence
}

// ExplainClosedBefore says that a channel was closed before somebody sent to it.
func ExplainClosedBefore(closer, closedAt, sender, value, sentAt, channel string) string {
	return closer + " closes " + channel + words.InParens(closedAt) + "; then " + sender + " sends " + words.After(value, " ") + "to " + channel + words.AtPlace(sentAt) + endClosed
}

// ExplainClosedAfter says that it was closed while somebody waited to send to it.
func ExplainClosedAfter(closer, closedAt, sender, value, sentAt, channel string) string {
	return sender + " waits to send " + words.After(value, " ") + "to " + channel + words.InParens(sentAt) + "; then " + closer + " closes " + channel + words.InParens(closedAt) + endClosed
}

// ExplainClosedSelect says that a select chose to send to a channel that was closed.
func ExplainClosedSelect(closer, closedAt, sender, sentAt, channel string) string {
	return closer + " closes " + channel + words.InParens(closedAt) + "; then the select of " + sender + " chooses to send to " + channel + words.InParens(sentAt) +
		": for a select a closed channel is always ready, and sending on it panics."
}

const endClosed = ": sending on a closed channel panics."

// ExplainClosedTwice says who had closed a channel before it was closed again.
func ExplainClosedTwice(first, channel, at, second, again string) string {
	it := second
	if first == second {
		it = "it"
	}
	return first + " closes " + channel + words.InParens(at) + "; then " + it + " closes " + channel + " again" + words.AtPlace(again) + ": a channel can be closed only once; the second close panics."
}

// ExplainNil says that a nil pointer was used, and that nobody had set it.
func ExplainNil(who, object, at string) string {
	return who + " reads " + object + " = nil" + words.InParens(at) + " and uses what it should point to; nobody has written to " + object + " before."
}

// ExplainNilWritten says that a nil was followed, and who had written it.
func ExplainNilWritten(who, object, at, writer, wrote string) string {
	return writer + " writes " + object + " = nil" + words.InParens(wrote) + "; then " + who + " reads it" + words.InParens(at) + " and uses what it should point to."
}

// ExplainNegative says that Done was called more often than Add had promised.
func ExplainNegative(who, group, at string, done, added int) string {
	return who + " calls " + group + ".Done" + words.InParens(at) + ": that is call number " + strconv.Itoa(done) + " of Done, but Add had counted only " + strconv.Itoa(added) + "."
}

// ExplainUnlocked says that a lock was unlocked while nobody held it. last is the
// goroutine that had unlocked it before, "" if there is none.
func ExplainUnlocked(who, lock, at, last, lastAt string) string {
	s := who + " unlocks " + lock + words.InParens(at) + ", but nobody holds it: "
	switch last {
	case "":
		return s + "nobody had locked it."
	case who:
		return s + "it had already unlocked it" + words.InParens(lastAt) + "."
	}
	return s + last + " had already unlocked it" + words.InParens(lastAt) + "."
}

// ExplainLastPartner says who received, or sent, last, and has returned since.
func ExplainLastPartner(who string, op event.Op, at string) string {
	does := " was the last to receive from it"
	if op == event.Send {
		does = " was the last to send to it"
	}
	return ": " + who + does + words.InParens(at) + ", and has returned"
}

// ExplainLateAdd says that Wait did not wait for a goroutine whose Add was still
// to come.
func ExplainLateAdd(waiter, group, waitedAt, who, addedAt, startedAt string) string {
	return waiter + " has waited for " + group + words.InParens(waitedAt) + " before " + who + " calls " + group + ".Add" + words.InParens(addedAt) +
		": Wait does not wait for an Add that is still to come. It belongs before the go statement" + words.InParens(startedAt) + "."
}

// ExplainAddAtZero says that Add was called beside a Wait while the group stood at 0.
func ExplainAddAtZero(waiter, group, waitAt, who, addedAt string) string {
	return who + " calls " + group + ".Add" + words.InParens(addedAt) + " while " + waiter + " waits for " + group + words.InParens(waitAt) + " and " + group +
		" is at 0: then Wait may return at once, without waiting for " + who + ". Add belongs before the go statement."
}

// ExplainCopied says that two hold what the source calls one lock.
func ExplainCopied(first, firstAt, second, secondAt, lock string) string {
	return second + " locks " + lock + words.InParens(secondAt) + " while " + first + " still holds " + lock + words.InParens(firstAt) +
		": each has locked a copy of its own, and copies of a lock do not exclude each other."
}

// ExplainCopiedGroup says that Done was called on copies of the group that is
// waited for.
func ExplainCopiedGroup(waiter, waitAt, group string, who []string, doneAt string) string {
	copies := " on a copy of it"
	if len(who) > 1 {
		copies = ", each on a copy of it"
	}
	return waiter + " waits for " + group + words.AtPlace(waitAt) + "; " + words.List(who) + words.Verb(len(who), " calls", " call") + " Done" + words.AtPlace(doneAt) + copies +
		": a copy has a counter of its own, and " + waiter + " never sees it change."
}

// ExplainStep is a place and the number of the step.
func ExplainStep(at string, step int) string {
	if step == 0 {
		return at
	}
	return strings.TrimPrefix(at+fmt.Sprintf(", step %d", step), ", ")
}

// ExplainLostWakeUp says that a signal came when nobody waited.
func ExplainLostWakeUp(who string, broadcast bool, condition, at string, waiters []string, waitAt string) string {
	does := " signals "
	if broadcast {
		does = " broadcasts on "
	}
	return who + does + condition + words.InParens(at) + " when nobody waits for it; " + words.List(waiters) + words.Verb(len(waiters), " begins", " begin") + " to wait" + words.AtPlace(waitAt) +
		" only then, and nobody can signal it any more: a signal is not remembered."
}

// ExplainTestedBefore goes before that where the one who waits had tested something
// that was changed since; looked and wrote are locks that were not held meanwhile.
func ExplainTestedBefore(test, write ExplainAccess, object, looked, wrote string) string {
	return test.tests(object) + words.Before(" without holding ", looked) + "; " + write.says(object) + words.Before(" without holding ", wrote) + "; "
}

// ExplainWrongWaiter says that a signal woke one who could not use it, and not
// another, for whom a write had made a difference.
func ExplainWrongWaiter(write ExplainAccess, object, signaller, condition, at string, woken, other ExplainAccess) string {
	and := " and"
	if signaller != write.Who {
		and = "; " + signaller
	}
	return write.says(object) + and + " signals " + condition + words.InParens(at) + ", but that wakes " + woken.Who + ", which goes back to waiting" + words.AtPlace(woken.At) + ". " +
		other.Who + ", which waits" + words.AtPlace(other.At) + " since before " + object + " changed, is not woken, and nobody can signal any more: Signal wakes only one of all who wait for " +
		condition + ", Broadcast would wake all."
}

func (a ExplainAccess) tests(object string) string {
	return a.Who + " tests " + object + words.Before(" = ", a.Value) + a.where()
}

// ExplainCheckThenAct tells how a test was no longer true when its goroutine
// acted on it; free is a lock that covered each of the three, but not all.
func ExplainCheckThenAct(test, write, act ExplainAccess, object, free string) string {
	s := test.tests(object) + "; " + write.says(object) + "; then " + act.Who + " acts on its old test and" + strings.TrimPrefix(act.says(object), act.Who) + "."
	if free != "" {
		s += " Each of them is done under the lock " + free + ", but " + free + " is free between the test and the act."
	}
	return s
}

// ExplainHalfLocked tells how an update was lost though both were written under
// one lock; givenBack where the read was made under it too.
func ExplainHalfLocked(read, write, over ExplainAccess, object, lock string, givenBack bool) string {
	how, why := " without holding "+lock, lock+" covers the write but not the read, and that update is lost."
	if givenBack {
		how, why = " under "+lock+" and releases "+lock, lock+" is free between the read and the write, and that update is lost."
	}
	return read.says(object) + how + "; " + write.says(object) + " under " + lock + "; then " + over.says(object) +
		" under " + lock + ", without having seen what " + write.Who + " wrote: " + why
}

// ExplainTwoLocks tells how an update was lost though each goroutine held a lock
// when it wrote: mine is that of the last to write. They may have the same name.
func ExplainTwoLocks(read, write, over ExplainAccess, object, mine, theirs string) string {
	locks := over.Who + " holds " + mine + ", " + write.Who + " held " + theirs + ", and two different locks"
	if mine == theirs {
		locks = "each holds a " + mine + " of its own, and two locks"
	}
	return read.says(object) + "; " + write.says(object) + "; then " + over.says(object) + ", without having seen what " + write.Who + " wrote: " +
		locks + " do not exclude each other."
}
