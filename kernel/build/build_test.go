package build

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"threading101/kernel/event"
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

// newBuilder returns a Builder with the recorder of this checkout.
func newBuilder(t testing.TB) *Builder {
	t.Helper()
	b, err := New(Config{GoTool: realGo(t), RT: os.DirFS(".."), WorkDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	return b
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
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

func TestBuild(t *testing.T) {
	b := newBuilder(t)
	dir := folder(t, "go.mod", goMod, "main.go", hello)
	for range 3 {
		t0 := time.Now()
		r := mustBuild(t, b, Request{Dir: dir})
		t.Log(time.Since(t0), r.way, r.Cached, r.Instrumented, r.Notes, len(r.Sites))
		if out, exit := output(t, r.Binary); out != "hello\n" || exit != 0 {
			t.Errorf("got %q, exit %d", out, exit)
		}
		write(t, filepath.Join(dir, "main.go"), hello+"// x\n")
	}
	_ = bytes.Equal
	_ = strings.Cut
	var _ fs.FS
	_ = event.Go
}
