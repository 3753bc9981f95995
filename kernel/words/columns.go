package words

import (
	"threading101/kernel/event"
)

// The words of a run in columns: as short as code, and like it.

// The two tables of a run in columns.
const (
	ColumnsShort = "The steps that matter"
	ColumnsWhole = "All steps"
)

// ColumnsSize counts the steps of a table, and those of the run where they are more.
func ColumnsSize(n, of int) string {
	if n == of {
		return "(" + itoa(n) + ")"
	}
	return "(" + itoa(n) + " of " + itoa(of) + ")"
}

// ColumnsSwitch is the row where another goroutine goes on; reason is "" where
// the one that ran could have gone on.
func ColumnsSwitch(reason string) string {
	if reason == "" {
		return "switch"
	}
	return "switch (reason: " + reason + ")"
}

// ColumnsScheduler explains a switch without a reason.
const ColumnsScheduler = "switch without a reason: the goroutine could have gone on, the scheduler chose another."

// ColumnsFolded explains blocks that stand for several rounds.
const ColumnsFolded = "× N: these steps came N times, one round after the other; “a … b” are the values of the first round and of the last."

// ColumnsTimes marks steps that came so often, one round after the other.
func ColumnsTimes(n int) string { return "× " + itoa(n) }

// ColumnsBetween is a value that changes from the first round of a loop to the last.
func ColumnsBetween(first, last string) string { return first + " … " + last }

// ColumnsDoes is what a goroutine does at a step. Holder is who has the lock that
// it waits for, itself that it is its own.
func ColumnsDoes(a Act, holder string, itself bool) string {
	s := columnsDoes(a, holder, itself)
	if a.Ends {
		s += ", returns"
	}
	return s
}

func columnsDoes(a Act, holder string, itself bool) string {
	if a.Waiting {
		return columnsWaits(a, holder, itself)
	}
	switch event.Table[a.Op].Class {
	case event.ClassMutex, event.ClassRWMutex:
		return columnsLock(a)
	case event.ClassMemory, event.ClassAtomic:
		return columnsMemory(a)
	case event.ClassChannel:
		return columnsChannel(a)
	}
	switch a.Op {
	case event.Go:
		return "go " + orElse(a.Other, "…")
	case event.WGAdd:
		return orElse(a.Object, "group") + ".Add(" + orElse(a.Value, "…") + ")"
	case event.WGDone:
		return orElse(a.Object, "group") + ".Done()"
	case event.Wait:
		return orElse(a.Object, "group") + ".Wait() ends"
	case event.CondWait:
		return orElse(a.Object, "condition") + ".Wait() ends"
	case event.Signal:
		return orElse(a.Object, "condition") + ".Signal()"
	case event.Broadcast:
		return orElse(a.Object, "condition") + ".Broadcast()"
	}
	return does(a)
}

func columnsWaits(a Act, holder string, itself bool) string {
	switch {
	case a.Op != event.LockWant && a.Op != event.RLockWant:
		return waits(a)
	case a.Behind:
		return "waits for " + orElse(a.Object, "the lock") + " (behind " + a.Other + ", a writer)"
	case itself:
		return "waits for " + orElse(a.Object, "the lock") + " (holds it itself)"
	case holder == "":
		return "waits for " + orElse(a.Object, "the lock")
	}
	return "waits for " + orElse(a.Object, "the lock") + " (" + holder + " holds it)"
}

func columnsLock(a Act) string {
	name := orElse(a.Object, "the lock")
	switch a.Op {
	case event.Lock:
		return "lock " + name
	case event.Unlock:
		return "unlock " + name
	case event.RLock:
		return "read-lock " + name
	case event.RUnlock:
		return "read-unlock " + name
	}
	return does(a)
}

// columnsMemory writes an access as Lincheck does: what was read stands behind an
// arrow, what was written behind an equals sign.
func columnsMemory(a Act) string {
	name, reads := orElse(a.Object, "variable"), a.Op == event.Load || a.Op == event.AtomicLoad
	s := ""
	switch {
	case a.Failed:
		return name + " has changed, no swap (atomic)"
	case a.Value == "" && reads:
		s = "reads " + name
	case a.Value == "":
		s = "writes " + name
	case reads:
		s = name + " ➜ " + a.Value
	default:
		s = name + " = " + a.Value
	}
	if event.Table[a.Op].Class == event.ClassAtomic {
		s += " (atomic)"
	}
	return s
}

func columnsChannel(a Act) string {
	name := orElse(a.Object, "a channel")
	switch {
	case a.Op == event.Send:
		return name + " <- " + orElse(a.Value, "…")
	case a.Op == event.Recv && a.Closed:
		return "<-" + name + ": closed"
	case a.Op == event.Recv:
		return "<-" + name + before(" ➜ ", a.Value)
	case a.Op == event.Close:
		return "close(" + name + ")"
	}
	return does(a)
}

// ColumnsReason says why a goroutine that waits cannot go on; "" where it is not
// known.
func ColumnsReason(a Act, holder string, itself bool) string {
	name := orElse(a.Object, "it")
	switch a.Op {
	case event.LockWant, event.RLockWant:
		switch {
		case a.Behind:
			return a.Other + " waits to write, and comes first"
		case itself:
			return name + " is held by itself"
		case holder == "":
			return name + " is taken"
		}
		return name + " is held by " + holder
	case event.WaitWant:
		return name + " is not done"
	case event.RecvWant:
		return "nothing comes from " + orElse(a.Object, "a nil channel")
	case event.SendWant:
		return "nobody takes it from " + orElse(a.Object, "a nil channel")
	case event.CondWant:
		return "no signal for " + name
	case event.SelectWant:
		return "no case can go on"
	case event.OnceWant:
		return name + " is under way"
	case event.Sleep:
		return "sleeps"
	}
	return "waits in other code"
}

// ColumnsGone is how a goroutine ended that did not return.
const (
	ColumnsCut     = "✂ cut off"
	ColumnsForever = "✖ waits for ever"
)

// ColumnsNotDrawn says who has no column, and how many steps they made.
func ColumnsNotDrawn(names []string, steps int) string {
	return "Not drawn: " + List(names) + ", with " + Count(steps, "step") + "."
}
