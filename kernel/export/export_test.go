package export

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"threading101/kernel/build"
	"threading101/kernel/build/buildtest"
	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/program"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

var (
	update = flag.Bool("update", false, "write the golden file")
	times  = flag.Int("times", 4, "how often a program is run that was written")
)

var workDir string

func TestMain(m *testing.M) {
	var err error
	if workDir, err = os.MkdirTemp("", "export-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(workDir)
	os.Exit(code)
}

var builder = sync.OnceValues(func() (*build.Builder, error) { return buildtest.New("..", workDir) })

// subject is a program that is exported.
type subject struct {
	dir, name string
	text      []byte
	program   *program.Program
}

func built(t *testing.T, name string, text []byte) *subject {
	t.Helper()
	s := &subject{dir: t.TempDir(), name: name, text: text}
	if err := os.WriteFile(filepath.Join(s.dir, name), text, 0o644); err != nil {
		t.Fatal(err)
	}
	b, err := builder()
	if err != nil {
		t.Fatal(err)
	}
	made, err := b.Build(t.Context(), build.Request{Dir: s.dir, Files: []string{name}})
	if err != nil || made.Exit != 0 {
		t.Fatalf("building %s: %v\n%s", name, err, made.Output)
	}
	s.program = &program.Program{Built: made, Path: made.Binary}
	return s
}

// run makes the run of a seed.
func (s *subject) run(t *testing.T, spec sched.Spec) *run.Result {
	t.Helper()
	course, refusal := s.program.Decide(program.Wish{Seed: &spec.Seed, Clock: spec.Clock, Asked: true})
	if refusal != nil {
		t.Fatal(refusal)
	}
	var stop program.Stop
	made, err := s.program.Run(t.Context(), course, program.Streams{}, &stop)
	if err != nil || made.Execution == nil {
		t.Fatal(err, made)
	}
	return made
}

func (s *subject) file(made *run.Result) ([]byte, error) {
	return File(Program{Name: s.name, Title: s.name, Text: s.text, Sites: s.program.Built.Sites}, made.Execution)
}

func programs(t *testing.T) []txtar.File {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/programs.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return archive.Files
}

// TestTakesTheWay: what is written for a run ends as the run did, each time, on one
// processor and on two.
func TestTakesTheWay(t *testing.T) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range programs(t) {
		s := built(t, f.Name, f.Data)
		for _, spec := range []sched.Spec{{Seed: 1}, {Seed: 2, Clock: sched.Free}} {
			t.Run(fmt.Sprintf("%s/%d", f.Name, spec.Seed), func(t *testing.T) {
				made := s.run(t, spec)
				text, err := s.file(made)
				if err != nil {
					t.Fatal(err)
				}
				trial := Trial{GoTool: goTool, Dir: s.dir, Want: Ending{made.Stdout, made.Exit}}
				if err := trial.try(t.Context(), text, processors(*times)); err != nil {
					t.Fatalf("%v\n%s", err, text)
				}
			})
		}
	}
}

// processors are the environments of so many runs: on one processor, and on two.
func processors(times int) (env [][]string) {
	for i := range times {
		env = append(env, []string{fmt.Sprintf("GOMAXPROCS=%d", i%2+1)})
	}
	return env
}

// TestFile holds the whole text to testdata/lost.go.txt.
func TestFile(t *testing.T) {
	lost := programs(t)[0]
	s := built(t, lost.Name, lost.Data)
	text, err := s.file(s.run(t, sched.Spec{Seed: 2}))
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/lost.go.txt"
	if *update {
		if err := os.WriteFile(golden, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(text)); diff != "" {
		t.Error(diff)
	}
}

// TestCannot: a run that no program can be made to have again says why.
func TestCannot(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"spins", "done := false\n\tgo func() { fmt.Println(done) }()\n\tfor !done {\n\t}", "it was stopped"},
		{"tuple", "x, y := 0, 0\n\tdone := make(chan int)\n\tgo func() { x, y = y+1, x+1; done <- 0 }()\n\tx, y = y+1, x+1\n\t<-done\n\tfmt.Println(x, y)", "in the middle of line"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := "package main\n\nimport \"fmt\"\n\nfunc main() {\n\t" + c.body + "\n}\n"
			s := built(t, c.name+".go", []byte(text))
			var cannot *Error
			for seed := range uint64(40) {
				if _, err := s.file(s.run(t, sched.Spec{Seed: seed + 1})); errors.As(err, &cannot) {
					break
				}
			}
			if cannot == nil || !strings.Contains(cannot.Reason, c.want) {
				t.Errorf("the reason is %v, not %q", cannot, c.want)
			}
		})
	}
}

// TestTry: a program that does not end as it should is none.
func TestTry(t *testing.T) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	const text = "package main\n\nfunc main() { print() }\n"
	for _, c := range []struct {
		name, text string
		want       Ending
		reason     string
	}{
		{"as it should", text, Ending{}, ""},
		{"another output", text, Ending{Stdout: "1\n"}, "in its run 1"},
		{"another exit status", text, Ending{Exit: 2}, "in its run 1"},
		{"no program", text + "x", Ending{}, "does not compile: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := Try(t.Context(), Trial{GoTool: goTool, Dir: t.TempDir(), Want: c.want, Times: 1}, []byte(c.text))
			var cannot *Error
			if c.reason == "" && err != nil || c.reason != "" && (!errors.As(err, &cannot) || !strings.Contains(cannot.Reason, c.reason)) {
				t.Errorf("%v, want %q", err, c.reason)
			}
		})
	}
}

// TestTryEnds: whoever waits for it may call it off.
func TestTryEnds(t *testing.T) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Try(ctx, Trial{GoTool: goTool, Dir: t.TempDir(), Times: 1}, []byte("package main\n\nfunc main() { select {} }\n")); err == nil {
		t.Error("it was tried")
	}
}

// What lies in a database is no part of a program: nothing is built to find that out.
func TestDatabase(t *testing.T) {
	ex := &model.Execution{Events: []model.Event{{Op: event.Statement, Object: -1}}}
	_, err := File(Program{Name: "main.go", Text: []byte("package main\n\nfunc main() {}\n")}, ex)
	if cannot := (*Error)(nil); !errors.As(err, &cannot) || cannot.Reason != words.ExportDatabase {
		t.Errorf("it says %v", err)
	}
}
