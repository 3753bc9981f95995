//go:build !race

package run

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"threading101/kernel/build"
	"threading101/kernel/model"
	"threading101/kernel/sched"
	"threading101/kernel/trace"
)

// askedOf is what the programs of testdata/asked.txtar are asked for, and what
// comes of it in each run.
var askedOf = map[string]struct {
	outcome, spans []string
	want           func(x *model.Execution) bool
}{
	"account": {
		outcome: []string{"acc.Balance()", "acc", "len(list) + max(1, 2)", `"a)\n" + ` + "`\n`", "gone()", "locked.Balance()", "err"},
		spans:   []string{"work", "(*account).Deposit"},
		want: func(x *model.Execution) bool {
			return slices.Equal(x.Values, []string{"4", "account of 4", "4", "a)\n\n", "? (panic: gone)", "?", "<nil>"}) &&
				len(x.Spans) == 6 && x.Spans[0].N == 0
		},
	},
	"returns": {
		outcome: []string{"first", "late"},
		want: func(x *model.Execution) bool {
			return slices.Equal(x.Values, []string{"1", "?"}) && x.Stdout == "early\n" ||
				slices.Equal(x.Values, []string{"2", "7"}) && x.Stdout == "late\n"
		},
	},
	"never": {
		outcome: []string{"total"},
		spans:   []string{"wait"},
		want: func(x *model.Execution) bool {
			return x.Values == nil && x.Status == model.Deadlock && len(x.Spans) == 2 && x.Spans[0].Open && x.Spans[1].Open
		},
	},
	"again": {
		outcome: []string{"calls"},
		spans:   []string{"main"},
		want: func(x *model.Execution) bool {
			return slices.Equal(x.Values, []string{"2"}) && len(x.Spans) == 2
		},
	},
	"recovers": {
		outcome: []string{"total"},
		spans:   []string{"risky"},
		want: func(x *model.Execution) bool {
			return slices.Equal(x.Values, []string{"2"}) && len(x.Spans) == 2 && !x.Spans[0].Open && !x.Spans[1].Open
		},
	},
}

// A run is the same with what is asked for and without: the token of one opens
// the other.
func TestAsked(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/asked.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		name := strings.TrimSuffix(f.Name, ".go")
		asked, ok := askedOf[name]
		if !ok {
			t.Errorf("nothing is asked of %s", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			plain := buildAsked(t, f.Data, build.Request{})
			with := buildAsked(t, f.Data, build.Request{Values: asked.outcome, Spans: asked.spans})
			if plain.Code != with.Code || len(plain.Sites) != len(with.Sites) {
				t.Errorf("code %s with %d sites, and with what is asked for %s with %d", plain.Code, len(plain.Sites), with.Code, len(with.Sites))
			}
			for seed := range uint64(8) {
				a, b := runAsked(t, plain, seed), runAsked(t, with, seed)
				if a.Token != b.Token || a.Steps != b.Steps || a.Hash != b.Hash || a.Execution.Status != b.Execution.Status || len(a.Execution.Events) != len(b.Execution.Events) {
					t.Errorf("seed %d: %s with %d steps, %d events, %s; and with what is asked for %s with %d, %d, %s", seed,
						a.Token, a.Steps, len(a.Execution.Events), a.Execution.Status, b.Token, b.Steps, len(b.Execution.Events), b.Execution.Status)
				}
				if !asked.want(b.Execution) {
					t.Errorf("seed %d: %s: outcome %q, calls %+v", seed, b.Execution.Status, b.Execution.Values, b.Execution.Spans)
				}
			}
			if a, b := repeatAsked(t, plain), repeatAsked(t, with); a != b || a.Runs == 0 {
				t.Errorf("many runs come to %+v, and with what is asked for to %+v", a, b)
			}
		})
	}
}

func buildAsked(t *testing.T, text []byte, req build.Request) build.Result {
	t.Helper()
	builds.Lock()
	defer builds.Unlock()
	if builds.builder == nil {
		setUpBuilds(t)
	}
	req.Dir, req.Output = t.TempDir(), filepath.Join(t.TempDir(), "program")
	for name, text := range map[string][]byte{"main.go": text, "go.mod": []byte("module program\n\ngo 1.26\n")} {
		if err := os.WriteFile(filepath.Join(req.Dir, name), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	r, err := builds.builder.Build(context.Background(), req)
	if err != nil || r.Exit != 0 || !r.Instrumented {
		t.Fatalf("%v, %+v\n%s", err, r, r.Output)
	}
	r.Binary = req.Output
	return r
}

func runAsked(t *testing.T, b build.Result, seed uint64) *Result {
	t.Helper()
	o, _ := runToEnd(t, func(s *Spec) {
		s.Path, s.Sites, s.Mode, s.Record = b.Binary, b.Sites, model.Controlled, true
		s.Control, s.Code, s.Uncontrolled = &sched.Spec{Seed: seed}, b.Code, b.Uncontrolled
	})
	if o.Execution == nil {
		t.Fatalf("nothing was recorded: %+v", o)
	}
	if err := trace.Validate(o.Execution); err != nil {
		t.Errorf("seed %d: %v", seed, err)
	}
	return o
}

func repeatAsked(t *testing.T, b build.Result) Repeated {
	t.Helper()
	o, _ := runToEnd(t, func(s *Spec) {
		s.Path, s.Sites, s.Mode, s.Record = b.Binary, b.Sites, model.Controlled, true
		s.Control = &sched.Spec{Seed: 1, Repeat: 100}
	})
	o.Repeated.Time = 0
	return o.Repeated
}

// Of a real run the values are noted as well.
func TestAskedOfRealRun(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/asked.txtar")
	if err != nil {
		t.Fatal(err)
	}
	b := buildAsked(t, archive.Files[0].Data, build.Request{Values: []string{"acc"}, Spans: []string{"Deposit"}})
	o, _ := runToEnd(t, func(s *Spec) {
		s.Path, s.Sites, s.Mode, s.Record = b.Binary, b.Sites, model.Real, true
	})
	x := o.Execution
	if err := trace.Validate(x); err != nil || !slices.Equal(x.Values, []string{"account of 4"}) || len(x.Spans) != 4 {
		t.Errorf("%v: outcome %q, calls %+v", err, x.Values, x.Spans)
	}
}
