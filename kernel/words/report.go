package words

import (
	"fmt"
	"strings"
	"threading101/kernel/event"
)

// ReportHint opens a line of advice.
const ReportHint = "hint: "

// ReportPlace says where something is. A file of our own making has no name for
// the learner.
func ReportPlace(cell int, file string, line int) string {
	switch {
	case cell > 0:
		return fmt.Sprintf("cell %d, line %d", cell, line)
	case line == 0:
		return file
	case file == "":
		return fmt.Sprintf("line %d", line)
	}
	return fmt.Sprintf("%s:%d", file, line)
}

// ReportFailed is said where nothing more is known.
const ReportFailed = "the cell could not be compiled"

// ReportAndMore says that the list has more errors than the line shows.
func ReportAndMore(n int) string {
	return fmt.Sprintf(" (and %s)", Count(n, "more error"))
}

// CrashHead is the first line of a crash, as Go prints it.
func CrashHead(kind, message string) string {
	if kind == "panic" {
		return "panic: " + message
	}
	return "fatal error: " + message
}

// ReportIn says in which goroutine something happened.
func ReportIn(who, started string) string {
	if started != "" {
		return fmt.Sprintf("in %s, which was started at %s", who, started)
	}
	return "in " + who
}

// ReportGoroutine names a goroutine by its number.
func ReportGoroutine(id int) string { return fmt.Sprintf("goroutine %d", id) }

// ReportMoreCalls says that a stack goes on.
func ReportMoreCalls(n int) string { return "  … and " + Count(n, "more call") }

// ReportMoreGoroutines says that a list of goroutines goes on.
func ReportMoreGoroutines(n int, atLeast bool) string {
	if atLeast {
		return "  … and at least " + Count(n, "more goroutine")
	}
	return "  … and " + Count(n, "more goroutine")
}

// ReportRepeated says that a call stands for several like it.
func ReportRepeated(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("  (and %s, one inside the other)", Count(n, "more call"))
}

// ReportWasAt says where a goroutine was when the run was stopped, ReportLastSeen where
// its last step was: it may have been anywhere behind that.
const (
	ReportWasAt    = "was at"
	ReportLastSeen = "was last seen at"
)

// ReportNames opens a sentence about each of several goroutines, and names at most three.
func ReportNames(names []string) string {
	each := ": each"
	if len(names) == 1 {
		each = ""
	}
	return listUpTo(2, names) + each
}

// ReportItself stands for the goroutine that waits for its own lock.
const ReportItself = "itself"

// ReportHeldBy says who has a lock.
func ReportHeldBy(name string) string { return ", held by " + name }

// ReportBehind says behind whom a reader waits.
func ReportBehind(name string) string { return " behind " + name + ", which waits to write" }

// ReportWaits says what a goroutine waits for, and why it does not come. The object of a
// select is what [SelectCases] says.
func ReportWaits(op event.Op, object, reason string) string {
	a := Act{Object: object}
	return a.fill(waitingOf(op).report) + reason
}

// ReportState says what a goroutine waits for in the words of Go's runtime.
func ReportState(state string) string {
	switch state {
	case "sync.Mutex.Lock", "semacquire", "sync.RWMutex.Lock":
		return "waits for a lock"
	case "sync.RWMutex.RLock":
		return "waits for a lock (to read)"
	case "sync.WaitGroup.Wait":
		return "waits for a group"
	case "chan send":
		return "waits to send to a channel"
	case "chan receive":
		return "waits to receive from a channel"
	case "chan send (nil chan)":
		return "waits to send to a channel that is nil"
	case "chan receive (nil chan)":
		return "waits to receive from a channel that is nil"
	case "select":
		return "waits in a select"
	case "select (no cases)":
		return "waits in a select without cases"
	case "sync.Cond.Wait":
		return "waits for a condition"
	}
	return "waits (" + state + ")"
}

// ReportCircle says who waits for whom; the first name comes again at the end.
func ReportCircle(names []string) string {
	if len(names) == 2 {
		return names[0] + " waits for itself."
	}
	return "They wait in a circle: " + strings.Join(names, " → ") + "."
}

// Advice on deadlocks.
const (
	ReportNilChannel = "a channel that was declared but never made is nil, and waiting on it never ends. Make it: ch := make(chan …)"
	ReportMainLeft   = "runtime.Goexit ends main's own goroutine, not the program: when the others have ended too, nobody is left to return. Let main return, or call os.Exit."
	ReportSelfLock   = "a goroutine that holds a lock must not lock it again: it waits for itself."
	ReportReadAgain  = "new readers wait behind a waiting writer. While you hold the read lock, do not read-lock again, and do not wait for a goroutine that has to."
	ReportLockOrder  = "where several locks are needed, take them in the same order everywhere: then no circle can form."
)

// What a statement waits for, and advice on that.
const (
	ReportConnection     = "a connection to the database"
	ReportPool           = "all connections that SetMaxOpenConns allows are in use. A transaction keeps its connection until Commit or Rollback, and a query keeps it until all rows are read or closed."
	ReportOwnTransaction = "a statement sent through the database, not through the transaction, is not part of it, and can wait for it: use the transaction for all of its statements."
)

// ReportNeverEnded is advice on a transaction whose goroutine has returned.
func ReportNeverEnded(who string) string {
	return fmt.Sprintf("%s returned and left its transaction open. Put defer tx.Rollback() right after Begin to be sure: after Commit it does nothing.", who)
}

