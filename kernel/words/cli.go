package words

import (
	"fmt"
	"strings"
)

// Usage opens the help of the command.
const Usage = `threading101 shows the interleaving of a plain Go program: who ran when, who held which lock, who waited.
`

// What the commands do, one line each.
const (
	CommandRun       = "run a plain Go program and draw its interleaving"
	CommandExplore   = "try all interleavings of the program, or as many as the time allows, and list every outcome"
	CommandNotebook  = "execute notebooks without a browser"
	CommandInstall   = "install the Jupyter kernel"
	CommandUninstall = "take the kernel out of Jupyter again; notebooks and what you predicted stay"
	CommandPrepare   = "make ready what the first programs need: for every user of this machine the compiled standard library (cache) or the database drivers (drivers), or PostgreSQL's data folder"
	CommandDoctor    = "say what is installed, what is missing and how to get it"
	CommandVersion   = "print the versions of all parts"
	CommandKernel    = "what Jupyter starts"
)

// CommandCheck lists the properties, as they are written.
func CommandCheck(usages []string) string {
	return "check properties in all interleavings: " + strings.Join(usages, ", ")
}

// What the flags mean, one line each.
const (
	HelpSeed         = "let seed `N` decide the order, instead of a random one"
	HelpReplay       = "the run of `TOKEN` again"
	HelpLenient      = "with -replay: even if the program is not the token's"
	HelpClock        = "how time.Sleep behaves: `virtual` (delays keep their length but take no real time) or free (a sleeping goroutine may wake at any moment)"
	HelpReal         = "under Go's own scheduler"
	HelpRace         = "under Go's own scheduler, with its race detector"
	HelpRunJSON      = "print the run as JSON instead of its output and lanes"
	HelpMarkdown     = "print the run as Markdown, to paste into an issue, instead of its output and lanes"
	HelpHTML         = "also write the run to `FILE`, as a page that steps through it"
	HelpSVG          = "also write the picture as SVG to `FILE`"
	HelpBudget       = "search for `TIME`, as in 500ms, 2s or 1m, at most 10m; without it 2s"
	HelpSchedules    = "instead of for a time, try at most `N` schedules: the same on any machine, however busy"
	HelpExploreClock = "how time.Sleep behaves: `free` (a sleeping goroutine may wake at any moment) or virtual (delays keep their length but take no real time)"
	HelpOutcome      = "tell outcomes apart by the value of `EXPR` when main ends, instead of by what is printed; may be repeated"
	HelpExploreJSON  = "print what was found as JSON"
	HelpProperty     = "check `PROPERTY` in all interleavings, as in race-free or 'outcome total==6'; may be repeated"
	HelpAllowErrors  = "continue after a cell that failed"
	HelpOutput       = "write the executed notebook to `OUT.ipynb`"
	HelpPrefix       = "install into `DIR`/share/jupyter/kernels"
	HelpUser         = "install for this user (the default)"
	HelpPrefixFrom   = "from `DIR`/share/jupyter/kernels"
	HelpUserFrom     = "from this user's kernels (the default)"
	HelpGo           = "`path` of the go command"
	HelpGonb         = "`path` of gonb"
	HelpGopls        = "`path` of gopls"
	HelpLog          = "append a log to `FILE`"
)

// UnknownCommand answers a subcommand that does not exist.
func UnknownCommand(name string) string {
	return fmt.Sprintf("threading101: there is no command %q.\nhint: threading101 help lists the commands.", name)
}

// SeedUnserved says that nobody could read what would be prepared.
func SeedUnserved(path string) string {
	return path + " is missing: it gives the go command what was prepared.\nhint: build all parts with make setup"
}

// PrepareWhat answers a call that does not say what to prepare.
const PrepareWhat = "threading101 prepare: cache, drivers or postgres?"

