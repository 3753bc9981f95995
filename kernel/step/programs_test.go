package step

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"threading101/kernel/build"
	"threading101/kernel/build/buildtest"
	"threading101/kernel/model"
	"threading101/kernel/proof/oracle"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// workDir is for all that the tests make.
var workDir string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "step-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	workDir = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

var builder = sync.OnceValues(func() (*build.Builder, error) { return buildtest.New("..", filepath.Join(workDir, "builder")) })

// randoms are random programs in one binary: its argument says which is meant.
const randoms = 40

var randomPrograms = sync.OnceValues(func() (run.Spec, error) {
	var all []*oracle.Program
	for seed := range uint64(randoms) {
		p, _ := oracle.Random(seed+1, oracle.Small)
		all = append(all, p)
	}
	return compile("random", oracle.Together(all))
})

// programs are those of testdata, in one binary.
var programs = sync.OnceValues(func() (run.Spec, error) {
	src, err := os.ReadFile("testdata/programs.go")
	if err != nil {
		return run.Spec{}, err
	}
	return compile("programs", string(src))
})

// compile builds a program as the kernel does.
func compile(name, src string) (run.Spec, error) {
	dir := filepath.Join(workDir, name)
	err := errors.Join(
		os.MkdirAll(dir, 0o700),
		os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module program\n\ngo 1.26.0\n"), 0o600),
		os.WriteFile(filepath.Join(dir, "main.go"), []byte(src), 0o600),
	)
	b, failed := builder()
	if err = errors.Join(err, failed); err != nil {
		return run.Spec{}, err
	}
	output := filepath.Join(dir, "program")
	r, err := b.Build(context.Background(), build.Request{Explore: true, Dir: dir, Output: output})
	if err == nil && (r.Exit != 0 || !r.Instrumented) {
		err = fmt.Errorf("%s%v", r.Output, r.Notes)
	}
	return run.Spec{
		Path: output, Mode: model.Controlled, Sites: r.Sites, Code: r.Code, Uncontrolled: r.Uncontrolled, Ledger: r.Ledger,
	}, err
}

// named is one of the programs of testdata.
func named(t testing.TB, name string) Config {
	t.Helper()
	program, err := programs()
	if err != nil {
		t.Fatal(err)
	}
	program.Args = []string{name}
	return Config{Run: program, Clock: sched.Free}
}

// random is one of the random programs.
func random(t testing.TB, i int) Config {
	t.Helper()
	program, err := randomPrograms()
	if err != nil {
		t.Fatal(err)
	}
	program.Args = []string{strconv.Itoa(i)}
	return Config{Run: program, Clock: sched.Free}
}
