package words

import (
	"fmt"
	"strings"

	"threading101/kernel/event"
)

// Each part of the kernel has its own block below, in alphabetical order.

// --- command line ---

// Usage opens the help of the command.
const Usage = `threading101 shows the interleaving of a plain Go program: who ran when, who held which lock, who waited.
`

// UnknownCommand answers a subcommand that does not exist.
func UnknownCommand(name string) string {
	return fmt.Sprintf("threading101: there is no command %q.\nhint: threading101 help lists them.", name)
}

// Installed says where the kernel went and how to start it.
func Installed(dir string) string {
	return fmt.Sprintf("The kernel \"Threading 101 (Go)\" is installed in %s.\nStart JupyterLab and choose it for a new notebook.", dir)
}

// InstallFailed says why the kernel was not installed.
func InstallFailed(err error) string {
	return fmt.Sprintf("threading101: the kernel was not installed: %v", err)
}

// ToolMissing names a program that is not there, or too old, and the command that mends it.
func ToolMissing(name string) string {
	switch name {
	case "go":
		return "Go 1.26 or newer is needed. Install it: https://go.dev/doc/install (Debian: apt-get install golang; macOS: brew install go)"
	case "gonb":
		return "gonb is missing. In a checkout: make setup. Elsewhere: go install github.com/janpfeifer/gonb@v0.11.4"
	case "gopls":
		return "gopls is missing. In a checkout: make setup. Elsewhere: go install golang.org/x/tools/gopls@v0.23.0"
	}
	return name + " is missing."
}

// GoplsNotThere answers who asks what a name means before gopls is built.
const GoplsNotThere = "Completion and help for Go names are not ready yet. The first \"make lab\" builds them in the background, which takes a minute or two; try again then. To see whether something is missing: bin/threading101 doctor."

// RunNeedsFile and NotebookNeedsFile answer a call without a file.
const (
	RunNeedsFile      = "threading101 run: which program?\nhint: threading101 run FILE.go, or a folder that holds package main."
	NotebookNeedsFile = "threading101 notebook: which notebook?\nhint: threading101 notebook notebooks/01-threads.ipynb"
)

// CrashHead is the first line of a crash, as Go prints it.
func CrashHead(kind, message string) string {
	if kind == "panic" {
		return "panic: " + message
	}
	return "fatal error: " + message
}

// GoroutinesOmitted says that a crash report is not complete.
func GoroutinesOmitted(n int) string {
	return fmt.Sprintf("\n… and %d more goroutines", n)
}

// KernelspecMissing says how to install the kernel into Jupyter.
const KernelspecMissing = "Jupyter does not know the kernel yet. In a checkout: make setup. Elsewhere: threading101 install --user"

// CompilerMissing says what works without a C compiler.
const CompilerMissing = "Only %race needs one, all else works without. Install it: apt-get install gcc (macOS: xcode-select --install)"

// Part run: what supervision says beside the program's own output.

// OutputTooLong is said where output stops being shown as it comes.
func OutputTooLong() string {
	return "\n… This is a lot of output. From here on it is counted, and its end is shown when the program ends.\n" +
		"  (The ■ button stops the program.)\n"
}

// OutputOmitted says how much output is not shown, and where all of it lies if it does.
func OutputOmitted(bytes, lines int64, file string) string {
	s := fmt.Sprintf("\n… %s in %s left out here.", counted(bytes, "byte"), counted(lines, "line"))
	if file != "" {
		s += " The whole output is in " + file + "."
	}
	return s + " The end:\n"
}

// counted returns a number with thousands separated, and its noun.
func counted(n int64, noun string) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if n != 1 {
		noun += "s"
	}
	return digits + " " + noun
}

// MemoryLimit names the limit of memory that ended a program.
func MemoryLimit(limit int64) string {
	return fmt.Sprintf("memory limit: the program used more than %d MiB and was stopped", limit>>20)
}

// TimeLimit names the limit of time that ended a program.
func TimeLimit(limit string) string {
	return fmt.Sprintf("time limit: the program ran longer than %s and was stopped", limit)
}

// NoInput says that a program that reads its input got none.
const NoInput = "The program waits for input, and there is nobody to type it: its input ends here.\n"

// InterruptedByYou is the reason of a run that the learner ended.
const InterruptedByYou = "interrupted"

