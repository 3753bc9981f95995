package explain_test

import (
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"threading101/kernel/build"
	"threading101/kernel/build/buildtest"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

var detector = flag.Bool("detector", false, "ask Go's own race detector about the programs, too: it needs a C compiler and a minute")

// TestVerdict: in controlled runs of whole programs those races are found that
// each program says it has, under any seed, and none where it says so. With
// -detector Go's race detector must say the same.
func TestVerdict(t *testing.T) {
	a, err := txtar.ParseFile("testdata/verdict.txtar")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorkshop(t, texts(a)...)
	for _, f := range a.Files {
		t.Run(strings.TrimSuffix(f.Name, ".go"), func(t *testing.T) {
			want := says(t, string(f.Data))
			p := compile(t, w, f.Data, false)
			found := map[string]bool{}
			for seed := range uint64(4) {
				for _, clock := range []sched.Clock{sched.Virtual, sched.Free} {
					for _, object := range p.races(t, model.Controlled, &sched.Spec{Seed: seed + 1, Clock: clock}) {
						found[object] = true
					}
				}
			}
			compare(t, "controlled", found, want)
			if *detector {
				found := map[string]bool{}
				for _, object := range compile(t, w, f.Data, true).races(t, model.RaceDetector, nil) {
					found[object] = true
				}
				if (len(found) > 0) != (len(want) > 0) {
					t.Errorf("Go's race detector finds %v, want %v", found, want)
				}
			}
		})
	}
}

// texts are the programs of an archive.
func texts(a *txtar.Archive) (all [][]byte) {
	for _, f := range a.Files {
		if strings.HasSuffix(f.Name, ".go") {
			all = append(all, f.Data)
		}
	}
	return all
}

// says reads the comment at the top: "// races: a b", or "// races: none".
func says(t *testing.T, src string) []string {
	t.Helper()
	_, rest, ok := strings.Cut(src, "// races: ")
	line, _, _ := strings.Cut(rest, "\n")
	if !ok {
		t.Fatal("it does not say which races it has")
	}
	if line == "none" {
		return nil
	}
	return strings.Fields(line)
}

func compare(t *testing.T, who string, found map[string]bool, want []string) {
	t.Helper()
	for object := range found {
		if !slices.Contains(want, object) {
			t.Errorf("%s: a race on %s", who, object)
		}
	}
	for _, object := range want {
		if !found[object] {
			t.Errorf("%s: no race on %s, only %v", who, object, found)
		}
	}
}

// workshop builds programs, each in a folder of its own.
type workshop struct {
	*build.Builder
	dir string
}

// newWorkshop links the programs together, but for those that would not be the same.
func newWorkshop(t *testing.T, programs ...[]byte) workshop {
	t.Helper()
	w := workshop{dir: t.TempDir()}
	var err error
	if w.Builder, err = buildtest.New("..", filepath.Join(w.dir, "builder")); err != nil {
		t.Fatal(err)
	}
	var requests []build.Request
	for _, src := range programs {
		requests = append(requests, w.request(t, src, false))
	}
	if err := w.Together(t.Context(), requests); err != nil {
		t.Fatal(err)
	}
	return w
}

// request lays out a program and says how it is built.
func (w workshop) request(t *testing.T, src []byte, race bool) build.Request {
	t.Helper()
	dir := filepath.Join(w.dir, fmt.Sprintf("%x", sha256.Sum256(src)))
	err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module program\n\ngo 1.26.0\n"), 0o600),
		os.WriteFile(filepath.Join(dir, "main.go"), src, 0o600))
	if err != nil {
		t.Fatal(err)
	}
	return build.Request{
		Dir: dir, Output: filepath.Join(dir, fmt.Sprint("program-", race)), Race: race,
		Spans: watched(src), Always: conditions(src, "always"), Eventually: conditions(src, "eventually"),
	}
}

// built is a program that was built, and what is asked of its calls and to be true.
type built struct {
	build.Result
	rules      []model.Rule
	conditions []model.Condition
}

func compile(t *testing.T, w workshop, src []byte, race bool) built {
	t.Helper()
	req := w.request(t, src, race)
	r, err := w.Build(t.Context(), req)
	if err != nil || r.Exit != 0 || !r.Instrumented {
		t.Fatalf("building: %v\n%s%s", err, r.Output, strings.Join(r.Notes, "\n"))
	}
	r.Binary = req.Output
	p := built{r, ruled(watched(src), most(src)), nil}
	for _, expr := range req.Always {
		p.conditions = append(p.conditions, model.Condition{Expr: expr})
	}
	for _, expr := range req.Eventually {
		p.conditions = append(p.conditions, model.Condition{Expr: expr, AtEnd: true})
	}
	return p
}

// conditions reads the lines "// always: a < b", or "// eventually: a < b".
func conditions(src []byte, property string) (all []string) {
	for line := range strings.Lines(string(src)) {
		if expr, ok := strings.CutPrefix(line, "// "+property+": "); ok {
			all = append(all, strings.TrimSpace(expr))
		}
	}
	return all
}

// watched reads the line "// calls of: f", or "// calls of: f < g", for a program
// of which calls are watched; "// at most: 2" says how many of them there may be.
func watched(src []byte) []string {
	_, rest, ok := strings.Cut(string(src), "// calls of: ")
	if !ok {
		return nil
	}
	names, _, _ := strings.Cut(rest, "\n")
	return strings.Split(names, " < ")
}

func most(src []byte) (n int) {
	if _, rest, ok := strings.Cut(string(src), "// at most: "); ok {
		text, _, _ := strings.Cut(rest, "\n")
		n, _ = strconv.Atoi(text)
	}
	return n
}

// ruled is what is asked of the calls of one function, or of two.
func ruled(functions []string, most int) []model.Rule {
	if len(functions) == 0 {
		return nil
	}
	return []model.Rule{{Then: len(functions) - 1, Most: most}}
}

// races runs the program and returns the objects that raced.
func (p built) races(t *testing.T, mode model.Mode, control *sched.Spec) (objects []string) {
	t.Helper()
	r, err := run.Start(t.Context(), run.Spec{Path: p.Binary, Mode: mode, Record: true, Sites: p.Sites, Control: control, Code: p.Code,
		Output: func(string, string) {}})
	if err != nil {
		t.Fatal(err)
	}
	o := r.Wait()
	if o.Execution == nil {
		t.Fatalf("no execution: %s", o.TraceProblem)
	}
	for _, race := range o.Execution.Races {
		if mode == model.Controlled && !accurate(o.Execution, race) {
			t.Errorf("seed %d: the two accesses of %+v are not what it says", control.Seed, race)
		}
		object, _, _ := strings.Cut(race.Object, "·")
		objects = append(objects, object)
	}
	return objects
}

// accurate says whether a report's events are what it says of them.
func accurate(x *model.Execution, r model.Race) bool {
	for _, a := range []model.Access{r.A, r.B} {
		e := &x.Events[a.Event]
		if e.Pos != a.Pos || x.Goroutines[e.G].Name != a.Goroutine || x.Objects[e.Object].Name != r.Object {
			return false
		}
	}
	return x.Events[r.A.Event].G != x.Events[r.B.Event].G && (r.A.Write || r.B.Write)
}
