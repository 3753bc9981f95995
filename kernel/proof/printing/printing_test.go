package printing

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"threading101/kernel/build"
	"threading101/kernel/build/buildtest"
	"threading101/kernel/explore"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

var (
	every = flag.Int("every", 4, "try every so manieth of the functions; 1: all")
	only  = flag.String("by", "", "try those whose names contain this")
)

// TestPrinting: two goroutines print by the same function. Two orders are found,
// or it is said that something was printed unseen.
func TestPrinting(t *testing.T) {
	all := library(t)
	found := snippets(all)
	src, list := written(t, all, found)
	p := built(t, src)
	printing := p.thatPrint(list)
	t.Logf("%d ways to print in the types, %d of them Go, %d of which print with simple arguments", len(found), len(list), len(printing))
	if len(printing) < 200 {
		t.Errorf("too few: something is wrong with how they are found")
	}
	var kinds sync.Map
	tried := 0
	t.Run("by", func(t *testing.T) {
		for i, s := range printing {
			if i%*every != 0 && *only == "" || !strings.Contains(s.name, *only) {
				continue
			}
			tried++
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				kinds.Store(s.name, p.try(t, s))
			})
		}
	})
	count := map[string]int{}
	kinds.Range(func(_, kind any) bool {
		count[kind.(string)]++
		return true
	})
	t.Logf("%d tried: %v", tried, count)
	if unseen := count[notAll]; unseen*5 > tried && *only == "" {
		t.Errorf("of %d of %d it is only said that not all was seen", unseen, tried)
	}
}

// program is a program, as Go builds it and as the kernel does.
type program struct {
	plain        string
	spec         run.Spec
	uncontrolled []string
}

func built(t *testing.T, src string) *program {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module program\n\ngo 1.26.0\n")
	write("main.go", src)
	p := &program{plain: filepath.Join(dir, "plain")}
	b, err := buildtest.New("../..", filepath.Join(dir, "builder"))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := b.Build(t.Context(), build.Request{Plain: true, Dir: dir, Output: p.plain}); err != nil || r.Exit != 0 {
		t.Fatalf("%v\n%s", err, r.Output)
	}
	output := filepath.Join(dir, "program")
	r, err := b.Build(t.Context(), build.Request{Explore: true, Dir: dir, Output: output})
	if err != nil || r.Exit != 0 || !r.Instrumented {
		t.Fatalf("%v\n%s%v", err, r.Output, r.Notes)
	}
	// What of the library cannot be controlled is said of the program as a whole, in
	// which a hundred snippets share one list: here it is about prints alone.
	p.spec = run.Spec{Path: output, Mode: model.Controlled, Sites: r.Sites, Code: r.Code}
	p.uncontrolled = r.Uncontrolled
	return p
}

// thatPrint are the snippets that print something if they are alone.
func (p *program) thatPrint(list []snippet) []snippet {
	prints := make([]bool, len(list))
	var wait sync.WaitGroup
	next := make(chan int)
	for range 4 {
		wait.Go(func() {
			for i := range next {
				out, errs := p.alone(list[i], "one")
				prints[i] = out+errs != ""
			}
		})
	}
	for i := range list {
		next <- i
	}
	close(next)
	wait.Wait()
	var some []snippet
	for i := range list {
		if prints[i] {
			some = append(some, list[i])
		}
	}
	return some
}

// alone is what a snippet prints in plain Go, without what Go says of a panic.
func (p *program) alone(s snippet, text string) (out, errs string) {
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	cmd := exec.CommandContext(ctx, p.plain, s.name, text)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Run()
	errs, _, _ = strings.Cut(stderr.String(), "panic: ")
	errs, _, _ = strings.Cut(errs, "fatal error: ")
	return stdout.String(), errs
}

// explored tries all orders of two goroutines that print. One that has tried all, and
// had no time to make each run again on a busy machine, is given it.
func (p *program) explored(t *testing.T, s snippet) *model.Result {
	t.Helper()
	spec := p.spec
	spec.Args = []string{s.name, "both"}
	var r *model.Result
	for _, budget := range []time.Duration{500 * time.Millisecond, time.Minute} {
		var err error
		if r, err = explore.Explore(t.Context(), explore.Spec{Run: spec, Budget: budget, Clock: sched.Free, Workers: 1}); err != nil {
			t.Fatal(err)
		}
		if !r.Complete() || !slices.ContainsFunc(r.Outcomes, func(o model.Outcome) bool { return o.Token == "" }) {
			break
		}
	}
	return r
}

// try has two goroutines print, and says what came of it.
func (p *program) try(t *testing.T, s snippet) string {
	r := p.explored(t, s)
	notes := strings.Join(r.Notes, "\n")
	if !r.Complete() {
		if !said(notes) && len(r.Outcomes) < 2 && !p.foreign(s) {
			t.Errorf("not all was tried, and nothing says why: %s", described(r))
		}
		if s.shared && !safe(s.name) {
			return "an object that is not made for two"
		}
		return notAll
	}
	out1, errs1 := p.alone(s, "one")
	out1again, _ := p.alone(s, "one")
	out2, errs2 := p.alone(s, "two")
	switch {
	case out1+errs1 == out2+errs2 || s.shared && !safe(s.name):
		if !slices.ContainsFunc(r.Outcomes, func(o model.Outcome) bool { return o.Value+o.Stderr != "" }) {
			t.Errorf("nothing is printed: %s", described(r))
		}
		return "prints the same whoever prints"
	case len(r.Outcomes) < 2:
		t.Errorf("one order only: %s", described(r))
	}
	if out1again != out1 {
		return "prints something else each time"
	}
	for _, o := range r.Outcomes {
		if o.Token == "" {
			t.Errorf("an outcome without a token: %s", described(r))
		}
	}
	return "both orders"
}

// notAll is what came of prints of which it is said that not all was seen.
const notAll = "not all, and it is said"

// said says whether the notes tell why not all was tried: something was printed
// unseen, or a library kept a goroutine waiting that nobody could let go on, or it
// crashed since it is not made for two.
func said(notes string) bool {
	for _, why := range []string{"that the search did not see", "waited for something outside", "while its schedules were being tried"} {
		if strings.Contains(notes, why) {
			return true
		}
	}
	return false
}

// foreign says whether a snippet prints what is not controlled, like the heap's
// profile, which is another one each time. That is said of the program as a whole.
func (p *program) foreign(s snippet) bool {
	return slices.ContainsFunc(p.uncontrolled, func(name string) bool { return s.name == name || strings.HasPrefix(s.name, name+".") })
}

// safe says whether what prints is made for several goroutines. Where it is not, a
// program that shares it has a race, and what it prints is anybody's guess.
func safe(name string) bool {
	for _, p := range []string{"log.", "log/slog", "encoding/gob"} {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

func described(r *model.Result) string {
	text := fmt.Sprintf("complete %v, %d runs, notes %q", r.Complete(), r.Runs, r.Notes)
	for _, o := range r.Outcomes[:min(len(r.Outcomes), 4)] {
		text += fmt.Sprintf("\n%s %q %q %s", o.Status, o.Value, o.Stderr, o.Token)
	}
	return text
}