// ExitReason is the reason of a run that ended itself with a status.
func ExitReason(status int) string { return fmt.Sprintf("exit status %d", status) }

// KilledReason is the reason of a run that a signal from outside ended.
func KilledReason(signal string) string {
	s := "ended from outside by the signal \"" + signal + "\""
	if signal == "killed" {
		s += "; perhaps the system had no memory left"
	}
	return s
}

// AllAsleep is Go's own sentence, said by us where Go's check does not work.
const AllAsleep = "all goroutines are asleep - deadlock!"

// --- magic: the words in cells ---

// One line of help for each word.
const (
	MagicReal    = "run under Go's own scheduler, record the run and draw it"
	MagicRace    = "the same with Go's race detector: two accesses without an order between them are reported and marked"
	MagicProcs   = "how many processors Go may use at once in this cell (GOMAXPROCS), with %real or %race"
	MagicPicture = "stop drawing pictures, or draw them again; holds for the whole session"
	MagicHelp    = "this help"
	MagicSeed    = "run the schedule with that number; without it each run has a new one"
	MagicReplay  = "run exactly the schedule with that token; -lenient before it: also if the code was changed"
	MagicClock   = "what time.Sleep means: delays are kept (virtual), or promise no order (free); alone in a cell: for the whole session"
	MagicStep    = "be the scheduler yourself, step by step"
	MagicDiff    = "two runs side by side, from the step where they part; without tokens: the last two"
	MagicExplore = "try all schedules, as many as the time allows, and count what comes out; alone in a cell: of the program that was run last"
	MagicOutcome = "what counts as the outcome of a run: values when main ends, in place of what is printed"
	MagicPredict = "say what you expect before you see it"
	MagicCheck   = "test over all schedules: deadlock-free race-free leak-free panic-free joined no-overlap F order A<B outcome EXPR==VALUE"
	MagicHint    = "the next hint for this cell"
)

// MagicHelpTitle and MagicHelpNotes frame the help.
const MagicHelpTitle = "Threading 101: words for the first lines of a cell"

// MagicHelpNotes follow the list of words.
var MagicHelpNotes = []string{
	"Without %real and %race a run is controlled: the kernel decides who goes on, by a new seed at each run. The token under the picture gives that run again, to anyone with the same code.",
	"Each word stands on a line of its own. As a Go comment it works too: //t101:race is the same as %race.",
	"What follows a line %% is the body of main. Declarations outside it are remembered for later cells.",
	"%t101 controlled says what “all”, “holds” and “controlled” mean, and where they can be wrong.",
	"GoNB's own commands (%list, %rm, %reset, %args, %test, !shell …) work as well: %help lists them.",
}

// MagicBadHelp says that there is no such page of help.
func MagicBadHelp(page string) string {
	return fmt.Sprintf("%%t101 has no page %q, only: controlled", page)
}

// MagicSeeHelp is the hint where nothing better is known.
const MagicSeeHelp = "%t101 lists the words"

// MagicError puts an error of a word at its line.
func MagicError(line int, message, hint string) string {
	if hint != "" {
		hint = " (" + hint + ")"
	}
	return fmt.Sprintf("line %d: %s%s", line, message, hint)
}

// MagicUnknown answers a word that nobody knows.
func MagicUnknown(word string) string { return word + " is not a known word" }

// MagicDidYouMean suggests the nearest word.
func MagicDidYouMean(word string) string { return "did you mean " + word + "?" }

// MagicNotYet answers a word of a later version.
func MagicNotYet(name, does string) string {
	return fmt.Sprintf("%%%s is not in this version yet; later it will mean: %s", name, does)
}

// MagicUsage answers a word with too many or too few arguments.
func MagicUsage(name, usage string) string {
	if usage == "" {
		return fmt.Sprintf("%%%s stands alone on its line", name)
	}
	return fmt.Sprintf("%%%s is written %%%s %s", name, name, usage)
}

// MagicNoWord answers a //t101: without a word.
func MagicNoWord(sign string) string { return "after " + sign + " a word is missing" }

// MagicBadProcs answers %procs with something else than a count.
func MagicBadProcs(arg string, most int) string {
	return fmt.Sprintf("%%procs needs a whole number from 1 to %d, not %q", most, arg)
}

