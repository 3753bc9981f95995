package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"threading101/kernel/build/code"
	"threading101/kernel/event"
	"threading101/kernel/instrument/site"
	"threading101/kernel/seed"
	"threading101/kernel/words"
)

// realGo is the go command of the machine.
func realGo(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// newBuilder returns a Builder with a small recorder for tests.
func newBuilder(t testing.TB) *Builder {
	t.Helper()
	b, err := New(Config{GoTool: realGo(t), RT: os.DirFS("testdata/recorder"), WorkDir: t.TempDir(), Seed: ofSetup(t), Logf: t.Logf})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// ofSetup is what setup has compiled for all: the recorder itself is, too.
func ofSetup(t testing.TB) seed.Seed {
	t.Helper()
	bin, err := filepath.Abs("../../bin")
	if err != nil {
		t.Fatal(err)
	}
	return seed.Beside(bin)
}

// folder makes a folder with these files: name, text, name, text …
func folder(t testing.TB, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		write(t, filepath.Join(dir, files[i]), files[i+1])
	}
	return dir
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

const goMod = "module gonb_x\n\ngo 1.26\n"

const hello = `package main

import (
	"fmt"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if i == 1 {
				fmt.Println("hello")
			}
		}()
	}
	wg.Wait()
}
`

func mustBuild(t testing.TB, b *Builder, req Request) Result {
	t.Helper()
	r, err := b.Build(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	if r.Exit != 0 {
		t.Fatalf("exit %d: %s", r.Exit, r.Output)
	}
	return r
}

// output runs a program and returns all it prints, and its exit status.
func output(t testing.TB, path string, args ...string) (string, int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0")
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// TestCache: what was built stays, and nothing else is taken for it.
func TestCache(t *testing.T) {
	b := newBuilder(t)
	b.rewrite = marking
	dir := folder(t, "go.mod", "module gonb_x\n\ngo 1.26.0\n", "main.go", hello)
	known := "" // the same throughout: none of what changes is the program's
	build := func(what string, req Request, cached bool) Result {
		t.Helper()
		req.Dir = dir
		r := mustBuild(t, b, req)
		if r.Cached != cached {
			t.Errorf("%s: cached %v", what, r.Cached)
		}
		if len(r.Code) != code.Length || known != "" && r.Code != known {
			t.Errorf("%s: the code is %q, not %q", what, r.Code, known)
		}
		known = r.Code
		if out, exit := output(t, r.Binary); out != "hello\n" || exit != 0 {
			t.Errorf("%s: %q, exit %d", what, out, exit)
		}
		return r
	}
	if r := build("plain", Request{Plain: true}, false); r.Instrumented || contains(t, r.Binary, "kernel/rt.Main") {
		t.Error("plain build has the recorder")
	}
	if r := build("recorded after plain", Request{}, false); !r.Instrumented || !contains(t, r.Binary, "kernel/rt.Main") {
		t.Error("recorded build has no recorder")
	}
	build("plain again", Request{Plain: true}, true)
	if r := build("recorded again", Request{}, true); len(r.Sites) != 2 {
		t.Errorf("cached result has %d sites", len(r.Sites))
	}
	if hasCompiler("gcc", os.Environ()) {
		if r := build("race", Request{Race: true}, false); !contains(t, r.Binary, "__tsan_init") {
			t.Error("race build has no race detector")
		}
		build("race as a flag", Request{Flags: []string{"-race"}}, false)
	}
	if r := build("recorded after race", Request{}, true); contains(t, r.Binary, "__tsan_init") {
		t.Error("race detector where none was asked for")
	}
	write(t, filepath.Join(dir, "go.mod"), "module gonb_x\n\ngo 1.25.0\n")
	build("other go.mod", Request{}, false)
	write(t, filepath.Join(dir, "main.go"), hello+"\n// another\n")
	build("other source", Request{}, false)
	write(t, filepath.Join(dir, "main.go"), hello)
	build("first source again", Request{}, true)
}

// TestCacheBounded: the oldest binaries go.
func TestCacheBounded(t *testing.T) {
	b := newBuilder(t)
	b.binaries.keep = 2
	var paths []string
	for i := range 4 {
		dir := folder(t, "go.mod", goMod, "main.go", "package main\n\nfunc main() { println("+string(rune('0'+i))+") }\n")
		paths = append(paths, mustBuild(t, b, Request{Dir: dir}).Binary)
	}
	for i, path := range paths {
		if exists(path) != (i >= 2) {
			t.Errorf("binary %d: exists %v", i, exists(path))
		}
	}
	left, err := os.ReadDir(b.cfg.WorkDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range left {
		if e.IsDir() && e.Name() != "bin" {
			t.Errorf("%s was left behind", e.Name())
		}
	}
}

// TestTrimmedBuildCache: the go command trims its cache while a kernel runs.
// What the builder remembers is then wrong, and must not stay wrong.
func TestTrimmedBuildCache(t *testing.T) {
	b := newBuilder(t)
	b.rewrite = marking
	dir := folder(t, "go.mod", goMod, "main.go", hello)
	mustBuild(t, b, Request{Dir: dir})
	for _, u := range b.universes {
		for path := range u.exports {
			u.exports[path] = "/nonexistent"
		}
		u.config = ""
	}
	write(t, filepath.Join(dir, "main.go"), hello+"\n")
	if r := mustBuild(t, b, Request{Dir: dir}); !r.Instrumented || r.way != "direct" {
		t.Errorf("instrumented %v, by way of %s, notes %q", r.Instrumented, r.way, r.Notes)
	}
	// The same, when the types must be read anew as well.
	for _, u := range b.universes {
		u.exports["fmt"] = "/nonexistent"
		u.importer, u.config = b.newImporter(u), ""
	}
	write(t, filepath.Join(dir, "main.go"), hello+"\n\n")
	if r := mustBuild(t, b, Request{Dir: dir}); !r.Instrumented || r.way != "direct" {
		t.Errorf("instrumented %v, by way of %s, notes %q", r.Instrumented, r.way, r.Notes)
	}
}

// TestOutput: the binary is also put where the request says, in place of what
// is there and never into it.
func TestOutput(t *testing.T) {
	b := newBuilder(t)
	dir := folder(t, "go.mod", goMod, "main.go", hello)
	precious := filepath.Join(t.TempDir(), "precious")
	write(t, precious, "keep me")
	out := filepath.Join(t.TempDir(), "out")
	if err := os.Symlink(precious, out); err != nil {
		t.Fatal(err)
	}
	mustBuild(t, b, Request{Dir: dir, Output: out})
	if text, _ := output(t, out); text != "hello\n" {
		t.Errorf("got %q", text)
	}
	if text, err := os.ReadFile(precious); err != nil || string(text) != "keep me" {
		t.Errorf("wrote through the link: %q, %v", text, err)
	}
}

// TestRewrittenFails: when the rewritten program does not compile, the program
// runs as it is, and says so.
func TestRewrittenFails(t *testing.T) {
	b := newBuilder(t)
	b.rewrite = func(_ *Builder, f *file, _ *checked, _ uint32) ([]byte, []event.Site, []site.Note, error) {
		return append(slices.Clone(f.text), "var x int = false\n"...), nil, nil, nil
	}
	dir := folder(t, "go.mod", goMod, "main.go", hello)
	r := mustBuild(t, b, Request{Dir: dir})
	if r.Instrumented || len(r.Notes) != 1 || r.Sites != nil || !strings.Contains(r.Unrecorded, "cannot use false") {
		t.Errorf("%+v", r)
	}
	if out, _ := output(t, r.Binary); out != "hello\n" {
		t.Errorf("got %q", out)
	}
	b.rewrite = marking
	if r := mustBuild(t, b, Request{Dir: dir}); r.Cached || !r.Instrumented || r.Unrecorded != "" {
		t.Errorf("once the fault is gone: %+v", r)
	}
}

// TestErrors: what Go says about a program that does not compile arrives byte
// for byte.
func TestErrors(t *testing.T) {
	b := newBuilder(t)
	b.rewrite = marking
	for name, text := range map[string]string{
		"syntax":          "package main\n\nfunc main() {\n\tx := \n}\n",
		"type":            "package main\n\nfunc main() {\n\tvar x int = \"a\"\n\tgo println(x)\n}\n",
		"unused":          "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tx := 1\n\tgo func() {}()\n}\n",
		"undefined":       "package main\n\nfunc main() {\n\tgo undefined()\n}\n",
		"no main":         "package main\n\nfunc init() {\n\tgo println()\n}\n",
		"many":            "package main\n\nfunc main() {\n" + strings.Repeat("\tgo undefined()\n", 20) + "}\n",
		"no such package": "package main\n\nimport \"nosuch\"\n\nfunc main() {\n\tgo nosuch.Do()\n}\n",
		"no module":       "package main\n\nimport \"example.com/nosuch\"\n\nfunc main() {\n\tgo nosuch.Do()\n}\n",
		"compiler only":   "package main\n\nvar x [1 << 50]int\n\nfunc main() {\n\tgo println(x[0])\n}\n",
		"linker only":     "package main\n\nfunc missing()\n\nfunc main() {\n\tgo missing()\n}\n",
		"not a program":   "package other\n\nfunc main() {}\n",
		"empty":           "",
	} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t, "go.mod", goMod, "main.go", text)
			cmd := exec.Command(realGo(t), "build", slim, "-o", filepath.Join(t.TempDir(), "x"))
			cmd.Dir = dir
			want, err := cmd.CombinedOutput()
			r, berr := b.Build(context.Background(), Request{Dir: dir})
			if berr != nil {
				t.Fatal(berr)
			}
			if (err == nil) != (r.Exit == 0) || cmd.ProcessState.ExitCode() != r.Exit {
				t.Errorf("exit %d, want %v", r.Exit, err)
			}
			if !bytes.Equal(r.Output, want) {
				t.Errorf("got:\n%s\nwant:\n%s", r.Output, want)
			}
		})
	}
}

// TestBrokenModule: a go.mod that nobody can read.
func TestBrokenModule(t *testing.T) {
	b := newBuilder(t)
	dir := folder(t, "go.mod", "module gonb_x\n\nnonsense\n", "main.go", hello)
	r, err := b.Build(context.Background(), Request{Dir: dir})
	if err != nil || r.Exit == 0 || !bytes.Contains(r.Output, []byte("go.mod:3: unknown directive: nonsense")) {
		t.Errorf("exit %d, %v: %s", r.Exit, err, r.Output)
	}
}

// TestCancel: a build under way ends at once, and what it started is gone.
func TestCancel(t *testing.T) {
	b := newBuilder(t)
	dir := folder(t, "go.mod", goMod, "main.go", hello)
	// A compiler that never ends, and has a child.
	slow := filepath.Join(t.TempDir(), "toolexec")
	pids := filepath.Join(t.TempDir(), "pids")
	write(t, slow, "#!/bin/sh\ncase \"$*\" in *-V=full*) exec \"$@\";; esac\necho $$ >"+pids+".new; mv "+pids+".new "+pids+"\nsleep 1000\n")
	if err := os.Chmod(slow, 0o755); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() {
		_, err := b.Build(ctx, Request{Dir: dir, Flags: []string{"-toolexec=" + slow}})
		done <- err
	}()
	var pid int
	for deadline := time.Now().Add(time.Minute); pid == 0; time.Sleep(time.Millisecond) {
		text, _ := os.ReadFile(pids)
		pid, _ = strconv.Atoi(strings.TrimSpace(string(text)))
		if time.Now().After(deadline) {
			t.Fatal("the build did not start")
		}
	}
	t0 := time.Now()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	t.Logf("ended %v after the cancellation", time.Since(t0))
	for deadline := time.Now().Add(10 * time.Second); syscall.Kill(pid, 0) == nil; time.Sleep(time.Millisecond) {
		if state, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); bytes.Contains(state, []byte(") Z ")) {
			break // dead; nobody but init can reap it
		}
		if time.Now().After(deadline) {
			t.Fatal("the compiler is still there")
		}
	}
	mustBuild(t, b, Request{Dir: dir}) // and the builder is not stuck
}

