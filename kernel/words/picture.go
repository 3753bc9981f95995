package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"threading101/kernel/event"
)

// The words of the picture of a run, and of the difference between two runs.

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
	Waiting bool   // reached the call and had to wait there
	Select  bool   // a case of a select
	Main    bool   // main did it
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
	s := sayingOf(a.Op)
	if s.not != "" && a.otherwise() {
		return a.fill(s.not)
	}
	return a.fill(s.does)
}

// waits says what a goroutine waits for, and who could end the waiting.
func waits(a Act) string {
	s := a.fill(waitingOf(a.Op).waits)
	switch {
	case !forLock(a.Op) || a.Other == "":
		return s
	case a.Behind:
		return s + " behind " + a.Other + ", which waits to write"
	}
	return s + ", held by " + a.Other
}

// forLock says whether an operation waits for a lock.
func forLock(op event.Op) bool {
	return event.Table[event.Table[op].Wait].Hold != event.HoldNothing
}

// Itself stands for the holder of a lock who wants it once more.
const Itself = "itself"

// LostUpdate marks a write that overwrote another's.
func LostUpdate(who string) string {
	return "lost update: overwrites " + orElse(who, "another") + "'s"
}

// StaleRead marks the read that a lost update was based on.
func StaleRead(write int) string {
	return "out of date by step " + strconv.Itoa(write)
}

// MarkInside marks the first step of a call that begins while another is under way.
func MarkInside(who string) string { return insideCall + who + "'s call" }

// MarkEarly marks the first step of a call that begins before another is over, or
// has even begun.
func MarkEarly(who string, begun bool) string {
	if begun {
		return who + notOver
	}
	return who + notBegun
}

const insideCall, notOver, notBegun = "inside ", "'s call is not over", "'s call has not begun"

// InsideBrief and EarlyBrief are the same in few words.
const (
	InsideBrief = "overlaps"
	EarlyBrief  = "too early"
)

// KeyCalls explains the brackets beside the lanes: functions are those whose calls
// they mark, none if that is not known.
func KeyCalls(functions []string) string {
	if len(functions) == 0 {
		return "calls"
	}
	return "calls of " + List(functions)
}

// Nil is the value of a pointer that leads nowhere.
const Nil = "nil"

// DataRace marks an access that raced.
const DataRace = "data race"

// The heads of the columns.
const (
	HeadStep      = "step"
	HeadGoroutine = "goroutine"
	HeadDoes      = "what it does"
	HeadLock      = "lock"
	HeadValue     = "value"
	HeadCell      = "cell:line"
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
	if n == 1 {
		return " · 1 processor"
	}
	return " · " + strconv.Itoa(n) + " processors"
}

// Size says how long a run was.
func Size(steps, goroutines int, elapsed time.Duration) string {
	return Count(steps, "step") + " · " + Count(goroutines, "goroutine") + " · " + Elapsed(elapsed)
}

// Elapsed is a duration with three digits, as a learner would say it.
func Elapsed(d time.Duration) string {
	switch {
	case d < 0:
		return "?"
	case d < time.Microsecond:
		return strconv.FormatInt(int64(d), 10) + " ns"
	case d < time.Millisecond:
		return digits(float64(d)/1e3) + " µs"
	case d < time.Second:
		return digits(float64(d)/1e6) + " ms"
	case d < 1000*time.Second:
		return digits(float64(d)/1e9) + " s"
	}
	return strconv.FormatInt(int64(d/time.Second), 10) + " s"
}