// MagicBadPicture answers %picture with something else than off or on.
func MagicBadPicture(arg string) string {
	return fmt.Sprintf("%%picture is written %%picture off or %%picture on, not %q", arg)
}

// MagicFirstLine answers a cell word that is not on the first line.
func MagicFirstLine(word string) string { return word + " must be the first line of its cell" }

// MagicScript answers %%script without a program.
const MagicScript = "%%script is written %%script PROGRAM, for example %%script python3"

// --- proxy: the kernel between the front end and GoNB ---

// Banner greets in a console.
func Banner(version string) string {
	return "Threading 101 " + version + ": plain Go, and a picture of what ran when. %t101 lists the words a cell may begin with."
}

// HelpLinks are the entries of a front end's help menu.
func HelpLinks() []map[string]string {
	return []map[string]string{
		{"text": "A Tour of Go: concurrency", "url": "https://go.dev/tour/concurrency/1"},
		{"text": "Package sync", "url": "https://pkg.go.dev/sync"},
		{"text": "The Go memory model", "url": "https://go.dev/ref/mem"},
		{"text": "GoNB, which keeps the cells", "url": "https://github.com/janpfeifer/gonb"},
	}
}

// UnknownRequest answers a request the kernel does not know.
func UnknownRequest(kind string) string {
	return fmt.Sprintf("this kernel does not answer %q", kind)
}

// NoCode answers an execute_request without code.
const NoCode = "the request holds no code to execute"

// NoExpressions answers user_expressions.
const NoExpressions = "Go has no values outside a running program, so expressions cannot be evaluated between cells"

// NoInputHere answers %with_inputs where the front end takes no input.
const NoInputHere = "this front end cannot be asked for input, so %with_inputs and %with_password do not work here"

// InputEnded explains why a program met the end of its input.
const InputEnded = "The program reads its standard input, but this front end cannot be asked for input: it met the end of the input at once.\n"

// InterruptedCell is said of a cell that was interrupted.
const InterruptedCell = "the cell was interrupted"

// GonbDied is said of the cell that ran when GoNB ended.
const GonbDied = "GoNB, which keeps the cells, ended in the middle of this cell. It was started again and knows all earlier declarations: run the cell once more"

// NoGonb says that GoNB cannot be had.
func NoGonb(err error) string {
	return fmt.Sprintf("GoNB, which keeps the cells, cannot be reached: %v\nhint: threading101 doctor says what is missing", err)
}

// BuildFailed is said when a build failed for a reason that is not in the program.
func BuildFailed(err error) string {
	return fmt.Sprintf("the program could not be built: %v\nhint: is the disk full? threading101 doctor checks the tools", err)
}

// RunFailed is said when a built program could not be started.
func RunFailed(err error) string {
	return fmt.Sprintf("the program was built but could not be started: %v", err)
}

// --- build ---

// RaceNeedsCompiler answers a race build where there is no C compiler.
func RaceNeedsCompiler(cc string) string {
	return fmt.Sprintf("The race detector needs a C compiler, and %q is not installed.\nhint: apt-get install gcc (macOS: xcode-select --install). Without -race the program builds.\n", cc)
}

// PackageOutOfReach says, in the form of a compiler's error, that an imported
// package is not on this machine and cannot be fetched. host is "" if fetching
// is switched off.
func PackageOutOfReach(file string, line, col int, path, host string) string {
	why := host + " cannot be reached from here"
	if host == "" {
		why = "fetching is switched off (GOPROXY=off)"
	}
	return fmt.Sprintf("./%s:%d:%d: package %s is not on this machine, and %s\n"+
		"\thint: is the path right? Packages of the standard library need no network, nor do those fetched before.\n", file, line, col, path, why)
}

// GetTooLong says that fetching a package was given up.
func GetTooLong(limit string) string {
	return "go get: nothing came within " + limit + ", so fetching was given up.\nhint: is the network slow, or a proxy in the way? Run the cell again to try again.\n"
}

// NotRecorded says that a program runs as it is, without a picture, and why.
func NotRecorded(why string) string {
	return "This run is not drawn: the program could only be built as it is (" + why + ")."
}

// PackageLeft says that a package could not be rewritten, and why.
func PackageLeft(path, why string) string {
	return "package " + path + " runs as it is, and what it does is not known: " + why + "."
}

