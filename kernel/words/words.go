package words

import "fmt"

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
