package run

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/tools/txtar"

	"threading101/kernel/build"
	"threading101/kernel/build/buildtest"
	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/sched"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// builds are the programs of testdata/controlled.txtar and testdata/prompts.txtar, built
// as they are needed.
var builds struct {
	sync.Mutex
	dir     string // removed by testMain
	builder *build.Builder
	results map[string]build.Result
}

func buildControlled(t testing.TB, name string) build.Result {
	t.Helper()
	builds.Lock()
	defer builds.Unlock()
	if r, ok := builds.results[name]; ok {
		return r
	}
	if builds.builder == nil {
		setUpBuilds(t)
	}
	keep := filepath.Join(builds.dir, name+".program") // the builder keeps only a few
	r, err := builds.builder.Build(context.Background(), build.Request{Dir: filepath.Join(builds.dir, name), Output: keep})
	if err != nil || r.Exit != 0 || !r.Instrumented {
		t.Fatalf("%s: %v, %+v\n%s", name, err, r, r.Output)
	}
	r.Binary = keep
	builds.results[name] = r
	return r
}

func setUpBuilds(t testing.TB) {
	t.Helper()
	var files []txtar.File
	for _, name := range []string{"controlled", "prompts"} {
		archive, err := txtar.ParseFile("testdata/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, archive.Files...)
	}
	for _, f := range files {
		dir := filepath.Join(builds.dir, strings.TrimSuffix(f.Name, ".go"))
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string][]byte{"main.go": f.Data, "go.mod": []byte("module program\n\ngo 1.26\n")} {
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	builds.results = map[string]build.Result{}
	var err error
	if builds.builder, err = buildtest.New("..", filepath.Join(builds.dir, "work")); err != nil {
		t.Fatal(err)
	}
}

// controlledSpec is how a cell is run.
func controlledSpec(t testing.TB, name string, control sched.Spec) func(*Spec) {
	b := buildControlled(t, name)
	return func(s *Spec) {
		s.Path, s.Sites, s.Mode, s.Record = b.Binary, b.Sites, model.Controlled, true
		s.Control, s.Code, s.Uncontrolled = &control, b.Code, b.Uncontrolled
		s.Locate = func(_ string, line, _ int) model.Pos { return model.Pos{Cell: 4, Line: line} }
	}
}

func runControlled(t testing.TB, name string, control sched.Spec, args ...string) *Result {
	t.Helper()
	o, _ := runToEnd(t, controlledSpec(t, name, control), args...)
	checkControlled(t, o)
	return o
}

func checkControlled(t testing.TB, o *Result) {
	t.Helper()
	x := o.Execution
	if !o.Controlled || x == nil || x.Mode != model.Controlled || x.Token != o.Token || o.Token == "" || x.Clock == "wall" {
		t.Fatalf("%+v\n%+v", o, x)
	}
}

// sameRun compares all that there is of two runs but where their objects lay.
func sameRun(t *testing.T, a, b *Result) {
	t.Helper()
	if d := cmp.Diff(a, b, cmpopts.IgnoreFields(model.Object{}, "Addr"), cmpopts.IgnoreUnexported(model.Event{}, model.Execution{}), cmpopts.IgnoreFields(Result{}, "Crash", "Took")); d != "" {
		t.Errorf("two runs differ:\n%s", d)
	}
}

func replay(t *testing.T, name string, first *Result) {
	t.Helper()
	token, err := sched.ParseToken(first.Token)
	if err != nil {
		t.Fatal(err)
	}
	change := controlledSpec(t, name, token.Spec)
	o, _ := runToEnd(t, func(s *Spec) { change(s); s.ReplayOf = &token })
	checkControlled(t, o)
	sameRun(t, first, o)
}

// A select that waits when the run ends says for what, and is no step more than
// one that does not.
func TestControlledCases(t *testing.T) {
	for name, want := range map[string]string{
		"select-leak":     `["done"] ["results"]`,
		"select-deadlock": `["done" "results"] [""]`,
	} {
		t.Run(name, func(t *testing.T) {
			x := runControlled(t, name, sched.Spec{Seed: 3}).Execution
			var got string
			for i := range x.Events {
				if e := &x.Events[i]; e.Cases != nil {
					receives, sends := e.Offers(func(object int) string { return x.Objects[object].Name })
					got = fmt.Sprintf("%q %q", receives, sends)
				}
				if e := &x.Events[i]; e.Step != i+1 {
					t.Errorf("event %d has number %d", i, e.Step)
				}
			}
			if got != want {
				t.Errorf("waits for %s, want %s", got, want)
			}
			if err := trace.Validate(x); err != nil {
				t.Error(err)
			}
		})
	}
}

// What is printed stands in the output in the order of the events.
func TestControlledOutputOrder(t *testing.T) {
	for seed := range uint64(5) {
		o := runControlled(t, "workers", sched.Spec{Seed: seed})
		var printed strings.Builder
		for _, e := range o.Execution.Events {
			if e.Op == event.Print {
				printed.WriteString(e.Value + "\n")
			}
		}
		if strings.ReplaceAll(printed.String(), "\n\n", "\n") != o.Stdout {
			t.Errorf("printed %q, recorded %q", o.Stdout, printed.String())
		}
	}
}

// A program that computes for ever is ended when asked to, and its token has no trail.
func TestControlledInterrupt(t *testing.T) {
	r, l := begin(t, controlledSpec(t, "busy", sched.Spec{Seed: 1}))
	l.await(t, "computing\n")
	r.Interrupt()
	o := end(t, r)
	token, err := sched.ParseToken(o.Token)
	if !o.Interrupted || o.LimitHit != "" || err != nil || token.Trail != nil || o.Execution.Status != model.Interrupted {
		t.Errorf("%+v, %v", o, err)
	}
}

// Who does not wait any longer gets no more of a run than that; the program is gone
// by then.
func TestWaitFor(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	l := listen()
	spec := Spec{Path: program, Args: []string{"busy"}, Output: l.output}
	controlledSpec(t, "busy", sched.Spec{Seed: 1})(&spec)
	r, err := Start(ctx, spec)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if o := r.WaitFor(ctx); !o.Interrupted || !r.hasEnded() {
		t.Errorf("%+v", o)
	}
	if o := end(t, r); !o.Interrupted || r.WaitFor(t.Context()) != o {
		t.Errorf("%+v", o)
	}
}

// Neither the program nor what it starts sees what is between it and us.
func TestControlHidden(t *testing.T) {
	if o := runControlled(t, "environment", sched.Spec{Seed: 1}); o.Stdout != "seen <nil>\n" {
		t.Errorf("%q", o.Stdout)
	} else if want := []string{words.UncontrolledInside([]string{"os.Environ", "os/exec"})}; !slices.Equal(o.Execution.Uncontrolled[:1], want) {
		t.Errorf("uncontrolled: %q", o.Execution.Uncontrolled)
	}
}

// A replay that is another run is told from the token's trail, with the reason
// if there is one to be named.
func TestParted(t *testing.T) {
	first := runControlled(t, "workers", sched.Spec{Seed: 5})
	token, err := sched.ParseToken(first.Token)
	if err != nil {
		t.Fatal(err)
	}
	change := controlledSpec(t, "workers", token.Spec)
	for _, code := range []string{token.Code, "00000"} {
		o, _ := runToEnd(t, func(s *Spec) {
			change(s)
			s.ReplayOf, s.Code = &token, code
		}, "one more")
		want := words.TokenRunParted(o.Parted, nil)
		if code != token.Code {
			want = words.TokenRunOther(o.Parted)
		}
		if o.Parted < 1 || o.Parted > 64 || !slices.Equal(o.Notes, []string{want}) {
			t.Errorf("parted %d, %q", o.Parted, o.Notes)
		}
	}
	o, _ := runToEnd(t, func(s *Spec) { change(s); s.ReplayOf, s.Code = &token, "00000" })
	if o.Parted != -1 || !slices.Equal(o.Notes, []string{words.TokenRunSame}) {
		t.Errorf("parted %d, %q", o.Parted, o.Notes)
	}
}

// Switches that do not fit the program end its run, unless that is allowed.
func TestReplayMisfit(t *testing.T) {
	fit := sched.Spec{Switches: []sched.Switch{}}
	if o := runControlled(t, "workers", fit); o.Execution.Status != model.OK {
		t.Fatalf("%+v", o.Execution)
	}
	misfit := sched.Spec{Switches: []sched.Switch{{Step: 6, To: 99}}}
	o := runControlled(t, "workers", misfit)
	if o.Stop != event.StopReplay || o.Exit != 2 || !strings.HasPrefix(o.LimitHit, "replay: ") || o.Execution.Status != model.Limit {
		t.Errorf("%+v", o)
	}
	misfit.Lenient = true
	if o := runControlled(t, "workers", misfit); o.Execution.Status != model.OK {
		t.Errorf("%+v", o)
	}
}

// A runtime that the scheduler does not know gives a real run that says so.
func TestRuntimeUnknown(t *testing.T) {
	ring := make([]byte, event.RingSize)
	binary.NativeEndian.PutUint64(ring[event.OffMagic:], event.Magic)
	binary.NativeEndian.PutUint64(ring[event.OffControl:], event.CannotControl)
	r := &Run{
		spec:  Spec{Mode: model.Controlled, Record: true, Control: &sched.Spec{Seed: 4}, Code: "00000"},
		state: &state{ring: ring, outcome: new(Result)},
	}
	r.readControl()
	x := &model.Execution{Mode: r.mode(), Clock: "wall"}
	r.label(x)
	if o := r.outcome; o.Controlled || o.Token != "" || o.Parted != -1 || !slices.Equal(o.Notes, []string{words.NotControllable}) {
		t.Errorf("%+v", o)
	}
	if x.Mode != model.Real || x.Clock != "wall" || x.Token != "" || !slices.Equal(x.Uncontrolled, []string{words.NotControllable}) {
		t.Errorf("%+v", x)
	}
}

// Under the race detector nothing is controlled, whatever was asked for.
func TestRaceIsReal(t *testing.T) {
	s := Spec{Record: true, Mode: model.RaceDetector, Control: &sched.Spec{}}
	if s.orders() != "" {
		t.Error(s.orders())
	}
	env := environment(&Spec{Record: true, Control: &sched.Spec{Seed: 3}, Env: []string{"T101_CONTROL=seed=9", "A=b"}}, "5", "")
	if want := []string{"A=b", "T101_RING=5", "T101_CONTROL=seed=3 clock=virtual"}; !slices.Equal(env, want) {
		t.Errorf("%q", env)
	}
}
