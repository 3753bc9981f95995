package words

import (
	"strconv"
	"strings"
	"time"

	"threading101/kernel/model"
)

// ControlledRun labels a run whose order the scheduler of this course chose.
// Where the token's switches decided, there is no seed to name.
func ControlledRun(seed uint64, token, clock string) string {
	s := "controlled run"
	if parts := strings.Split(token, "-"); seed != 0 || len(parts) < 3 || !strings.HasPrefix(parts[2], "s") {
		s += " · seed " + strconv.FormatUint(seed, 10)
	}
	if token != "" {
		s += " · token " + token
	}
	switch clock {
	case "virtual", "free":
		s += " · " + clock + " clock"
	}
	return s
}

// ControlledSize says how long a controlled run was. Its time is no measured one.
func ControlledSize(steps, goroutines int, virtual time.Duration) string {
	s := Count(steps, "step") + " · " + Count(goroutines, "goroutine")
	if virtual > 0 {
		s += " · " + Virtual(virtual)
	}
	return s
}

// Virtual is a time that passed in the run only.
func Virtual(d time.Duration) string { return Elapsed(d) + " of virtual time" }

// TokenIs stands before the token, ReplayIt after it.
const (
	TokenIs  = "Anyone with the same code sees this run with "
	ReplayIt = "%replay "
)

// Deadlocked says who waits in a deadlock.
func Deadlocked(names []string) string {
	if len(names) == 0 {
		return "Deadlock: no goroutine can continue."
	}
	return "Deadlock: " + List(names) + Verb(len(names), " waits, and nobody is left to wake it.", " wait, and nobody is left to wake them.")
}

// RacesHere counts the races that were found in a controlled run.
func RacesHere(n int) string {
	return Count(n, "data race") + " in this run, whatever it printed. "
}

// RacesPartly says that not all accesses were compared.
const RacesPartly = "Data races were looked for only in part of this run."

// RacesWith marks an access that raced, with the steps of the others.
func RacesWith(steps []int) string {
	switch len(steps) {
	case 0:
		return DataRace
	case 1:
		return raceBrief + " with step " + strconv.Itoa(steps[0])
	}
	var all []string
	for _, n := range steps {
		all = append(all, strconv.Itoa(n))
	}
	return raceBrief + " with steps " + List(all)
}

const raceBrief = "race"

// OfRace says whether a warning is about a data race.
func OfRace(mark string) bool { return mark == DataRace || strings.HasPrefix(mark, raceBrief) }

// LostBrief and StaleBrief mark the two halves of a lost update where there is no
// room for more.
const (
	LostBrief  = "lost update"
	StaleBrief = "out of date"
)

// MarkBrief is the warning of a step in as few words as it can be said.
func MarkBrief(mark string) string {
	if strings.HasSuffix(mark, notOver) || strings.HasSuffix(mark, notBegun) {
		return EarlyBrief
	}
	if strings.HasSuffix(mark, atOnce) {
		return CrowdBrief
	}
	for _, m := range [...]struct{ prefix, brief string }{
		{LostBrief, LostBrief}, {StaleBrief, StaleBrief}, {raceBrief, raceBrief}, {insideCall, InsideBrief}, {UntrueBrief, UntrueBrief},
	} {
		if strings.HasPrefix(mark, m.prefix) {
			return m.brief
		}
	}
	return mark
}

// KeyRace and KeyWaitsFor explain the lines of races and of waiting in the picture.
const (
	KeyRace     = "data race: nothing orders the two"
	KeyWaitsFor = "waits for what the other holds"
	KeyParts    = "differs from the previous run"
)

// NotUnderControl lists what the scheduler did not control.
func NotUnderControl(list []string) string {
	return "What this run could not control: " + strings.Join(list, "; ") + ". " + SeeControlled
}

// WaitsOn is one link of a deadlock, in the picture.
func WaitsOn(object, holder string, itself bool) string {
	if itself {
		return "waits for " + object + ", held by itself"
	}
	return "waits for " + object + ", held by " + holder
}