// RunNeedsFile and NotebookNeedsFile answer a call without a file.
const (
	RunNeedsFile      = "threading101 run: which program?\nhint: threading101 run FILE.go, or a folder that holds package main."
	NotebookNeedsFile = "threading101 notebook: which notebook?\nhint: threading101 notebook notebooks/01-threads.ipynb"
)

// ExploreNeedsFile answers a call without a program.
func ExploreNeedsFile(command string) string {
	s := "threading101 " + command + ": which program?\nhint: threading101 " + command
	if command == "check" {
		s += " -property race-free"
	}
	return s + " FILE.go, or a folder that holds package main."
}

// InputTooLong says that a program's input cannot be given to each run.
func InputTooLong(most int64) string {
	return fmt.Sprintf("the input is longer than %d MiB, more than can be kept for every run. Give the program less to read", most>>20)
}

// InputMissing says that a program that is explored meets the end of its input.
const InputMissing = "the program reads its standard input. Nobody can type while it is explored, so it finds the input empty. Give it a file: threading101 explore FILE.go < INPUT"

// FlagClash answers two flags that exclude each other.
func FlagClash(a, b, hint string) string {
	return fmt.Sprintf("threading101 run: %s and %s exclude each other.\nhint: %s", a, b, hint)
}

// Why two flags exclude each other, and what to do.
const (
	FlagSeedOrReplay    = "the token already has a seed: leave out -seed"
	FlagReplayOrClock   = "the token already has a clock: leave out -clock"
	FlagTimeOrSchedules = "-budget is a time and -schedules a number of schedules: give one of the two"
	FlagRealIsFree      = "with -real and -race Go decides, and Go takes no seed, token or clock: leave one of the two out"
	FlagRealIsNoRace    = "-race already is a real run: leave out -real"
	FlagOneAlone        = "each of the two stands alone on standard output: leave one out"
)

// FlagLenient answers -lenient without a token.
const FlagLenient = "threading101 run: -lenient goes with -replay.\nhint: threading101 run -replay TOKEN -lenient FILE.go"

// FlagBadSeed answers -seed with something else than a number it can take.
func FlagBadSeed(arg string) string {
	return fmt.Sprintf("threading101 run: -seed needs a whole number from 0 to 18446744073709551615, not %q.\nhint: to run a token, use -replay", arg)
}

// FlagBadClock answers -clock with a clock that does not exist.
func FlagBadClock(arg string) string {
	return fmt.Sprintf("threading101 run: -clock is virtual or free, not %q.\nhint: %s", arg, ClockHint)
}

// ExploreBadClock answers -clock with a clock that does not exist.
func ExploreBadClock(arg string) string {
	return fmt.Sprintf("-clock is virtual or free, not %q.\nhint: %s", arg, ClockHint)
}

// ExploreNoExpression answers an -outcome that is no expression.
func ExploreNoExpression(expr string) string {
	return fmt.Sprintf("-outcome takes a Go expression, and %q is none.\nhint: -outcome total -outcome 'len(log)'", expr)
}

// RunNotDrawn says that there is no picture, and why.
func RunNotDrawn(why string) string { return "this run is not drawn: " + why }

// RunAgain stands below the lanes of a controlled run on the command line.
func RunAgain(decided, clock, token, file string) string {
	s := fmt.Sprintf("Controlled run, %s, %s clock.", decided, clock)
	if token != "" {
		s += "\nThe same run again: threading101 run -replay " + token + " " + file
	}
	return s
}

// DecidedBySeed and DecidedBySwitches say what decided a controlled run.
func DecidedBySeed(seed uint64) string { return fmt.Sprintf("seed %d", seed) }

// DecidedBySwitches is said where somebody wrote the decisions down.
const DecidedBySwitches = "decided by the token's switches"

// RunReplay says how that run is seen again.
func RunReplay(token, file string) string {
	return "The same run again: threading101 run -replay " + token + " " + file
}

// ExploreReplay says how one of the runs is seen.
func ExploreReplay(file string) string {
	return "To see a run: threading101 run -replay TOKEN " + file
}

