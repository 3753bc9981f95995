package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"threading101/kernel/seed"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"threading101": func() {
			args := append([]string{"threading101"}, os.Args[1:]...)
			os.Exit(Main(args, os.DirFS(os.Getenv("KERNEL_SOURCE")), os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestEachSubcommandHasItsFile: the package's doc says how to add one.
func TestEachSubcommandHasItsFile(t *testing.T) {
	for _, c := range commands() {
		if _, err := os.Stat(c.name + ".go"); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		scripts, _ := filepath.Glob("testdata/*.txtar")
		if c.name == "kernel" || c.help == "" {
			continue // Jupyter starts it; see package proxy
		}
		if !slices.ContainsFunc(scripts, func(path string) bool {
			text, _ := os.ReadFile(path)
			return strings.Contains(string(text), "threading101 "+c.name)
		}) {
			t.Errorf("%s: no script in testdata types it", c.name)
		}
	}
}

// TestScripts runs testdata/*.txtar: what a person types, and what they see.
func TestScripts(t *testing.T) {
	source, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	caches := goEnv(t, "GOCACHE", "GOMODCACHE", "GOPROXY")
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Vars = append(env.Vars, "KERNEL_SOURCE="+source, seed.Elsewhere+"="+os.Getenv(seed.Elsewhere))
			env.Vars = append(env.Vars, caches...)
			goTool, err := exec.LookPath("go")
			env.Vars = append(env.Vars, "REALGO="+goTool)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"token": token, "mangle": mangle, "interrupt": interrupt, "interrupt-when": interruptWhen},
	})
}

var tokenText = regexp.MustCompile(`t2-[0-9a-z.]+-[0-9a-z.]+-[0-9a-z-]+`)

// token NAME FILE sets a variable to the first token in a file.
func token(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: token NAME FILE")
	}
	found := tokenText.FindString(ts.ReadFile(args[1]))
	if found == "" {
		ts.Fatalf("no token in %s", args[1])
	}
	ts.Setenv(args[0], found)
}

// mangle NAME HOW TOKEN sets a variable to what became of a token on its way.
func mangle(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: mangle NAME upper|swap TOKEN")
	}
	text := args[2]
	switch args[1] {
	case "upper": // as somebody reads it from a slide
		text = strings.ReplaceAll(strings.ToUpper(text), "-", " – ")
	case "swap": // the first two characters of the code that differ
		for i := 3; ; i++ {
			if text[i] != text[i+1] {
				text = text[:i] + text[i+1:i+2] + text[i:i+1] + text[i+2:]
				break
			}
		}
	}
	ts.Setenv(args[0], text)
}

// interrupt STATUS FILE ARGS… runs threading101, presses Ctrl-C once it has started
// a program, and writes what it printed to a file. It must end with that status.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: interrupt STATUS FILE ARGS…")
	}
	path, err := exec.LookPath("threading101")
	ts.Check(err)
	cmd := exec.Command(path, args[2:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "KERNEL_SOURCE="+ts.Getenv("KERNEL_SOURCE"), "TMPDIR="+ts.MkAbs("."))
	out, err := os.Create(ts.MkAbs(args[1]))
	ts.Check(err)
	defer out.Close()
	cmd.Stdout = out
	ts.Check(cmd.Start())
	for deadline := time.Now().Add(time.Minute); !startedBelow(ts.MkAbs(".")); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			cmd.Process.Kill()
			ts.Fatalf("no program was started")
		}
	}
	ts.Check(cmd.Process.Signal(os.Interrupt))
	cmd.Wait()
	if got := strconv.Itoa(cmd.ProcessState.ExitCode()); got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
}

// interrupt-when PATTERN STATUS ARGS… runs threading101, which gets no end of its
// input, and presses Ctrl-C once there is such a file. It must end within a second,
// with that status, and leave nothing: no folder, and, where that file names a process,
// not that one.
func interruptWhen(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: interrupt-when PATTERN STATUS ARGS…")
	}
	path, err := exec.LookPath("threading101")
	ts.Check(err)
	cmd := exec.Command(path, args[2:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "KERNEL_SOURCE="+ts.Getenv("KERNEL_SOURCE"), "TMPDIR="+ts.MkAbs("."), "PATH="+ts.Getenv("PATH"), "REALGO="+ts.Getenv("REALGO"))
	input, err := cmd.StdinPipe()
	ts.Check(err)
	defer input.Close()
	var said strings.Builder
	cmd.Stderr = &said
	ts.Check(cmd.Start())
	text := waitFor(ts, cmd, ts.MkAbs(args[0]), &said)
	pressed := time.Now()
	ts.Check(cmd.Process.Signal(os.Interrupt))
	late := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
	cmd.Wait()
	late.Stop()
	if took := time.Since(pressed); took > time.Second {
		ts.Fatalf("it ended %v after Ctrl-C", took)
	}
	if got := strconv.Itoa(cmd.ProcessState.ExitCode()); got != args[1] {
		ts.Fatalf("exit status %s, want %s", got, args[1])
	}
	if pid, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && syscall.Kill(pid, 0) == nil {
		ts.Fatalf("process %d is still there", pid)
	}
	if left, _ := filepath.Glob(ts.MkAbs("threading101-*")); len(left) > 0 {
		ts.Fatalf("it leaves %q", left)
	}
}

// waitFor returns what is in the first file of that pattern, once there is one.
func waitFor(ts *testscript.TestScript, cmd *exec.Cmd, pattern string, said fmt.Stringer) string {
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			text, err := os.ReadFile(found[0])
			ts.Check(err)
			return string(text)
		}
	}
	cmd.Process.Kill()
	cmd.Wait()
	ts.Fatalf("there is no %s: %s", pattern, said)
	return ""
}

// startedBelow reports whether a program that lies somewhere in a folder runs.
func startedBelow(dir string) bool {
	links, _ := filepath.Glob("/proc/[0-9]*/exe")
	for _, link := range links {
		if path, err := os.Readlink(link); err == nil && strings.HasPrefix(path, filepath.Join(dir, "threading101-run-")) {
			return true
		}
	}
	return false
}

// goEnv returns NAME=value of the go command's settings: scripts run with a
// home of their own, and would fill new caches.
func goEnv(t *testing.T, names ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"env"}, names...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	values := strings.Split(strings.TrimRight(string(out), "\n"), "\n")
	for i, name := range names {
		values[i] = name + "=" + values[i]
	}
	return values
}

// The doctor says what other systems lack.
func TestDoctorOfOtherSystems(t *testing.T) {
	for _, c := range []struct{ system, arch, want string }{
		{"linux", "amd64", ""}, {"linux", "arm64", "not tested on this processor"},
		{"darwin", "arm64", "the limits of memory"}, {"windows", "amd64", "WSL"},
	} {
		got := checkSystem(c.system, c.arch)
		if !strings.Contains(got.problem, c.want) || (got.problem == "") != (c.want == "") || !got.optional {
			t.Errorf("%s/%s: %+v", c.system, c.arch, got)
		}
	}
}