// --- report: failures of a cell ---

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
	return fmt.Sprintf(" (and %s)", counted(int64(n), "more error"))
}

// ReportHintRow is advice on messages that begin with Message, a regular
// expression; $1 in Hint stands for its first group.
type ReportHintRow struct{ Message, Hint string }

// ReportLineHints are advice for which the line in question counts too: Line is
// what it must match. $1 is a group of Message and must stand in the line where
// Line matches, if Line has a group.
var ReportLineHints = []struct{ Message, Line, Hint string }{
	{`expected ';', found |syntax error: unexpected `, `^\s*while\b`, "Go has no while. A for with a condition does the same: for n < 3 { … }"},
	{`expected '{', found in\b`, `^\s*for\b.* in\b`, "Go writes this with range: for i := range 3 { … }, for i, v := range list { … }"},
	{`expected .*found '\+\+'`, `\+\+\s*\w`, "++ stands behind the variable: i++"},
	{`undefined: (\w+)$`, `\b(wg)\.(?:Add|Done|Wait|Go)\(`, "declare it first, where all who use it can see it: var $1 sync.WaitGroup"},
	{`undefined: (\w+)$`, `\b(\w+)\.(?:Lock|Unlock|TryLock)\(`, "declare it first, where all who use it can see it: var $1 sync.Mutex"},
	{`.* truncated to int64`, `\btime\.(?:Hour|Minute|Second|Millisecond|Microsecond)\b`, "a duration is a whole number of nanoseconds: write 1500 * time.Millisecond, not 1.5 * time.Second."},
	{`\S+ \(no value\) used as value`, `\.Go\(`, "Go wants a function, not the result of a call: wg.Go(work), or wg.Go(func() { work(1) })"},
	{`expected .*found '--'`, `--\s*\w`, "-- stands behind the variable: i--"},
}

