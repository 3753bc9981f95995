package cli

import (
	"fmt"
	"io"
	"io/fs"
	"path/filepath"

	"threading101/kernel/explore/property"
	"threading101/kernel/gonbtools"
	"threading101/kernel/magic"
	"threading101/kernel/words"
)

// Env is what a subcommand works with: the embedded source of the recorder,
// and the three streams.
type Env struct {
	Runtime fs.FS
	Stdin   io.Reader
	Stdout  io.Writer
	Stderr  io.Writer
}

type command struct {
	name, args, help string
	run              func(Env, []string) int
}

// commands is a function, not a variable, because help lists the table it is in.
func commands() []command {
	return []command{
		{"run", "[-seed N | -replay TOKEN [-lenient] | -real | -race] [-clock virtual|free] [-json] [-html FILE] [-svg FILE] FILE.go|DIR [ARGS…]", words.CommandRun, runProgram},
		{"explore", "[-budget 2s] [-clock free|virtual] [-outcome EXPR]… [-json] FILE.go|DIR [ARGS…]", words.CommandExplore, exploreProgram},
		{"check", "-property PROPERTY [-property PROPERTY]… [the flags of explore] FILE.go|DIR [ARGS…]", words.CommandCheck(property.Usages()), checkProgram},
		{"notebook", "[-allow-errors] [-o OUT.ipynb] FILE.ipynb …", words.CommandNotebook, runNotebooks},
		{"install", "[--prefix DIR | --user]", words.CommandInstall, install},
		{"doctor", "", words.CommandDoctor, doctor},
		{"version", "", words.CommandVersion, version},
		{"kernel", "CONNECTION_FILE", words.CommandKernel, serveKernel},
		{"guard", "", "", guard},
	}
}

// Main runs threading101 with args (args[0] is the name it was called by) and
// returns the exit status: 0 done, 1 failed, 2 wrong usage.
func Main(args []string, runtime fs.FS, stdin io.Reader, stdout, stderr io.Writer) int {
	if name := filepath.Base(args[0]); gonbtools.Is(name) {
		return gonbtools.Main(args[0], args[1:], stdin, stdout, stderr)
	}
	env := Env{Runtime: runtime, Stdin: stdin, Stdout: stdout, Stderr: stderr}
	if len(args) < 2 {
		usage(stderr)
		return 2
	}
	if isHelp(args[1]) {
		if len(args) > 2 && args[2] == "controlled" {
			plain, _ := magic.ControlledHelp()
			fmt.Fprint(stdout, plain)
			return 0
		}
		usage(stdout)
		return 0
	}
	for _, c := range commands() {
		if c.name == args[1] {
			return c.run(env, args[2:])
		}
	}
	fmt.Fprintln(stderr, words.UnknownCommand(args[1]))
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