// digits writes three digits, and no zeros after the point.
func digits(f float64) string {
	precision := 2
	if f >= 99.95 {
		precision = 0
	} else if f >= 9.995 {
		precision = 1
	}
	s := strconv.FormatFloat(f, 'f', precision, 64)
	if precision > 0 {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// Count is a number, with its thousands separated, and its noun.
func Count(n int, noun string) string { return counted(int64(n), noun) }

// List joins names: "A", "A and B", "A, B and C", "A, B, C and 4 more".
func List(names []string) string {
	const most = 6
	if extra := len(names) - most; extra > 1 {
		return strings.Join(names[:most], ", ") + " and " + strconv.Itoa(extra) + " more"
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
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
	return "main returned while " + List(names) + was(names) + "waiting."
}

// PanickedWith says whose panic ended the program.
func PanickedWith(name, value string) string {
	s := orElse(name, "A goroutine") + " panicked" + before(": ", value) + "."
	return s + " A panic that nobody recovers ends the whole program."
}

// FatalIn says whose fatal error ended the program.
func FatalIn(name, value string) string {
	s := "Fatal error" + before(" in ", name) + before(": ", value) + "."
	return s + " It ends the whole program, and nothing can recover it."
}

// MainLeft says that main called runtime.Goexit, and that nobody is left.
const MainLeft = "main ended itself (runtime.Goexit) and nobody is left: Go calls that a deadlock."

// ExitedBy says who ended the program, and with what.
func ExitedBy(name string, code int) string {
	return orElse(name, "The program") + " called os.Exit(" + strconv.Itoa(code) + "): the program ended at once, for everyone."
}

// StoppedBy says that a run was ended from outside.
func StoppedBy(reason string) string {
	return "The run was stopped: " + orElse(reason, "by a limit") + "."
}

// StoppedByYou says that the learner ended a run.
const StoppedByYou = "You stopped the run. The picture shows it up to there."

// Raced says which two accesses raced.
func Raced(object, a, b string) string {
	return "Data race on " + orElse(object, "a variable") + ": " + a + ", " + b + ", and nothing orders the two."
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

// RacesFound opens the status of a run with data races.
func RacesFound(n int) string {
	return "The race detector found " + Count(n, "data race") + ". "
}

// MoreRaces counts the races that are not listed.
func MoreRaces(n int) string { return "And " + Count(n, "more data race") + "." }

// Access is one side of a race; step is its number, 0 if it was not recorded.
func Access(name string, write bool, where string, step int) string {
	verb := " reads"
	if write {
		verb = " writes"
	}
	s := orElse(name, "a goroutine") + verb + before(" at ", where)
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
func NotKept(events uint64) string { return counted(int64(events), "event") + " counted, not kept" }

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
	return strings.TrimSuffix(Count(n, ""), "s") + ended[end]
}

// ended are the words for the end of a goroutine.
var ended = map[string]string{
	"returned": "returned", "cut-off": "cut off", "blocked": "still waiting",
	"panicked": "panicked", "exited": "ended by os.Exit or Goexit",
}

// LanesAre introduces the list of lanes for those who cannot see them.
const LanesAre = "Lanes"

// Lane is one entry of that list.
func Lane(name, creator, at, end, endAt string) string {
	s := name
	if creator != "" {
		s += ", started by " + creator + before(" at ", at)
	}
	return s + ": " + orElse(ended[end], "end unknown") + before(" at ", endAt)
}

// StepTitle is a step in one sentence.
func StepTitle(n int, name, does string) string {
	return "step " + strconv.Itoa(n) + " · " + name + " " + does
}

// Place is a place in the learner's source.
func Place(cell int, file string, line int) string {
	if cell > 0 {
		return "cell " + strconv.Itoa(cell) + ", line " + strconv.Itoa(line)
	}
	return file + ":" + strconv.Itoa(line)
}

// The difference between two runs.

// SameOrder says that two runs went the same way.
func SameOrder(steps int) string {
	return "Same order as the last run (" + Count(steps, "step") + ")."
}

// OrderDiffers says where two runs part.
func OrderDiffers(step int, before, now string) string {
	return fmt.Sprintf("From step %d on this run went another way than the last: there %s; now %s.", step, before, now)
}

// LongerRun and ShorterRun are said when one run is the beginning of the other.
func LongerRun(step int, now string) string {
	return fmt.Sprintf("As the last run up to step %d, where that one ended; now %s.", step-1, now)
}

// ShorterRun is said when the run before went on.
func ShorterRun(step int, before string) string {
	return fmt.Sprintf("As the last run up to step %d, where this one ended; then %s.", step-1, before)
}

// SamePrints, OtherPrints and DifferentPrints tell of the output.
const (
	SamePrints      = "The prints came in the same order."
	OtherPrints     = "The prints came in another order."
	DifferentPrints = "The prints differ."
)

// NotAllCompared is said where events were not kept.
const NotAllCompared = "Only the steps that were kept are compared."

func orElse(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

func before(sep, s string) string {
	if s == "" {
		return ""
	}
	return sep + s
}

func after(s, sep string) string {
	if s == "" {
		return ""
	}
	return s + sep
}

func was(names []string) string {
	if len(names) == 1 {
		return " was still "
	}
	return " were still "
}

// Readers counts those who hold a lock for reading.
func Readers(n int) string { return Count(n, "reader") }

// KeyStep explains the sign of a step.
const KeyStep = "step"
