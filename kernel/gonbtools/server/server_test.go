package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"threading101/kernel/build"
	"threading101/kernel/build/buildtest"
	"threading101/kernel/gonbtools"
)

// The test binary is the façade when called by its names, and the kernel's binary
// where the façade needs that.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "goimports" {
		said, exit := build.Goimports(os.Args[3])
		os.Stderr.Write(said)
		os.Exit(exit)
	}
	if name := filepath.Base(os.Args[0]); gonbtools.Is(name) {
		os.Exit(gonbtools.Main(os.Args[0], os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// kernel is a handler for tests.
type kernel struct {
	mu      sync.Mutex
	calls   []any
	reply   gonbtools.Reply
	run     gonbtools.RunReply
	panics  bool
	wait    bool          // until the context ends
	started chan struct{} // one value for each call
	ended   chan error    // what the context said, if wait
}

func (k *kernel) call(ctx context.Context, c any) gonbtools.Reply {
	k.mu.Lock()
	k.calls = append(k.calls, c)
	k.mu.Unlock()
	k.started <- struct{}{}
	if k.panics {
		panic("oh")
	}
	if k.wait {
		<-ctx.Done()
		k.ended <- ctx.Err()
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.reply
}

// exit makes this the status of the replies from now on.
func (k *kernel) exit(status int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.reply.Exit = status
}

func (k *kernel) Build(ctx context.Context, c gonbtools.BuildCall) gonbtools.Reply {
	c.Env = nil
	return k.call(ctx, c)
}
func (k *kernel) Imports(ctx context.Context, c gonbtools.ImportsCall) gonbtools.Reply {
	c.Env = nil
	return k.call(ctx, c)
}
func (k *kernel) Get(ctx context.Context, c gonbtools.GetCall) gonbtools.Reply {
	c.Env = nil
	return k.call(ctx, c)
}
func (k *kernel) Gopls(ctx context.Context, c gonbtools.GoplsCall) gonbtools.Reply {
	c.Env = nil
	return k.call(ctx, c)
}
func (k *kernel) Run(ctx context.Context, c gonbtools.RunCall) gonbtools.RunReply {
	c.Env = nil
	r := k.call(ctx, c)
	if k.run.Exec != "" {
		return k.run
	}
	return gonbtools.RunReply{Exit: r.Exit}
}

// session is a folder as GoNB has it, with the tools on the PATH before the
// real ones.
type session struct {
	t        *testing.T
	k        *kernel
	server   *Server
	dir, bin string // GoNB's folder, the folder of links
	env      []string
}

func newSession(t *testing.T, k *kernel) *session {
	t.Helper()
	root := t.TempDir()
	s := &session{t: t, k: k, dir: filepath.Join(root, "gonb_ab12"), bin: filepath.Join(root, "bin")}
	k.started, k.ended = make(chan struct{}, 100), make(chan error, 100)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Mkdir(s.dir, 0o700), gonbtools.Links(s.bin, self)); err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(root, "s")
	if s.server, err = Serve(socket, k, t.Logf); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.server.Close() })
	realGo, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	s.env = append(os.Environ(), "PATH="+s.bin+":"+os.Getenv("PATH"),
		gonbtools.EnvSocket+"="+socket, gonbtools.EnvKernel+"="+self, gonbtools.EnvLinks+"="+s.bin, gonbtools.EnvGo+"="+realGo)
	return s
}

// command is a tool of the session, started as GoNB does it.
func (s *session) command(name string, args ...string) *exec.Cmd {
	path := filepath.Join(s.bin, name)
	if strings.HasPrefix(name, "gonb_") {
		path = filepath.Join(s.dir, name)
	}
	cmd := exec.Command(path, args...)
	cmd.Dir, cmd.Env = s.dir, s.env
	return cmd
}

// output runs a tool and returns all it prints, and its exit status.
func (s *session) output(name string, args ...string) (string, int) {
	s.t.Helper()
	cmd := s.command(name, args...)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		s.t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

func (s *session) wantCalls(want ...any) {
	s.t.Helper()
	s.k.mu.Lock()
	defer s.k.mu.Unlock()
	if len(want) != len(s.k.calls) || len(want) > 0 && !reflect.DeepEqual(s.k.calls, want) {
		s.t.Errorf("calls %+v\nwant %+v", s.k.calls, want)
	}
	s.k.calls = nil
}

func TestBuildAndRun(t *testing.T) {
	k := &kernel{}
	s := newSession(t, k)
	x := filepath.Join(s.dir, "gonb_ab12")
	if out, exit := s.output("go", "build", "-o", x, "-race", "-tags", "a b"); out != "" || exit != 0 {
		t.Errorf("build: exit %d: %s", exit, out)
	}
	s.wantCalls(gonbtools.BuildCall{Dir: s.dir, Output: x, Flags: []string{"-tags", "a b"}, Race: true})
	k.exit(3)
	if out, exit := s.output("gonb_ab12", "-x", "y z"); out != "" || exit != 3 {
		t.Errorf("run: exit %d: %s", exit, out)
	}
	s.wantCalls(gonbtools.RunCall{Path: x, Dir: s.dir, Args: []string{"-x", "y z"}})
}

// TestTool: the small binary beside the kernel's is what the links lead to, and it
// does the same.
func TestTool(t *testing.T) {
	k := &kernel{}
	s := newSession(t, k)
	beside := t.TempDir()
	if out, err := exec.Command("go", "build", buildtest.Slim, "-o", filepath.Join(beside, "threading101-tool"), "../tool").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := gonbtools.Links(s.bin, filepath.Join(beside, "threading101")); err != nil {
		t.Fatal(err)
	}
	x, file := filepath.Join(s.dir, "gonb_ab12"), filepath.Join(s.dir, "main.go")
	if out, exit := s.output("go", "build", "-o", x); out != "" || exit != 0 {
		t.Errorf("build: exit %d: %s", exit, out)
	}
	if to, err := os.Readlink(x); err != nil || filepath.Dir(to) != beside {
		t.Errorf("the program is a link to %s (%v)", to, err)
	}
	k.exit(3)
	if out, exit := s.output("gonb_ab12", "y z"); out != "" || exit != 3 {
		t.Errorf("run: exit %d: %s", exit, out)
	}
	if err := os.WriteFile(file, []byte("package main\n\nfunc main() { fmt.Println() }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	k.exit(build.Undecided)
	if out, exit := s.output("goimports", "-w", file); out != "" || exit != 0 {
		t.Errorf("goimports: exit %d: %s", exit, out)
	}
	if got, _ := os.ReadFile(file); !bytes.Contains(got, []byte("import \"fmt\"")) {
		t.Errorf("goimports wrote %s", got)
	}
	s.wantCalls(gonbtools.BuildCall{Dir: s.dir, Output: x}, gonbtools.RunCall{Path: x, Dir: s.dir, Args: []string{"y z"}}, gonbtools.ImportsCall{Dir: s.dir, File: file})
	s.env = append(s.env, gonbtools.EnvGo+"=/bin/echo")
	if out, _ := s.output("go", "version"); out != "version\n" {
		t.Errorf("got %s", out)
	}
}

func TestBuildFails(t *testing.T) {
	s := newSession(t, &kernel{reply: gonbtools.Reply{Exit: 1, Stdout: []byte("out\n"), Stderr: []byte("./main.go:3:1: no\n")}})
	x := filepath.Join(s.dir, "gonb_ab12")
	if out, exit := s.output("go", "build", "-o", x); out != "out\n./main.go:3:1: no\n" || exit != 1 {
		t.Errorf("exit %d: %s", exit, out)
	}
	if _, err := os.Lstat(x); err == nil {
		t.Error("a stub was left")
	}
}

// TestExec: the program takes the stub's place, its input and its output, and
// an interrupt ends it, though the stub ignored interrupts.
func TestExec(t *testing.T) {
	k := &kernel{run: gonbtools.RunReply{Exec: "/bin/sh"}}
	s := newSession(t, k)
	s.output("go", "build", "-o", filepath.Join(s.dir, "gonb_ab12"))
	cmd := s.command("gonb_ab12", "-c", "read x; echo got $x; kill -INT $$; sleep 10")
	cmd.Stdin = strings.NewReader("input\n")
	out, err := cmd.CombinedOutput()
	if string(out) != "got input\n" || cmd.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGINT {
		t.Errorf("%v: %s", err, out)
	}
}

// TestInterrupt: the stub stays until the kernel answers.
func TestInterrupt(t *testing.T) {
	k := &kernel{wait: true}
	s := newSession(t, k)
	s.linkStub()
	cmd := s.command("gonb_ab12")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-k.started
	cmd.Process.Signal(os.Interrupt)
	k.exit(5)
	s.server.cancel() // the kernel ends the run
	if err := <-k.ended; err == nil {
		t.Error("the context did not end")
	}
	cmd.Wait()
	if exit := cmd.ProcessState.ExitCode(); exit != 5 {
		t.Errorf("exit %d (%v)", exit, cmd.ProcessState)
	}
}

func (s *session) linkStub() {
	s.t.Helper()
	self, err := os.Executable()
	if err == nil {
		err = os.Symlink(self, filepath.Join(s.dir, "gonb_ab12"))
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// TestCallerDies: its context ends.
func TestCallerDies(t *testing.T) {
	k := &kernel{wait: true}
	s := newSession(t, k)
	s.linkStub()
	for _, cmd := range []*exec.Cmd{
		s.command("gonb_ab12"),
		s.command("go", "get"),
		s.command("go", "build", "-o", filepath.Join(s.dir, "gonb_ab12")),
		s.command("gopls", "-listen", "unix;/x"),
	} {
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		<-k.started
		cmd.Process.Kill()
		cmd.Wait()
		select {
		case <-k.ended:
		case <-time.After(10 * time.Second):
			t.Fatalf("%v: the context did not end", cmd.Args)
		}
	}
}

// TestPassThrough: what is not GoNB's own call is the real tool's.
func TestPassThrough(t *testing.T) {
	s := newSession(t, &kernel{})
	if out, exit := s.output("go", "mod", "init", "gonb_ab12"); exit != 0 {
		t.Errorf("mod init: exit %d: %s", exit, out)
	}
	main := "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(\"hi\") }\n"
	if err := os.WriteFile(filepath.Join(s.dir, "main.go"), []byte(main), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, exit := s.output("go", "env", "GOOS"); out == "" || exit != 0 {
		t.Errorf("env: exit %d: %s", exit, out)
	}
	if out, exit := s.output("go", "run", "main.go"); out != "hi\n" || exit != 0 {
		t.Errorf("run: exit %d: %s", exit, out)
	}
	if out, exit := s.output("go", "build", "-o", "other"); exit != 0 {
		t.Errorf("build: exit %d: %s", exit, out)
	}
	if out, exit := s.output("go", "nosuch"); exit != 2 || !strings.Contains(out, "unknown command") {
		t.Errorf("nosuch: exit %d: %s", exit, out)
	}
	// A generator finds the real go, and the real environment.
	gen := "package main\n\n//go:generate sh -c \"command -v go; echo $T101_SOCKET\"\n"
	if err := os.WriteFile(filepath.Join(s.dir, "gen.go"), []byte(gen), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, exit := s.output("go", "generate"); exit != 0 || strings.Contains(out, s.bin) {
		t.Errorf("generate: exit %d: %s", exit, out)
	}
	s.wantCalls()
}

// TestPassThroughTest: "go test -c -o X" replaces the stub of an earlier build,
// and does not write into our own binary.
func TestPassThroughTest(t *testing.T) {
	s := newSession(t, &kernel{})
	s.output("go", "mod", "init", "gonb_ab12")
	test := "package main\n\nimport \"testing\"\n\nfunc TestX(t *testing.T) { t.Log(\"seen\") }\n"
	if err := os.WriteFile(filepath.Join(s.dir, "main_test.go"), []byte(test), 0o600); err != nil {
		t.Fatal(err)
	}
	s.linkStub()
	x := filepath.Join(s.dir, "gonb_ab12")
	if out, exit := s.output("go", "test", "-c", "-o", x); exit != 0 {
		t.Fatalf("exit %d: %s", exit, out)
	}
	if info, err := os.Lstat(x); err != nil || !info.Mode().IsRegular() {
		t.Fatalf("%v, %v", info, err)
	}
	if out, exit := s.output("gonb_ab12", "-test.v"); exit != 0 || !strings.Contains(out, "seen") {
		t.Errorf("exit %d: %s", exit, out)
	}
	s.wantCalls()
}

// TestPassThroughWasm: GoNB builds WebAssembly elsewhere, for another system.
func TestPassThroughWasm(t *testing.T) {
	k := &kernel{}
	s := newSession(t, k)
	s.env = append(s.env, "GOOS=js", "GOARCH=wasm", gonbtools.EnvGo+"=/bin/echo")
	if out, _ := s.output("go", "build", "-o", filepath.Join(s.dir, "gonb_ab12")); !strings.HasPrefix(out, "build -o ") {
		t.Errorf("got %s", out)
	}
	s.wantCalls()
}

func TestGet(t *testing.T) {
	s := newSession(t, &kernel{reply: gonbtools.Reply{Exit: 1, Stderr: []byte("no\n")}})
	if out, exit := s.output("go", "get"); out != "no\n" || exit != 1 {
		t.Errorf("exit %d: %s", exit, out)
	}
	s.wantCalls(gonbtools.GetCall{Dir: s.dir})
	s.env = append(s.env, gonbtools.EnvGo+"=/bin/echo")
	if out, _ := s.output("go", "get", "-t"); out != "get -t\n" {
		t.Errorf("got %s", out)
	}
	s.wantCalls()
}

// TestImports: the kernel decides, or leaves it to the caller, who does as
// goimports does.
func TestImports(t *testing.T) {
	k := &kernel{}
	s := newSession(t, k)
	file := filepath.Join(s.dir, "main.go")
	text := []byte("package main\n\nfunc main() { fmt.Println() }\n")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, exit := s.output("goimports", "-w", file); out != "" || exit != 0 {
		t.Errorf("exit %d: %s", exit, out)
	}
	s.wantCalls(gonbtools.ImportsCall{Dir: s.dir, File: file})
	if got, _ := os.ReadFile(file); !bytes.Equal(got, text) {
		t.Errorf("the caller wrote %s", got)
	}
	k.exit(build.Undecided)
	if out, exit := s.output("goimports", "-w", file); out != "" || exit != 0 {
		t.Errorf("exit %d: %s", exit, out)
	}
	if got, _ := os.ReadFile(file); !bytes.Contains(got, []byte("import \"fmt\"")) {
		t.Errorf("the caller wrote %s", got)
	}
}

func TestGopls(t *testing.T) {
	s := newSession(t, &kernel{})
	if out, exit := s.output("gopls", "-listen", "unix;/x/y"); out != "" || exit != 0 {
		t.Errorf("exit %d: %s", exit, out)
	}
	s.wantCalls(gonbtools.GoplsCall{Dir: s.dir, Args: []string{"-listen", "unix;/x/y"}})
	s.env = append(s.env, gonbtools.EnvGopls+"=/bin/echo")
	if out, _ := s.output("gopls", "version"); out != "version\n" {
		t.Errorf("got %s", out)
	}
}

// TestKernelGone: a sentence, and a failure.
func TestKernelGone(t *testing.T) {
	s := newSession(t, &kernel{})
	s.server.Close()
	s.linkStub()
	for _, args := range [][]string{{"go", "get"}, {"go", "build", "-o", filepath.Join(s.dir, "gonb_ab12")}, {"gonb_ab12"}} {
		out, exit := s.output(args[0], args[1:]...)
		if exit != 1 || !strings.Contains(out, "the kernel does not answer") {
			t.Errorf("%v: exit %d: %s", args, exit, out)
		}
	}
}

// TestNoKernel: without a kernel at all, the tools are the real ones.
func TestNoKernel(t *testing.T) {
	s := newSession(t, &kernel{})
	s.env = append(s.env, gonbtools.EnvSocket+"=", gonbtools.EnvGo+"=", gonbtools.EnvLinks+"=")
	if out, exit := s.output("go", "env", "GOOS"); out == "" || exit != 0 {
		t.Errorf("exit %d: %s", exit, out)
	}
}

// TestHandlerPanics: the caller gets an answer.
func TestHandlerPanics(t *testing.T) {
	s := newSession(t, &kernel{panics: true})
	if out, exit := s.output("go", "get"); exit != 1 || !strings.Contains(out, "oh") {
		t.Errorf("exit %d: %s", exit, out)
	}
}

func TestIs(t *testing.T) {
	for name, want := range map[string]bool{"go": true, "gopls": true, "goimports": true, "gonb_1": true, "gonb": false, "threading101": false, "gofmt": false} {
		if gonbtools.Is(name) != want {
			t.Errorf("Is(%q) = %v", name, !want)
		}
	}
}

// TestWire: what is not a call is refused without harm.
func TestWire(t *testing.T) {
	for _, frame := range []string{"", "\x00", "\xff\xff\xff\xff", "\x00\x00\x00\x02{", "\x00\x00\x00\x01x"} {
		var req gonbtools.Request
		if err := gonbtools.Receive(strings.NewReader(frame), &req); err == nil {
			t.Errorf("%q was taken", frame)
		}
	}
	var buf bytes.Buffer
	want := gonbtools.Request{Run: &gonbtools.RunCall{Path: "p\x00\xff…", Args: []string{""}, Env: []string{"A=\n"}}}
	if err := gonbtools.Send(&buf, want); err != nil {
		t.Fatal(err)
	}
	var got gonbtools.Request
	if err := gonbtools.Receive(&buf, &got); err != nil || got.Run.Env[0] != "A=\n" {
		t.Errorf("%+v, %v", got, err)
	}
}

func BenchmarkStub(b *testing.B) {
	dir := b.TempDir()
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	stub := filepath.Join(dir, "gonb_x")
	if err := os.Symlink(self, stub); err != nil {
		b.Fatal(err)
	}
	s, err := Serve(filepath.Join(dir, "s"), answering{}, b.Logf)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for b.Loop() {
		cmd := exec.Command(stub)
		cmd.Env = append(os.Environ(), gonbtools.EnvSocket+"="+filepath.Join(dir, "s"))
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatal(fmt.Errorf("%w: %s", err, out))
		}
	}
}

type answering struct{ Handler }

func (answering) Run(context.Context, gonbtools.RunCall) gonbtools.RunReply {
	return gonbtools.RunReply{}
}