// TestRaceWithoutCompiler: a sentence, not a linker's despair.
func TestRaceWithoutCompiler(t *testing.T) {
	b := newBuilder(t)
	dir := folder(t, "go.mod", goMod, "main.go", hello)
	r, err := b.Build(context.Background(), Request{Dir: dir, Race: true, Env: append(os.Environ(), "CC=/nonexistent/cc")})
	if err != nil || r.Exit == 0 || string(r.Output) != words.RaceNeedsCompiler("/nonexistent/cc") {
		t.Errorf("exit %d, %v: %s", r.Exit, err, r.Output)
	}
}

func contains(t *testing.T, path, text string) bool {
	t.Helper()
	all, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Contains(all, []byte(text))
}

// TestRecorder: the real instrumenter with the real recorder. The program must
// behave as ever, with the race detector too.
func TestRecorder(t *testing.T) {
	b, err := New(Config{GoTool: realGo(t), RT: os.DirFS(".."), WorkDir: t.TempDir(), CacheDir: t.TempDir(), Logf: t.Logf})
	if err != nil {
		t.Fatal(err)
	}
	dir := folder(t, "go.mod", goMod, "main.go", hello)
	for _, race := range []bool{false, true} {
		if race && !hasCompiler("gcc", os.Environ()) {
			t.Log("no C compiler (gcc): not tried with the race detector")
			continue
		}
		r := mustBuild(t, b, Request{Dir: dir, Race: race})
		if !r.Instrumented || len(r.Sites) < 2 || len(r.Notes) > 0 || r.way != "direct" {
			t.Errorf("race %v: %+v", race, r)
		}
		if out, exit := output(t, r.Binary); out != "hello\n" || exit != 0 {
			t.Errorf("race %v: %q, exit %d", race, out, exit)
		}
	}
}

// TestGoEnvWritten: what "go env -w" sets counts from the next build on.
func TestGoEnvWritten(t *testing.T) {
	b := newBuilder(t)
	dir := folder(t, "go.mod", goMod, "main.go", "package main\n\nfunc main() { println(word) }\n",
		"a.go", "//go:build special\n\npackage main\n\nconst word = \"special\"\n",
		"b.go", "//go:build !special\n\npackage main\n\nconst word = \"usual\"\n")
	file := filepath.Join(t.TempDir(), "env")
	env := append(slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "GOFLAGS=") }), "GOENV="+file)
	for _, c := range [][2]string{{"", "usual\n"}, {"GOFLAGS=-tags=special\n", "special\n"}, {"", "usual\n"}} {
		write(t, file, c[0])
		r := mustBuild(t, b, Request{Dir: dir, Env: env})
		if out, _ := output(t, r.Binary); out != c[1] || r.way != "direct" {
			t.Errorf("with %q: got %q by way of %s", c[0], out, r.way)
		}
	}
}
