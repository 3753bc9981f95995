package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"threading101/kernel/instrument"
	"threading101/kernel/proof/corpus/try"
)

// bench compares programs.
type bench struct {
	kit        *try.Kit
	dir        string // for what is built
	beside     string // where programs find the files that come with them
	timeout    time.Duration
	everything bool
	seeds      int // how many of them are run under control; 0: none is, Go schedules
}

// verdict is what came of one program. A nil err means that it agrees.
type verdict struct {
	program program
	err     error
	unfit   string // why plain Go itself could not run it here
	events  uint64 // or steps, under control
}

// attempts is how often a program is run when it differs: some print addresses,
// times, or what their goroutines happen to do.
const attempts = 3

func (b *bench) compare(ctx context.Context, p program) verdict {
	v := verdict{program: p}
	dir, err := os.MkdirTemp(b.dir, "p")
	if err != nil {
		v.err = err
		return v
	}
	defer os.RemoveAll(dir)
	plain, rewritten := filepath.Join(dir, "plain"), filepath.Join(dir, "rewritten")
	checked, err := b.kit.Check(p.path, p.src, "")
	if err != nil {
		v.unfit = "plain Go rejects it: " + err.Error()
		return v
	}
	if err := b.kit.Build(ctx, p.path, p.src, plain, ""); err != nil {
		v.unfit = "plain Go does not build it: " + err.Error()
		return v
	}
	out, _, _, err := instrument.File(checked.Fset, checked.File, p.src, checked.Pkg, checked.Info, 1, instrument.Options{Everything: b.everything})
	if err != nil {
		v.err = err
		return v
	}
	if err := b.kit.Build(ctx, p.path, out, rewritten, ""); err != nil {
		v.err = fmt.Errorf("the rewritten program does not compile: %w", err)
		return v
	}
	if b.seeds > 0 {
		b.controlled(ctx, &v, plain, rewritten)
	} else {
		b.runs(ctx, &v, plain, rewritten)
	}
	return v
}

// runs compares runs of the two until one of each agree.
func (b *bench) runs(ctx context.Context, v *verdict, plain, rewritten string) {
	seen := map[string]bool{}
	for range attempts {
		want, err := b.run(ctx, plain, v.program)
		if err != nil {
			v.unfit = "plain Go does not run it: " + err.Error()
			return
		}
		got, err := b.run(ctx, rewritten, v.program)
		if err != nil {
			v.err = err
			continue
		}
		seen[look(want)] = true
		v.events = max(v.events, got.Events)
		if seen[look(got)] {
			v.err = nil
			return
		}
		v.err = errors.New(difference(want, got))
	}
}

var errTimeout = errors.New("it did not end in time")

func (b *bench) run(ctx context.Context, path string, p program) (try.Outcome, error) {
	return b.runAs(ctx, path, p, nil)
}

// look is what is compared of a run: standard output, exit status, and standard
// error without what differs from run to run.
func look(o try.Outcome) string {
	return fmt.Sprintf("exit %d\n%s\n%s", o.Exit, places(o.Stdout), normal(o.Stderr))
}

var (
	address   = regexp.MustCompile(`0x[0-9a-f]+`)
	trace     = regexp.MustCompile(`(?s)\n?goroutine \d+ .*`)
	temporary = regexp.MustCompile(`/run\d+(/[\w.-]*\d+)?`)
)

// normal cuts a traceback off, whose frames are the recorder's too, and makes
// all addresses alike.
func normal(stderr string) string {
	stderr = trace.ReplaceAllString(stderr, "")
	return places(address.ReplaceAllString(stderr, "0x"))
}

// places makes the names of temporary files alike.
func places(text string) string { return temporary.ReplaceAllString(text, "/run") }

func difference(want, got try.Outcome) string {
	switch {
	case want.Exit != got.Exit:
		return fmt.Sprintf("exit status %d, not %d\n%s", got.Exit, want.Exit, head(got.Stderr))
	case want.Stdout != got.Stdout:
		return fmt.Sprintf("it prints %q, not %q", head(got.Stdout), head(want.Stdout))
	}
	return fmt.Sprintf("it prints %q to standard error, not %q", head(normal(got.Stderr)), head(normal(want.Stderr)))
}

// head is the beginning of a text.
func head(s string) string {
	if len(s) > 600 {
		s = s[:600] + "…"
	}
	return strings.TrimSpace(s)
}