// ReportCompileHints are looked through in order, the first that fits is shown.
// A hint must be true wherever its message can appear.
var ReportCompileHints = []ReportHintRow{
	// Syntax, in the words of go/parser (cells) and of the compiler (other files).
	{`expected declaration, found '}'`, "this } closes nothing: there is one more } than {."},
	{`expected declaration, found (?:fun|fn|def|function)\b`, "a function begins with func."},
	{`expected declaration, found (?:class|struct|'struct'|'interface'|enum)$`, "a type is declared with type: type Name struct { … }"},
	{`expected declaration, found |syntax error: non-declaration statement outside function body`,
		"outside functions only func, type, var, const and import can stand. To run statements, put a line %% above them: what follows it is the body of main."},
	{`curly quotation mark`, ""}, // the message says what to do
	{`expression in (go|defer) must be function call`, "$1 needs a call. Put () behind the function: $1 func() { … }() or $1 f()."},
	{`illegal character U\+201[89CD]|invalid character U\+201[89CD]`, `these are typographic quotes. Go wants the straight ones: "…".`},
	{`illegal rune literal|more than one character in rune literal`, `'…' holds one character. A text is written "…".`},
	{`string literal not terminated|newline in string`, `a text in "…" must end on the line it began on.`},
	{`raw string literal not terminated|string not terminated`, "the closing ` is missing."},
	{`comment not terminated`, "the closing */ is missing."},
	{`unexpected semicolon or newline before \{|syntax error: unexpected semicolon or newline before \{`,
		"the { must stand at the end of the line before, not on a line of its own."},
	{`missing ',' before newline in |syntax error: unexpected newline in (?:composite literal|argument list|parameter list)`,
		"either the closing bracket is missing here, or the list goes on: then each of its lines ends with a comma, the last one too."},
	{`expected '{', found newline`, "a { is missing at the end of this line. It cannot stand on the next one."},
	{`expected (?:boolean|for loop|if|switch) .*found assignment`, "an assignment is no condition. To compare, write ==."},
	{`expected statement, found 'else'`, "else stands on the line of the } before it: } else {"},
	{`expected '}', found 'EOF'`, "a { has no } that closes it."},
	{`expected '\)', found 'EOF'`, "a ( has no ) that closes it."},
	{`(?:syntax error: )?cannot use assignment `, "= assigns. To compare, write ==."},

	// Names.
	{`declared and not used: `, "Go does not accept a variable inside a function that is never used. Use it, or delete it."},
	{`"[^"]*" imported and not used`, "delete this import: nothing in the cell uses it."},
	{`undefined: \w+\.\w+ \(but have (\w+)\)`, "Go tells upper and lower case apart: $1."},
	{`undefined: (true|false|nil)`, ""},
	{`undefined: (True|False)$`, "in Go these are written true and false."},
	{`undefined: (None|null|NULL)$`, "in Go this is written nil."},
	{`undefined: (Print|Printf|Println|Sprint|Sprintf|Errorf)$`, "the package fmt has one: fmt.$1"},
	{`undefined: (self|this)$`, "Go has no word for it: a method names its receiver itself, as w in func (w *Worker) Run()."},
	{`undefined: \w+$`, "no declaration of this name is known. Check its spelling, or run the cell that declares it first. What is declared below a %% line belongs to that cell's main alone."},
	{`undefined: \w+\.\w+$`, "the package is there, but it has no such name. Names from packages begin with a capital letter."},
	{`[^ ]+ undefined \(type .* has no field or method \w+, but does have (?:method|field) (\w+)\)`, "Go tells upper and lower case apart: $1."},
	{`[^ ]+\.(?i:acquire) undefined \(type \*?"?sync"?\.(?:RW)?Mutex has no field or method`, "Go's mutex is taken with Lock() and given back with Unlock()."},
	{`[^ ]+\.(?i:release) undefined \(type \*?"?sync"?\.(?:RW)?Mutex has no field or method`, "Go's mutex is taken with Lock() and given back with Unlock()."},
	{`[^ ]+\.(?i:join) undefined \(type \*?"?sync"?\.WaitGroup has no field or method`, "Go's wait group is waited for with Wait()."},
	{`no new variables on left side of :=`, ":= declares. All names on its left exist already: assign with =."},
	{`(\w+) redeclared in this block`, "$1 has two declarations in one place. Keep one, or rename one."},
	{`method (\S+) already declared at`, "$1 has two declarations. Keep one."},
	{`label (\w+) defined and not used`, "delete the label: nothing jumps to it."},
	{`missing function body`, "a function's { stands on the line of func."},

	// Calls and results.
	{`missing return`, "every way through a function with a result must end in a return (or a panic)."},
	{`assignment mismatch: `, "the left side must name as many variables as the right side gives values; _ takes one that is not wanted."},
	{`not enough arguments in call to `, "the call gives fewer values than the function takes: have and want list them."},
	{`too many arguments in call to `, "the call gives more values than the function takes: have and want list them."},
	{`not enough return values`, "the return gives fewer values than the function promises: have and want list them."},
	{`too many return values`, "the return gives more values than the function promises: have and want list them."},
	{`(\S+) \(value of type func\(.*\) is not used`, "this names the function without calling it. To call it, put () behind it."},
	{`\S+ \(no value\) used as value`, "this function returns nothing, so its call cannot stand where a value is needed."},
	{`cannot use \S+ \(value of type func\(.*\) as func\(\) value in argument to \S+\.Go`, "Go takes a function without parameters. Wrap the call: func() { … }."},
	{`cannot use .* does not implement .* \(method (\w+) has pointer receiver\)`, "$1 belongs to the pointer: give the address, with & in front."},
	{`cannot use .* does not implement .* \(missing method (\w+)\)`, "the interface asks for $1, and the type does not have it."},
	{`sync\.(\w+) \(type\) is not an expression`, "this is a type. To make one: var x sync.$1"},
	{`\S+ \(type\) is not an expression`, "this is a type, and here a value is needed."},

	// Types.
	{`invalid operation: .* \(mismatched types (?:u?int\d* and time\.Duration|time\.Duration and u?int\d*)\)`, "a whole number in a variable must be made a duration first: time.Duration(n) * time.Second"},
	{`invalid operation: .* \(mismatched types (?:float\d+ and time\.Duration|time\.Duration and float\d+)\)`, "reckon in numbers, then make a duration of the result: time.Duration(f * float64(time.Second))"},
	{`invalid operation: .* \(mismatched types .*\bnil\)`, "only pointers, slices, maps, channels, functions and interfaces can be compared with nil."},
	{`invalid operation: .* \(mismatched types `, "Go does not convert by itself: both sides must be of one type."},
	{`invalid operation: cannot send to receive-only channel`, "<-chan can only be received from. A channel for both is chan."},
	{`invalid operation: cannot receive from send-only channel`, "chan<- can only be sent to. A channel for both is chan."},
	{`cannot range over .* receive from send-only channel`, "chan<- can only be sent to. A channel for both is chan."},
	{`invalid operation: cannot close receive-only channel`, "only who may send may close."},
	{`invalid operation: cannot call `, "only a function can be called."},
	{`non-boolean condition in (if|for) statement`, "the condition must be true or false; Go does not take other values for it."},
	{`use of untyped nil in `, "nil alone has no type: declare the variable with one."},
	{`cannot assign to struct field .* in map`, "take the value out, change it, and store it again: v := m[k]; v.f = …; m[k] = v"},
	{`cannot assign to \S+ \(neither addressable nor a map index expression\)`, "this is a value, not a variable."},
	{`invalid argument: index -?\d+ out of bounds \[0:(\d+)\]`, "indexes begin with 0, so the last of $1 elements has the index $1 less 1."},
	{`break is not in a loop, switch, or select`, "break leaves a for, switch or select, and here is none. To leave the function: return."},
	{`continue is not in a loop`, "continue goes on with a for, and here is none."},
	{`func (main|init) must have no arguments and no return values`, "write func $1() { … }."},
}

