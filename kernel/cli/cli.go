package cli

import (
	"fmt"
	"io"
	"io/fs"
	"path/filepath"

	"threading101/kernel/build"
	"threading101/kernel/explore/property"
	"threading101/kernel/gonbtools"
	"threading101/kernel/magic"
	"threading101/kernel/step"
	"threading101/kernel/words"
	"threading101/kernel/words/learning"
)

// Env is what a subcommand works with: the embedded source of the recorder,
// the three streams, and what builds programs.
type Env struct {
	Runtime fs.FS
	Stdin   io.Reader
	Stdout  io.Writer
	Stderr  io.Writer
	Builder *build.Builder // nil: each command makes one, which is gone when the command ends

	ends *[]func() // what is to be done when the command ends; Run sets it
}

type command struct {
	name, args, help string
	run              func(Env, []string) int
}

// commands is a function, not a variable, because help lists the table it is in.
func commands() []command {
	return []command{
		{"run", "[-seed N | -replay TOKEN [-lenient] | -real [-procs 1,2,4] [-repeat N] | -race] [-clock virtual|free] [-json | -markdown] [-html FILE] [-svg FILE] FILE.go|DIR [ARGS…]", words.CommandRun, runProgram},
		{"explore", "[-budget 2s | -schedules N] [-clock free|virtual] [-outcome EXPR]… [-json] FILE.go|DIR [ARGS…]", words.CommandExplore, exploreProgram},
		{"check", "-property PROPERTY [-property PROPERTY]… [the flags of explore] FILE.go|DIR [ARGS…]", words.CommandCheck(property.Usages()), checkProgram},
		{"step", "[-goal GOAL] [-from TOKEN@STEP] [-clock free|virtual] [-json] FILE.go|DIR [ARGS…]", words.CommandStep(step.Goals()), stepProgram},
		{"export", "[-o OUT.go] [-tries N] TOKEN FILE.go [ARGS…]", words.CommandExport, exportProgram},
		{"notebook", "[-allow-errors] [-o OUT.ipynb] FILE.ipynb …", words.CommandNotebook, runNotebooks},
		{"lessons", "[-course FOLDER] new|list [FOLDER] | reset LESSON [FOLDER]", learning.CommandLessons, manageLessons},
		{"room", "[-addr HOST:PORT] [-code CODE]", learning.CommandRoom, openRoom},
		{"install", "[--prefix DIR | --user]", words.CommandInstall, install},
		{"uninstall", "[--prefix DIR | --user]", words.CommandUninstall, uninstall},
		{"prepare", "cache|drivers|postgres", words.CommandPrepare, prepare},
		{"doctor", "", words.CommandDoctor, doctor},
		{"version", "", words.CommandVersion, version},
		{"kernel", "CONNECTION_FILE", words.CommandKernel, serveKernel},
		{"guard", "", "", standGuard},
		{"goimports", "", "", goimports},
	}
}

// Main runs threading101 with args (args[0] is the name it was called by) and
// returns the exit status: 0 done, 1 failed, 2 wrong usage.
func Main(args []string, runtime fs.FS, stdin io.Reader, stdout, stderr io.Writer) int {
	if name := filepath.Base(args[0]); gonbtools.Is(name) {
		return gonbtools.Main(args[0], args[1:], stdin, stdout, stderr)
	}
	return Run(Env{Runtime: runtime, Stdin: stdin, Stdout: stdout, Stderr: stderr}, args[1:])
}

// Run runs a subcommand, whose name comes first in args, and returns the exit
// status.
func Run(env Env, args []string) int {
	env.ends = new([]func())
	defer func() {
		for _, end := range *env.ends {
			end()
		}
	}()
	if len(args) == 0 {
		usage(env.Stderr)
		return 2
	}
	if isHelp(args[0]) {
		if len(args) > 1 && args[1] == "controlled" {
			plain, _ := magic.ControlledHelp()
			fmt.Fprint(env.Stdout, plain)
			return 0
		}
		usage(env.Stdout)
		return 0
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(env, args[1:])
		}
	}
	fmt.Fprintln(env.Stderr, words.UnknownCommand(args[0]))
	return 2
}

func isHelp(arg string) bool {
	return arg == "help" || arg == "-h" || arg == "-help" || arg == "--help"
}

func usage(w io.Writer) {
	fmt.Fprint(w, words.Usage+"\n")
	for _, c := range commands() {
		if c.help != "" {
			fmt.Fprintf(w, "  threading101 %s %s\n      %s\n", c.name, c.args, c.help)
		}
	}
}
