package words

import "threading101/kernel/event"

// The words of a run in columns: as short as code, and like it.

// The two tables of a run in columns.
const (
	ColumnsShort = "The steps that matter"
	ColumnsWhole = "All steps"
)

// ColumnsSize counts the steps of a table, and those of the run where they are more.
func ColumnsSize(n, of int) string {
	if n == of {
		return "(" + Number(n) + ")"
	}
	return "(" + Number(n) + " of " + Number(of) + ")"
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
const ColumnsScheduler = "switch without a reason: the goroutine could have continued, but the scheduler chose another one."

// ColumnsFolded explains blocks that stand for several rounds.
const ColumnsFolded = "× N: these steps came N times in a row; “a … b” are the values of the first round and the last."

// ColumnsTimes marks steps that came so often, one round after the other.
func ColumnsTimes(n int) string { return "× " + Number(n) }

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
	s := sayingOf(a.Op)
	switch class := event.Table[a.Op].Class; {
	case a.Waiting:
		return columnsWaits(a, holder, itself)
	case class == event.ClassMemory || class == event.ClassAtomic:
		return columnsMemory(a)
	case s.gone != "" && a.otherwise():
		return a.fill(s.gone)
	case s.code != "":
		return a.fill(s.code)
	}
	return does(a)
}

func columnsWaits(a Act, holder string, itself bool) string {
	s := a.fill(waitingOf(a.Op).waits)
	switch {
	case !forLock(a.Op):
		return s
	case a.Behind:
		return s + " (behind " + a.Other + ", a writer)"
	case itself:
		return s + " (holds it itself)"
	case holder == "":
		return s
	}
	return s + " (" + holder + " holds it)"
}

// columnsMemory writes an access as Lincheck does: what was read stands behind an
// arrow, what was written behind an equals sign.
func columnsMemory(a Act) string {
	name, reads := OrElse(a.Object, "variable"), event.Table[a.Op].Reads()
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

// ColumnsReason says why a goroutine that waits cannot go on; "" where it is not
// known.
func ColumnsReason(a Act, holder string, itself bool) string {
	switch name := OrElse(a.Object, "it"); {
	case a.Pool:
		return "no connection is free"
	case !forLock(a.Op):
	case a.Behind:
		return a.Other + " waits to write, and comes first"
	case itself:
		return name + " is held by itself"
	case holder != "":
		return name + " is held by " + holder
	}
	return a.fill(waitingOf(a.Op).reason)
}

// ColumnsGone is how a goroutine ended that did not return.
const (
	ColumnsCut     = "✂ cut off"
	ColumnsWaits   = "∿ waits"
	ColumnsForever = "✖ waits for ever"
)

// ColumnsNotDrawn says who has no column, and how many steps they made.
func ColumnsNotDrawn(names []string, steps int) string {
	return "Not drawn: " + List(names) + ", with " + Count(steps, "step") + "."
}