// CheckRun heads the run that shows that properties do not hold.
func CheckRun(properties []string) string {
	return "A run in which " + List(properties) + Verb(len(properties), " does", " do") + " not hold:"
}

// GoroutinesOmitted says that a crash report is not complete.
func GoroutinesOmitted(n int) string {
	return "\n… and " + Count(n, "more goroutine")
}

// FaultKept says where the program lies that is to be reported.
func FaultKept(path string) string {
	return "the program and the token are in " + path + ": please attach that file"
}

// FaultNotKept says that it could not be written.
func FaultNotKept(err error) string {
	return "the program could not be written to a file: " + err.Error()
}

// Installed says where the kernel went and how to start it.
func Installed(dir string) string {
	return fmt.Sprintf("The kernel \"Threading 101 (Go)\" is installed in %s.\nStart JupyterLab and choose it for a new notebook.", dir)
}

// InstallFailed says why the kernel was not installed.
func InstallFailed(err error) string {
	return fmt.Sprintf("threading101: the kernel was not installed: %v", err)
}

// Uninstalled says what was taken away, and what was not.
func Uninstalled(dir string) string {
	return "The kernel \"Threading 101 (Go)\" was removed from " + dir + ". Your notebooks, and predictions.jsonl beside them, are as they were."
}

// UninstallFailed says why the kernel is still there, or never was.
func UninstallFailed(err error) string { return "threading101: nothing was removed: " + err.Error() }

// NotInstalled says that there is no kernel in a folder.
func NotInstalled(dir string) string {
	return "the kernel is not installed in " + dir + ".\nhint: for one that was installed elsewhere: threading101 uninstall -prefix DIR"
}

// NotOurs says that a kernelspec is another kernel's.
func NotOurs(path string) string { return path + " is not this kernel's" }

// KernelspecMissing says how to install the kernel into Jupyter.
const KernelspecMissing = "Jupyter does not know the kernel yet. In a checkout: make setup. Elsewhere: threading101 install --user"

// CompilerMissing says what works without a C compiler.
const CompilerMissing = "Only %race needs a C compiler, everything else works without one. Install it: apt-get install gcc (macOS: xcode-select --install)"

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

// NotAProgram answers a file that is not Go.
func NotAProgram(path string) string {
	return fmt.Sprintf("%q is neither a .go file nor a folder", path)
}

// DoctorShare says how much one program may use. total is what the machine, the container
// or the user has; more than any machine is: nobody knows.
func DoctorShare(bytes, total, file int64) string {
	if total > 1<<60 {
		return "not limited on this system"
	}
	return fmt.Sprintf("%d MiB for one program of %d MiB, and files up to %d MiB (THREADING101_MEMORY and THREADING101_FILE set it)", bytes>>20, total>>20, file>>20)
}

// DoctorShareWrong says that what was set is not what is done.
func DoctorShareWrong(set string) string {
	return fmt.Sprintf("THREADING101_MEMORY is %q: give a size like 512M, or a part like 10%%, of at most two fifths of the memory and at least 128M.", set)
}

// DoctorNice says how much a program stands back behind everything else.
func DoctorNice(n int) string {
	return fmt.Sprintf("programs run with a niceness of %d, kernels and compilers go first (THREADING101_NICE sets it)", n)
}

// DoctorNiceWrong says that what was set is not what is done.
func DoctorNiceWrong(set string) string {
	return fmt.Sprintf("THREADING101_NICE is %q: give a number from 0 (programs are as important as kernels) to 19.", set)
}

// What the doctor says of other systems than the one where everything is tested.
const (
	DoctorLacks = "Not tested on this system. It lacks: the limits of memory and of files, the end of processes that a program has left behind, " +
		"the question when a program waits for input, deadlocks that Go does not find itself, programs kept for other kernels. " +
		"On Windows use WSL, which is Linux: https://learn.microsoft.com/windows/wsl/install"
	DoctorUntried = "Nothing is lacking, but it is not tested on this processor."
)