// WaitsBehind is such a link where the other only comes first.
func WaitsBehind(object, other string) string {
	return "waits for " + object + " behind " + other + ", which waits to write"
}

// WaitsBrief is such a link where there is no room for more.
func WaitsBrief(who, other, object string) string { return who + " → " + other + ": " + object }

// LostUpdate marks a write that overwrote another's.
func LostUpdate(who string) string {
	return "lost update: overwrites " + OrElse(who, "another") + "'s"
}

// StaleRead marks the read that a lost update was based on.
func StaleRead(write int) string {
	return "out of date by step " + strconv.Itoa(write)
}

// MarkInside marks the first step of a call that begins while another is under way.
func MarkInside(who string) string { return insideCall + who + "'s call" }

// MarkCrowd marks the first step of a call that makes n of them at once.
func MarkCrowd(n int) string { return Count(n, "call") + atOnce }

// MarkEarly marks the first step of a call that begins before another is over, or
// has even begun.
func MarkEarly(who string, begun bool) string {
	if begun {
		return who + notOver
	}
	return who + notBegun
}

const insideCall, atOnce, notOver, notBegun = "inside ", " at once", "'s call is not over", "'s call has not begun"

// InsideBrief, CrowdBrief and EarlyBrief are the same in few words.
const (
	InsideBrief = "overlaps"
	CrowdBrief  = "too many"
	EarlyBrief  = "too early"
)

// MarkUntrue marks the step after which a condition is not true.
func MarkUntrue(c model.Condition) string { return UntrueBrief + ": " + Plain(c.Expr, 40) }

// UntrueBrief is the same in few words.
const UntrueBrief = "not true"

// KeyCalls explains the brackets beside the lanes: functions are those whose calls
// they mark, none if that is not known.
func KeyCalls(functions []string) string {
	if len(functions) == 0 {
		return "calls"
	}
	return "calls of " + List(functions)
}

// DataRace marks an access that raced.
const DataRace = "data race"

// The heads of the columns.
const (
	HeadStep      = "step"
	HeadGoroutine = "goroutine"
	HeadDoes      = "what it does"
	HeadLock      = "lock"
	HeadValue     = "value"
	HeadWritten   = "written to"
	HeadLocked    = "locked"
	HeadSees      = "sees the"
	HeadOfStep    = "world of step"
	HeadWhere     = "where"
	HeadLine      = "line"
)

// The legend of the picture.
const (
	KeyHolds    = "holds the lock"
	KeyWaits    = "waits"
	KeySleeps   = "sleeps"
	KeyComputes = "computes"
	KeyReady    = "created, not yet begun"
	KeyReturned = "returned"
	KeyCut      = "cut off"
	KeyCrash    = "panic or exit"
	KeyMessage  = "value passed on"
	KeyJoin     = "end of waiting"
)

// ShowTable is the label of the switch that shows the run as a table.
const ShowTable = "as a table"

// OpenLarge and CloseLarge are the labels of the buttons that show the picture in the
// whole window, and in its place again.
const (
	OpenLarge  = "open large"
	CloseLarge = "close (Esc)"
)

// NotTrusted says what a notebook that is not trusted does not show.
const NotTrusted = "Trust Notebook shows the picture."

// TableOf captions the table of a run.
const TableOf = "The run, step by step"

// The short words at the end of a lane.
const (
	EndCut     = "cut off"
	EndBlocked = "waits for ever"
	EndWaited  = "cut off, waiting"
	EndStopped = "stopped"
	EndFatal   = "fatal error"
	EndNever   = "cut off before it began"
	EndPrompt  = "waits for your next cell"
	EndWaits   = "waits"
	EndParked  = "still running: parked here"
)

// RealRun and RaceRun label the scheduler a run was made under.
func RealRun(procs int) string {
	return "Real run: Go's own scheduler, recorded" + processors(procs)
}

// RaceRun labels a run with Go's race detector.
func RaceRun(procs int) string {
	return "Real run with the race detector, recorded" + processors(procs)
}

func processors(n int) string {
	if n <= 0 {
		return ""
	}
	return " · " + Count(n, "processor")
}

