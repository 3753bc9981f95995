package gonbtools

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"threading101/kernel/words"
)

// client is one of the processes GoNB starts.
type client struct {
	args           []string
	stdout, stderr io.Writer
}

// goTool takes over "go build" of a cell and the "go get" before it. All else
// is the real go command's.
func (c *client) goTool() int {
	dir, err := os.Getwd()
	if err != nil || os.Getenv(EnvSocket) == "" {
		return c.become(EnvGo, "go")
	}
	switch {
	case c.isCellBuild(dir):
		return c.build(dir)
	case slices.Equal(c.args, []string{"get"}):
		return c.call(Request{Get: &GetCall{Dir: dir, Env: realEnv()}})
	case c.isCellTest(dir):
		// The linker must not write through the symlink of an earlier build.
		os.Remove(c.args[3])
	}
	return c.become(EnvGo, "go")
}

// isCellBuild: "build -o DIR/gonb_… flags", for this system.
func (c *client) isCellBuild(dir string) bool {
	return len(c.args) >= 3 && c.args[0] == "build" && c.args[1] == "-o" && isCellProgram(dir, c.args[2]) &&
		os.Getenv("GOOS") != "js" && os.Getenv("GOARCH") != "wasm"
}

// isCellTest: "test -c -o DIR/gonb_… flags".
func (c *client) isCellTest(dir string) bool {
	return len(c.args) >= 4 && c.args[0] == "test" && c.args[1] == "-c" && c.args[2] == "-o" && isCellProgram(dir, c.args[3])
}

// isCellProgram: GoNB builds into the folder it builds in.
func isCellProgram(dir, path string) bool {
	return strings.HasPrefix(filepath.Base(path), stubPrefix) && filepath.Base(filepath.Dir(path)) == filepath.Base(dir)
}

// build has the kernel build the program, and leaves a stub in its place.
func (c *client) build(dir string) int {
	call := BuildCall{Dir: dir, Output: c.args[2], Env: realEnv()}
	for _, flag := range c.args[3:] {
		if flag == "-race" || flag == "--race" {
			call.Race = true
			continue
		}
		call.Flags = append(call.Flags, flag)
	}
	if exit := c.call(Request{Build: &call}); exit != 0 {
		return exit
	}
	self, err := os.Executable()
	if err == nil {
		err = link(self, call.Output)
	}
	if err != nil {
		fmt.Fprintln(c.stderr, "threading101:", err)
		return 1
	}
	return 0
}

// goimports asks the kernel first, which knows the standard library by heart.
// What takes more takes a process of the kernel's binary, in the right folder and
// environment.
func (c *client) goimports() int {
	if len(c.args) != 2 || c.args[0] != "-w" {
		return c.become("", "goimports")
	}
	if dir, err := os.Getwd(); err == nil && os.Getenv(EnvSocket) != "" {
		ans, err := c.ask(Request{Imports: &ImportsCall{Dir: dir, File: c.args[1], Env: realEnv()}})
		if err == nil && ans.Exit != Undecided {
			return c.print(ans)
		}
	}
	return c.become(EnvKernel, "goimports", "goimports")
}

// gopls lives until the kernel answers, or until GoNB kills it. GoNB starts one
// at once, tries to connect only 12 s later, and makes completions wait until
// then, and cells behind them. An exit before that ends the waiting: GoNB goes
// without, and the kernel answers such questions itself.
func (c *client) gopls() int {
	dir, err := os.Getwd()
	if err != nil || os.Getenv(EnvSocket) == "" || len(c.args) < 2 || c.args[0] != "-listen" {
		return c.become(EnvGopls, "gopls")
	}
	return c.call(Request{Gopls: &GoplsCall{Dir: dir, Args: c.args, Env: realEnv()}})
}

// call asks the kernel and prints its answer.
func (c *client) call(req Request) int {
	ans, err := c.ask(req)
	if err != nil {
		return c.gone(err)
	}
	return c.print(ans)
}

func (c *client) gone(err error) int {
	fmt.Fprintln(c.stderr, words.KernelGone(err.Error()))
	return 1
}

func (c *client) print(ans Answer) int {
	c.stdout.Write(ans.Stdout)
	c.stderr.Write(ans.Stderr)
	return ans.Exit
}

func (c *client) ask(req Request) (Answer, error) {
	conn, err := dial(os.Getenv(EnvSocket))
	if err != nil {
		return Answer{}, err
	}
	defer conn.Close()
	if err := Send(conn, req); err != nil {
		return Answer{}, err
	}
	var ans Answer
	return ans, Receive(conn, &ans)
}

// become replaces this process by the real tool, which variable names or which
// is on the PATH behind us, with our arguments behind those given and without our
// folder on its PATH. It returns only if that fails.
func (c *client) become(variable, tool string, first ...string) int {
	path := ""
	if variable != "" {
		path = os.Getenv(variable)
	}
	if path == "" {
		path = find(tool, realPath())
	}
	if path == "" {
		fmt.Fprintln(c.stderr, words.ToolNotFound(tool))
		return 1
	}
	err := syscall.Exec(path, slices.Concat([]string{path}, first, c.args), realEnv())
	fmt.Fprintf(c.stderr, "%s: %v\n", path, err)
	return 1
}

// realEnv is our environment for a real tool: it must find the other real
// tools, not us.
func realEnv() []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "PATH=") })
	return append(env, "PATH="+realPath())
}

// realPath is the PATH without our folder, and with that of the real go command.
func realPath() string {
	links := os.Getenv(EnvLinks)
	dirs := slices.DeleteFunc(filepath.SplitList(os.Getenv("PATH")), func(dir string) bool {
		return dir == links || isOurs(filepath.Join(dir, "go"))
	})
	if tool := os.Getenv(EnvGo); tool != "" && find("go", strings.Join(dirs, string(filepath.ListSeparator))) == "" {
		dirs = append(dirs, filepath.Dir(tool))
	}
	return strings.Join(dirs, string(filepath.ListSeparator))
}

// isOurs reports whether path is a link to this very program.
func isOurs(path string) bool {
	self, err := os.Executable()
	if err != nil {
		return false
	}
	a, err := os.Stat(path)
	if err != nil {
		return false
	}
	b, err := os.Stat(self)
	return err == nil && os.SameFile(a, b)
}

func find(tool, path string) string {
	for _, dir := range filepath.SplitList(path) {
		if info, err := os.Stat(filepath.Join(dir, tool)); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			return filepath.Join(dir, tool)
		}
	}
	return ""
}
