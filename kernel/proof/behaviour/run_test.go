package behaviour

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/run"
)

// patience is how long a run may take, on a machine that is busy.
const patience = 5 * time.Minute

// hangs is after which time a program counts as one that does not end.
const hangs = 300 * time.Millisecond

// result is what came of a run.
type result struct {
	outcome
	*run.Result
}

// spec returns what all runs of a program have in common.
func (p *program) spec(path string) run.Spec {
	spec := run.Spec{Path: path, Args: p.args, Mode: model.Real, Limits: run.Limits{Wall: patience}}
	if p.stdin != "" {
		spec.Input = feed(p.stdin)
	}
	return spec
}

// feed gives text line by line.
func feed(text string) func(context.Context) (string, error) {
	var mu sync.Mutex
	return func(context.Context) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		line, rest, ok := strings.Cut(text, "\n")
		if !ok {
			return "", io.EOF
		}
		text = rest
		return line, nil
	}
}

// start runs a program to its end.
func start(t testing.TB, spec run.Spec) result {
	t.Helper()
	var stdout strings.Builder
	spec.Output = func(stream, text string) {
		if stream == "stdout" {
			stdout.WriteString(text)
		}
	}
	r, err := run.Start(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	o := r.Wait()
	return result{ending(o, stdout.String()), o}
}

// stops are the ends that only a scheduler brings about.
var stops = map[event.Stop]string{event.StopSteps: "limit steps", event.StopSpin: "limit spin", event.StopBusy: "limit busy"}

// ending puts the end of a run in the words of the programs' comments.
func ending(o *run.Result, stdout string) outcome {
	got := outcome{stdout: strings.TrimRight(stdout, " \n")}
	switch {
	case stops[o.Stop] != "":
		got.end = stops[o.Stop]
	case o.LimitHit != "":
		got.end, got.message = "limit", o.LimitHit
	case o.Crash != nil:
		got.end, got.message = o.Crash.Kind, o.Crash.Message
	case o.Exit != 0 || o.Controlled && o.Execution != nil && o.Execution.Status == model.Exited:
		got.end = fmt.Sprint("exit ", o.Exit)
	case o.Controlled && o.Execution != nil:
		got.end = string(o.Execution.Status)
	default:
		got.end = "ok"
	}
	return got
}

// TestPlain: under plain Go each program does what its comment says.
func TestPlain(t *testing.T) {
	all := newBundle(t, programs(t))
	each(t, func(t *testing.T, p *program) {
		p.uncontrolled(t, plain, all.spec(t, p))
	})
}

// TestReal: rewritten and recorded under Go's own scheduler too. The recording
// is read and validated by package run.
func TestReal(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		built := p.build(t, rewritten)
		spec := p.spec(built.Binary)
		spec.Record, spec.Sites = built.Instrumented, built.Sites
		p.uncontrolled(t, real, spec)
	})
}

// each runs a test for each program.
func each(t *testing.T, f func(*testing.T, *program)) {
	for _, p := range programs(t) {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			f(t, p)
		})
	}
}

// uncontrolled runs a program once under Go's own scheduler.
func (p *program) uncontrolled(t *testing.T, mode string, spec run.Spec) {
	switch {
	case p.plain == "hangs":
		spec.Limits.Wall = hangs
		if got := start(t, spec); got.LimitHit == "" {
			t.Errorf("it ends: %v", got)
		}
		return
	case p.plain != "":
		return // the comment says why
	}
	got := start(t, spec)
	if !p.allows(mode, got.outcome) {
		t.Errorf("%v is not allowed", got.outcome)
	}
	if got.TraceProblem != "" {
		t.Error(got.TraceProblem)
	}
}