// Size says how long a run was.
func Size(steps, goroutines int, elapsed time.Duration) string {
	return Count(steps, "step") + " · " + Count(goroutines, "goroutine") + " · " + Elapsed(elapsed)
}

// The sentences on how a run ended.

// AllReturned: nothing was left when main returned.
const AllReturned = "Every goroutine had ended when main returned."

// MainReturned: and nothing is known of others.
const MainReturned = "main returned."

// CutOff says who was cut off by main's return.
func CutOff(names []string) string {
	if len(names) == 1 {
		return "main returned first: " + names[0] + " was cut off, it had not returned yet."
	}
	return "main returned first: " + List(names) + " were cut off, they had not returned yet."
}

// Leaked says who waited for good when main returned.
func Leaked(names []string) string {
	return "main returned while " + List(names) + Verb(len(names), " was still ", " were still ") + "waiting."
}

// WaitingFor says who is left at a prompt, where nobody is cut off: those who wait, and
// those who could go on.
func WaitingFor(waiting, going []string) string {
	var parts []string
	if len(waiting) > 0 {
		parts = append(parts, List(waiting)+Verb(len(waiting), " waits", " wait"))
	}
	if len(going) > 0 {
		parts = append(parts, List(going)+Verb(len(going), " is", " are")+" still running")
	}
	if len(parts) == 0 {
		return "The program waits for your next cell."
	}
	return "The program waits for your next cell; " + strings.Join(parts, ", ") + "."
}

// BandOf heads what a cell of the program did; BandAgain stands for what a cell did as
// it did before.
func BandOf(cell int) string { return "cell [" + strconv.Itoa(cell) + "]" }

// BandAgain counts the steps.
func BandAgain(cell, steps int) string {
	return BandOf(cell) + ": " + Count(steps, "step") + ", as before"
}

// PanickedWith says whose panic ended the program.
func PanickedWith(name, value string) string {
	s := OrElse(name, "A goroutine") + " panicked" + Before(": ", value) + "."
	return s + " A panic that nobody recovers ends the whole program."
}

// FatalIn says whose fatal error ended the program.
func FatalIn(name, value string) string {
	s := "Fatal error" + Before(" in ", name) + Before(": ", value) + "."
	return s + " It ends the whole program and cannot be recovered."
}

// MainLeft says that main called runtime.Goexit, and that nobody is left.
const MainLeft = "main ended itself (runtime.Goexit) and nobody is left: Go calls that a deadlock."

// ExitedBy says who ended the program, and with what.
func ExitedBy(name string, code int) string {
	return OrElse(name, "The program") + " called os.Exit(" + strconv.Itoa(code) + "): the program ended at once, for everyone."
}

// StoppedBy says that a run was ended from outside.
func StoppedBy(reason string) string {
	return "The run was stopped: " + OrElse(reason, "by a limit") + "."
}

// StoppedByYou says that the learner ended a run.
const StoppedByYou = "You stopped the run. The picture shows it up to there."

// Raced says which two accesses raced.
func Raced(object, a, b string) string {
	return "Data race on " + OrElse(object, "a variable") + ": " + a + ", " + b + ", and nothing orders the two."
}

// RacedMap says what Go itself may do about a race on a map.
func RacedMap(writes bool) string {
	fatal := "concurrent map read and map write"
	if writes {
		fatal = "concurrent map writes"
	}
	return " In a map, Go may notice that and end the program: “fatal error: " + fatal + "”."
}

// RacedInside is said where both accesses are made by a library.
const RacedInside = " A library does both, and does not expect two goroutines at the same time: data can be lost or mixed up, and the program may panic."

// RacedAtomic is said where one of the two accesses was atomic.
const RacedAtomic = " Only one of them is atomic: that helps only if both are."

// RacedLock is said where a lock was copied or overwritten while others used it.
const RacedLock = " Whoever copies a struct reads the locks in it as well, and whoever overwrites it writes them. Share one lock: pass the struct by pointer."

// RacesFound opens the status of a run with data races.
func RacesFound(n int) string {
	return "The race detector found " + Count(n, "data race") + ". "
}