// ReportCrashRow is advice on crashes whose message begins with Mark, "runtime
// error: " left out.
type ReportCrashRow struct{ Mark, Hint string }

// ReportCrashHints are looked through in order.
var ReportCrashHints = []ReportCrashRow{
	{"sync: unlock of unlocked mutex", "Unlock was called on a lock that nobody held. Each Unlock needs its own Lock before it."},
	{"sync: Unlock of unlocked RWMutex", "Unlock was called on a lock that nobody held for writing. RLock is undone by RUnlock, Lock by Unlock."},
	{"sync: RUnlock of unlocked RWMutex", "RUnlock was called more often than RLock. RLock is undone by RUnlock, Lock by Unlock."},
	{"concurrent map", "two goroutines used a map at once and one of them wrote. Guard it with a lock. %race shows both places."},
	{"sync: negative WaitGroup counter", "the group was counted down more often than up: more Done than Add."},
	{"sync: WaitGroup is reused before previous Wait has returned", "a new round began before the last Wait returned. Use a new group for it."},
	{"sync: WaitGroup misuse: Add called concurrently with Wait", "call Add before Wait begins, so before the goroutine starts: not inside it."},
	{"send on closed channel", "a closed channel takes no more values. Close it once, when all senders are done."},
	{"close of closed channel", "a channel is closed once. Let one goroutine close it, when all senders are done."},
	{"close of nil channel", "this channel was declared but never made: ch := make(chan …)"},
	{"assignment to entry in nil map", "this map was declared but never made: m := make(map[…]…)"},
	{"index out of range", "indexes begin with 0 and end one before the length."},
	{"invalid memory address or nil pointer dereference", "a pointer (or a value that holds one) was nil when it was used."},
	{"integer divide by zero", "the divisor was 0."},
	{"stack overflow", "a function calls itself without end."},
	{"interface conversion: interface", "the value held another type than the one asked for. v, ok := x.(T) asks without a panic."},
	{"makeslice: len out of range", "the length is negative or too large."},
	{"makechan: size out of range", "the size is negative or too large."},
}

// ReportIn says in which goroutine something happened.
func ReportIn(who, started string) string {
	if started != "" {
		return fmt.Sprintf("in %s, which was started at %s", who, started)
	}
	return "in " + who
}

// ReportGoroutine names a goroutine of which only the number is known.
func ReportGoroutine(id int) string { return fmt.Sprintf("goroutine %d", id) }

// ReportMoreCalls says that a stack goes on.
func ReportMoreCalls(n int) string { return "  … and " + counted(int64(n), "more call") }

// ReportMoreGoroutines says that a list of goroutines goes on.
func ReportMoreGoroutines(n int, atLeast bool) string {
	if atLeast {
		return "  … and at least " + counted(int64(n), "more goroutine")
	}
	return "  … and " + counted(int64(n), "more goroutine")
}

