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

	"threading101/kernel/event"
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
	seeds      int               // with so many programs are run under control
	long       map[string]string // those that are with one, and why
}

// verdict is what came of one program in one way. A nil err means that it agrees.
type verdict struct {
	program program
	err     error
	unfit   string // why plain Go itself could not run it here
	events  uint64 // or steps, under control
}

// attempts is how often a program is run when it differs: some print addresses,
// times, or what their goroutines happen to do.
const attempts = 3

// attempts of a program among others is one: alone it has all.
func (s *subject) attempts() int {
	if s.among != nil {
		return 1
	}
	return attempts
}

// compare builds a program rewritten, once for all ways to run it. There is a
// verdict for each way, nil if the program has nothing to do with it.
func (b *bench) compare(ctx context.Context, p program, ways []way) []*verdict {
	verdicts := make([]*verdict, len(ways))
	s, err := b.take(ctx, p)
	if s != nil {
		defer os.RemoveAll(s.dir)
	}
	for i, w := range ways {
		if !w.concerns(p) {
			continue
		}
		v := &verdict{program: p, err: err}
		if err == nil {
			w.runs(s, ctx, v)
		}
		if v.err != nil && s != nil && s.tries == 0 && !s.kept {
			v.unfit = s.plainly(ctx) // it may end as little without the recorder
		}
		verdicts[i] = v
	}
	return verdicts
}

// take makes a subject of a program; there is one, with an error, if it could not
// be built.
func (b *bench) take(ctx context.Context, p program) (*subject, error) {
	dir, err := os.MkdirTemp(b.dir, "p")
	if err != nil {
		return nil, err
	}
	s := &subject{bench: b, program: p, dir: dir, rewritten: filepath.Join(dir, "rewritten"), seen: map[string]bool{}}
	return s, s.build(ctx)
}

// subject is a program that is compared.
type subject struct {
	*bench
	program   program
	dir       string
	rewritten string
	recorded  recorded
	among     []string // variables that say which of the programs in it this is; nil if it is alone

	// What plain Go does with it, which is tried only where that is not known.
	plain string // "" until it is built
	seen  map[string]bool
	last  try.Outcome
	tries int
	kept  bool // it has kept what Go promises of it, rewritten: it can be run here
}

// build builds the rewritten program.
func (s *subject) build(ctx context.Context) error {
	out, recorded, err := s.rewrite(s.program)
	if err != nil {
		return err
	}
	s.recorded = recorded
	if err := s.kit.Build(ctx, s.program.path, out, s.rewritten, ""); err != nil {
		return fmt.Errorf("the rewritten program does not compile: %w", err)
	}
	return nil
}

// recorded is what is known of how a program was rewritten.
type recorded struct {
	sites []event.Site
	gaps  bool // something of it is not recorded
}

func (b *bench) rewrite(p program) ([]byte, recorded, error) {
	checked, err := b.kit.Check(p.path, p.src, "")
	if err != nil {
		return nil, recorded{}, err
	}
	out, sites, notes, err := instrument.File(checked.Fset, checked.File, p.src, checked.Pkg, checked.Info, 1, instrument.Options{Everything: b.everything})
	return out, recorded{append([]event.Site{{}}, sites...), len(notes) > 0}, err
}

// plainly builds the program as it is, and runs it once more. It returns why that
// cannot be done.
func (s *subject) plainly(ctx context.Context) (unfit string) {
	if s.plain == "" {
		path := filepath.Join(s.dir, "plain")
		if err := s.kit.Build(ctx, s.program.path, s.program.src, path, ""); err != nil {
			return "plain Go does not build it: " + err.Error()
		}
		s.plain = path
	}
	out, err := s.run(ctx, s.plain, nil)
	if err != nil {
		return "plain Go does not run it: " + err.Error()
	}
	s.tries++
	s.last = out
	s.seen[look(out)] = true
	return ""
}

// agrees says whether a run is what plain Go does, in one of its attempts. Of a
// program among others only what is promised is known.
func (s *subject) agrees(ctx context.Context, got try.Outcome) (ok bool, unfit string) {
	if promised := s.program.promises(got); promised || s.among != nil {
		s.kept = s.kept || promised
		return promised, ""
	}
	for !s.seen[look(got)] {
		if s.tries == attempts {
			return false, ""
		}
		if unfit := s.plainly(ctx); unfit != "" {
			return false, unfit
		}
	}
	return true, ""
}

// promises says whether a run is what Go's own tests ask of the program: that it
// ends well, and prints what the file ".out" beside it holds, or nothing. Of such
// a run it need not be tried whether plain Go makes it.
func (p program) promises(o try.Outcome) bool {
	if o.Exit != 0 || o.Stdout != "" && o.Stderr != "" {
		return false // which of the two came first is not known
	}
	want, err := os.ReadFile(strings.TrimSuffix(p.path, ".go") + ".out")
	return (err == nil || errors.Is(err, os.ErrNotExist)) && o.Stdout+o.Stderr == string(want)
}

// byGo compares a few runs, scheduled by Go, until one agrees.
func (s *subject) byGo(ctx context.Context, v *verdict) {
	for range s.attempts() {
		got, err := s.run(ctx, s.rewritten, nil)
		if err != nil {
			v.err = err
			continue
		}
		v.events = max(v.events, got.Events)
		var ok bool
		if ok, v.unfit = s.agrees(ctx, got); ok || v.unfit != "" {
			v.err = nil
			return
		}
		v.err = errors.New(difference(s.last, got))
	}
}

var errTimeout = errors.New("it did not end in time")

// look is what is compared of a run: standard output, exit status, and standard
// error without what differs from run to run.
func look(o try.Outcome) string {
	return fmt.Sprintf("exit %d\n%s\n%s", o.Exit, places(o.Stdout), normal(o.Stderr))
}

var (
	address   = regexp.MustCompile(`0x[0-9a-f]+`)
	traceback = regexp.MustCompile(`(?s)\n?goroutine \d+ .*`)
	temporary = regexp.MustCompile(`/run\d+(/[\w.-]*\d+)?`)
	logged    = regexp.MustCompile(`\d{4}/\d\d/\d\d \d\d:\d\d:\d\d`)
)

// normal cuts a traceback off, whose frames are the recorder's too, and makes
// alike all addresses and the times that package log puts before a line.
func normal(stderr string) string {
	stderr = traceback.ReplaceAllString(stderr, "")
	stderr = logged.ReplaceAllString(stderr, "0000/00/00 00:00:00")
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