// MoreRaces counts the races that are not listed.
func MoreRaces(n int) string { return "And " + Count(n, "more data race") + "." }

// What one side of a race does.
const (
	Reads   = "reads"
	Writes  = "writes"
	Locks   = "locks it"
	Unlocks = "unlocks it"
	CallsDo = "calls Do"
)

// Access is one side of a race, which does what the verb says; step is its number, 0 if
// it was not recorded.
func Access(name, verb, where string, step int) string {
	s := OrElse(name, "a goroutine") + " " + verb + AtPlace(where)
	if step > 0 {
		s += " (step " + strconv.Itoa(step) + ")"
	}
	return s
}

// Again is the row that stands for repetitions.
func Again(steps, times int) string {
	if steps == 1 {
		return "the same step " + Count(times, "more time")
	}
	return "the same " + strconv.Itoa(steps) + " steps " + Count(times, "more time")
}

// NotShown is the row that stands for steps that are left out.
func NotShown(steps int) string { return Count(steps, "step") + " not shown" }

// NotDrawn is the row that stands for steps of goroutines without a lane.
func NotDrawn(steps int) string {
	return Count(steps, "step") + " of goroutines that are not drawn"
}

// NotKept is the row that stands for events that were not kept.
func NotKept(events uint64) string { return Count(int(events), "event") + " counted, not kept" }

// MoreGoroutines says how many goroutines have no lane, how they ended, and
// how many steps they made.
func MoreGoroutines(n int, ends []string, steps int) string {
	s := "Not drawn: " + Count(n, "more goroutine")
	if len(ends) > 0 {
		s += " (" + strings.Join(ends, ", ") + ")"
	}
	return s + " with " + Count(steps, "step") + "."
}

// Ended counts goroutines that ended in a way.
func Ended(end string, n int) string {
	return Number(n) + " " + ended[end]
}

// ended are the words for the end of a goroutine.
var ended = map[string]string{
	"returned": "returned", "cut-off": "cut off", "blocked": "still waiting",
	"waiting": "waits for your next cell", "panicked": "panicked", "exited": "ended by os.Exit or Goexit",
}

// LanesAre introduces the list of lanes for those who cannot see them.
const LanesAre = "Lanes"

// Lane is one entry of that list.
func Lane(name, creator, at, end, endAt string) string {
	s := name
	if creator != "" {
		s += ", started by " + creator + AtPlace(at)
	}
	return s + ": " + OrElse(ended[end], "end unknown") + AtPlace(endAt)
}

// StepTitle is a step in one sentence.
func StepTitle(n int, name, does string) string {
	return "step " + strconv.Itoa(n) + " · " + name + " " + does
}

// Place is a place in the learner's source: "Worker.Run:9", or where the declaration is
// not known, "cell 3, line 9", and outside notebooks "main.go:9".
func Place(pos model.Pos, file string) string {
	switch line := strconv.Itoa(pos.Line); {
	case pos.In != "":
		return Plain(pos.In, 40) + ":" + line
	case pos.Cell > 0:
		return "cell " + strconv.Itoa(pos.Cell) + ", line " + line
	default:
		return file + ":" + line
	}
}

// WorldOf says which state of the database a statement sees: what was committed before
// that step. row is the step that left a row as it is which the statement had to wait
// for, 0 if there is none.
func WorldOf(step, row int) string {
	if row > 0 {
		return Number(step) + ", row of " + Number(row)
	}
	return Number(step)
}

// KeyTransaction and KeyUndone explain the brackets of transactions.
const (
	KeyTransaction = "transaction, to its COMMIT"
	KeyUndone      = "transaction, undone by ROLLBACK or a refusal"
	KeyWorld       = "sees the world of step 4: what was committed before step 4"
)

// LockedBy counts those who have a row locked to share it, or parts of a table.
func LockedBy(n int) string { return Count(n, "holder") }

// Readers counts those who hold a lock for reading.
func Readers(n int) string { return Count(n, "reader") }

// KeyStep explains the sign of a step.
const KeyStep = "step"