// ReportNeverUnlocked is advice on a lock whose holder has returned.
func ReportNeverUnlocked(who, lock string) string {
	return fmt.Sprintf("%s returned without unlocking %s. Put defer %s.Unlock() right after Lock to be sure.", who, lock, lock)
}

// ReportOnlyWaits is advice on a deadlock in which all wait in the same way.
func ReportOnlyWaits(op event.Op) string { return waitingOf(op).only }

// ReportExitAt says who ended the program where.
func ReportExitAt(who, place string) string {
	return fmt.Sprintf(": %s ended the program at %s", who, place)
}

// ReportExitHint says what ending a program means.
const ReportExitHint = "os.Exit and log.Fatal end the whole program at once: other goroutines are cut off and deferred calls do not run."

// ReportRaces counts what the race detector found.
func ReportRaces(n int) string {
	return "Go's race detector found " + Count(n, "data race")
}

// ReportRace opens the report of one race.
func ReportRace(object string) string {
	if object == "" {
		return "two accesses to the same memory, with nothing that orders them:"
	}
	return "two accesses to " + object + ", with nothing that orders them:"
}

// ReportAccess is one side of a race; its place follows.
func ReportAccess(who string, write bool) string {
	does := "reads at"
	if write {
		does = "writes at"
	}
	if who == "" {
		who = "one goroutine"
	}
	return who + " " + does
}

// ReportRaceHint says what mends a race.
const ReportRaceHint = "hold the same lock around both, or let one goroutine own the data and send it the work. Right output does not mean there is no race."

// CheckFailed says that a property does not hold, and why, "" if that is not known;
// others is how many more do not hold.
func CheckFailed(property, why string, others int) string {
	s := property + " does not hold" + Before(": ", why)
	if others > 0 {
		s += " (and " + Number(others) + Verb(others, " more fails)", " more fail)")
	}
	return s
}

// ReportStop names an end that the scheduler made, where nothing more exact is known.
const ReportStop = "the scheduler ended the run"

// ReportStepsHint and its like say what to try.
const (
	ReportStepsHint  = "the last part of the picture shows what was repeated"
	ReportSpinHint   = "a loop that keeps checking waits for ever when no other goroutine can change anything. Wait with a channel, a sync.Cond or a sync.WaitGroup instead"
	ReportBusyHint   = "one goroutine computes for a long time without touching anything shared, and in a controlled run all others wait for it. %real runs it under Go's own scheduler"
	ReportReplayHint = "the token's decisions name goroutines or choices that this program does not have at that step"
)

// ReportInterrupted and ReportStopped answer the ■ button.
const (
	ReportInterrupted = "interrupted: the program was stopped"
	ReportStopped     = "interrupted: the cell was stopped before its program ran"
)

// ReportDied and its hints tell of a GoNB that ended by itself.
const (
	ReportDied         = "GoNB, which compiles the cells, ended unexpectedly and was started again"
	ReportDiedRestored = "the declarations of earlier cells have been restored. Run the cell again."
	ReportDiedLost     = "the declarations of earlier cells are lost. Run all cells from the top."
)

// ReportImportFailed and its hints tell of a package that is not there.
const (
	ReportImportFailed = "a package could not be fetched"
	ReportOffline      = "this machine could not reach any server to fetch packages from. Packages of the standard library work without a network; check the spelling of the import path."
	ReportNotInStd     = "the standard library has no such package. Check the spelling; a package from elsewhere begins with a host, like github.com/…"
	ReportNoModule     = "no package of that name was found. Check the spelling of the import path."
	ReportNotFetched   = "the package has not been fetched yet. In a notebook: !*go get PATH"
)

// Redeclared says, as Go does, that a cell declares a name twice.
func Redeclared(name string, line int) string {
	return fmt.Sprintf("%s redeclared in this block (also declared in line %d)", name, line)
}

// mostDeclared is how many names a cell's line of declarations holds.
const mostDeclared = 8

// Declaration is what a cell declares: "type" and "Worker", "func" and "Worker.Run".
type Declaration struct{ Kind, Name string }

// Declared lists what a cell declares. A function Main is not what somebody meant to
// declare.
func Declared(all []Declaration) string {
	var names []string
	for i, d := range all {
		if i == mostDeclared {
			names = append(names, Number(len(all)-i)+" more")
			break
		}
		names = append(names, d.Kind+" "+d.Name)
	}
	text := "declared: " + strings.Join(names, ", ")
	for _, d := range all {
		if d == (Declaration{"func", "Main"}) {
			text += ". Nothing runs it: did you mean main? Go tells upper and lower case apart"
		}
	}
	return text
}

// ReportAlone is the hint for a main that waits in a program of one cell, in which
// nobody else was started.
const ReportAlone = "nobody else was started in this program: a cell with func main is a program of its own, and goroutines of other cells are not in it. Cells of statements, without func main, continue one program."

// LeftOver says how to get rid of a declaration that an earlier cell left behind. key is
// what %rm takes: "Worker~Run".
func LeftOver(cell int, key string) string {
	return fmt.Sprintf("cell [%d] still declares this. Change it there and run that cell again, or forget it: %%rm %s", cell, key)
}

// NotDeclaredYet says that a new kernel does not know some names.
func NotDeclaredYet(names []string) string {
	return "not declared in this kernel yet: " + List(names)
}

// RunAbove says what to do about that.
const RunAbove = "run the cells above first: a kernel that was just started knows nothing of them (Run, Run All Above Selected Cell)."