// ReportRepeated says that a call stands for several like it.
func ReportRepeated(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("  (and %s, one inside the other)", counted(int64(n), "more call"))
}

// ReportNames names up to three goroutines, of which something is said of each.
func ReportNames(names []string) string {
	switch n := len(names); n {
	case 1:
		return names[0]
	case 2:
		return names[0] + " and " + names[1] + ": each"
	case 3:
		return names[0] + ", " + names[1] + " and " + names[2] + ": each"
	default:
		return fmt.Sprintf("%s, %s and %d more: each", names[0], names[1], n-2)
	}
}

// ReportWasAt says where a goroutine was when the run was stopped.
const ReportWasAt = "was at"

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

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
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
	ReportNilChannel = "a channel that was declared but never made is nil: to wait on it is to wait for ever. Make it: ch := make(chan …)"
	ReportMainLeft   = "runtime.Goexit ends main's own goroutine, not the program: when the others have ended too, nobody is left to return. Let main return, or call os.Exit."
	ReportSelfLock   = "a goroutine that holds a lock must not lock it again: it waits for itself."
	ReportReadAgain  = "new readers wait behind a writer that waits, so do not read-lock again while you hold the read lock, or wait for a goroutine that has to."
	ReportLockOrder  = "where several locks are needed, take them in the same order everywhere: then no circle can form."
)

// ReportNeverUnlocked is advice on a lock whose holder has returned.
func ReportNeverUnlocked(who, lock string) string {
	return fmt.Sprintf("%s returned and never unlocked %s. defer %s.Unlock() right after Lock makes sure of it.", who, lock, lock)
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
	return "Go's race detector found " + counted(int64(n), "data race")
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
const ReportRaceHint = "hold the same lock round both, or let one goroutine own the data and send it the work. Right output does not mean there is no race."

// ReportInterrupted and ReportStopped answer the ■ button.
const (
	ReportInterrupted = "interrupted: the program was stopped"
	ReportStopped     = "interrupted: the cell was stopped before its program ran"
)

// ReportDied and its hints tell of a GoNB that ended by itself.
const (
	ReportDied         = "GoNB, which compiles the cells, ended unexpectedly and was started again"
	ReportDiedRestored = "the declarations of earlier cells are there again. Run the cell once more."
	ReportDiedLost     = "the declarations of earlier cells are lost. Run all cells from the top."
)

// ReportImportFailed and its hints tell of a package that is not there.
const (
	ReportImportFailed = "a package could not be fetched"
	ReportOffline      = "this machine could not reach a place to fetch packages from. Packages of the standard library work without a network; check the spelling of the import path."
	ReportNotInStd     = "the standard library has no such package. Check the spelling; a package from elsewhere begins with a host, like github.com/…"
	ReportNoModule     = "no package of that name was found. Check the spelling of the import path."
	ReportNotFetched   = "the package has not been fetched yet. In a notebook: !*go get PATH"
)

// --- facade ---

// KernelGone says that a tool started by GoNB does not reach the kernel.
func KernelGone(why string) string {
	return "threading101: the kernel does not answer (" + why + ").\nhint: restart the kernel (Kernel ▸ Restart)."
}

// ToolNotFound says that a real tool is missing behind ours.
func ToolNotFound(name string) string {
	return "threading101: " + name + " is not installed, or not on the PATH.\nhint: threading101 doctor says what is missing and how to install it."
}

// --- trace: how a run ended ---

// RunCutOff says that main returned while others still had work to do.
func RunCutOff(names []string) string {
	return "main returned, so " + traceNames(names) + " " + were(names) + " cut off"
}

// RunLeak says that main returned while others waited for something that no one
// was left to do.
func RunLeak(names []string) string {
	return "main returned while " + traceNames(names) + " " + were(names) + " still waiting, for good"
}

// RunUnseen says that the record of an object is not the whole story.
func RunUnseen(object string) string {
	return object + " is also used by code that is not recorded (a library)"
}

func were(names []string) string {
	if len(names) == 1 {
		return "was"
	}
	return "were"
}

// traceNames lists goroutines: "A, B and C"; the first few of many.
func traceNames(names []string) string {
	const most = 4
	if n := len(names); n > most {
		return strings.Join(names[:most-1], ", ") + fmt.Sprintf(" and %d others", n-most+1)
	} else if n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}
