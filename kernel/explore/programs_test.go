package explore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"threading101/kernel/build"
	"threading101/kernel/build/buildtest"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// soon is long after what a test waits for on any machine, and long before the
// budget of a search that is to end early.
const soon = time.Minute

// endless is the budget of a search that ends early for another reason.
const endless = 10 * soon

// workDir is for all that the tests make.
var workDir string

// usual are the times as they are outside of tests.
var usual struct{ lateness, shorten, patience time.Duration }

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "explore-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	workDir = dir
	usual.lateness, usual.shorten, usual.patience = lateness, shortenTime, patience
	shortenTime, leastClassTime, lateness, patience = soon, soon, 2*soon, lastWall-time.Second
	debug.SetGCPercent(400) // a fifth of the time of the oracles, which make many small states, was the collector's
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// asUsual has a test see the times that learners see.
func asUsual(t *testing.T) {
	t.Cleanup(func(l, s, p time.Duration) func() {
		return func() { lateness, shortenTime, patience = l, s, p }
	}(lateness, shortenTime, patience))
	lateness, shortenTime, patience = usual.lateness, usual.shorten, usual.patience
}

// builders are two, one for each processor of a small machine.
var builders = sync.OnceValues(func() (chan *build.Builder, error) {
	return buildtest.Pool(2, "..", workDir)
})

// subject is a plain Go program that is explored.
type subject struct {
	name string
	src  string
	args []string

	values []string // the outcome expressions it is built with
	spans  []string // the functions of which calls are watched
	always []string // what is to be true at all moments
	in     []string // and in the end
	clock  sched.Clock
}

// subjectFile reads a program of testdata, which sleeps by the free clock.
func subjectFile(t testing.TB, path string) *subject {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimSuffix(filepath.Base(path), ".go")
	return &subject{name: name, src: string(src), clock: sched.Free}
}

// subjectsOf reads the programs of an archive.
func subjectsOf(t testing.TB, path string) (all []*subject) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	family := strings.TrimSuffix(filepath.Base(path), ".txtar")
	for _, f := range archive.Files {
		all = append(all, &subject{name: family + "/" + strings.TrimSuffix(f.Name, ".go"), src: string(f.Data), clock: sched.Free})
	}
	return all
}

// rows are the lines "row …" of the comment at the program's top, without that
// word.
func (s *subject) rows() (all []string) {
	for line := range strings.Lines(s.src) {
		if row, ok := strings.CutPrefix(line, "//\trow "); ok {
			all = append(all, strings.TrimSpace(row))
		}
	}
	return all
}

// with is the program with other constants: "goroutines=2 times=3".
func (s *subject) with(t testing.TB, constants string) *subject {
	t.Helper()
	changed := *s
	for constant := range strings.FieldsSeq(constants) {
		name, value, _ := strings.Cut(constant, "=")
		line := regexp.MustCompile(`(?m)^((?:const |\t)` + name + `\s*= )\d+$`)
		if n := len(line.FindAllString(changed.src, -1)); n != 1 {
			t.Fatalf("%s: %d constants are called %q", s.name, n, name)
		}
		changed.src = line.ReplaceAllString(changed.src, "${1}"+value)
		changed.name += " " + constant
	}
	return &changed
}

// build builds the program as the kernel does, and says how it is run.
func (s *subject) build(t testing.TB) run.Spec {
	t.Helper()
	built, err := s.make()
	if err != nil {
		t.Fatalf("building %s: %v", s.name, err)
	}
	return run.Spec{
		Path: built.Binary, Args: s.args, Mode: model.Controlled,
		Sites: built.Sites, Code: built.Code, Uncontrolled: built.Uncontrolled, Ledger: built.Ledger,
	}
}

// made holds the programs that were built, by what decides them: several tests take the
// same one, and the race detector makes each build long.
var made sync.Map // string → func() (build.Result, error)

// make builds the program, or takes it as it was built for another test.
func (s *subject) make() (build.Result, error) {
	one, _ := made.LoadOrStore(s.key(), sync.OnceValues(s.makeAnew))
	return one.(func() (build.Result, error))()
}

func (s *subject) key() string {
	return fmt.Sprintf("%q", [][]string{{s.src}, s.values, s.spans, s.always, s.in})
}

func (s *subject) makeAnew() (build.Result, error) {
	request, err := s.request()
	if err != nil {
		return build.Result{}, err
	}
	free, err := builders()
	if err != nil {
		return build.Result{}, err
	}
	b := <-free
	defer func() { free <- b }()
	return built(b, request)
}

// request asks for the program, which it writes into a folder of its own.
func (s *subject) request() (build.Request, error) {
	dir, err := os.MkdirTemp(workDir, "program-")
	if err != nil {
		return build.Request{}, err
	}
	return build.Request{
			Explore: true, Dir: dir, Output: filepath.Join(dir, "program"),
			Values: s.values, Spans: s.spans, Always: s.always, Eventually: s.in,
		}, errors.Join(
			os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module program\n\ngo 1.26.0\n"), 0o600),
			os.WriteFile(filepath.Join(dir, "main.go"), []byte(s.src), 0o600),
		)
}

func built(b *build.Builder, request build.Request) (build.Result, error) {
	r, err := b.Build(context.Background(), request)
	if err == nil && (r.Exit != 0 || !r.Instrumented) {
		err = fmt.Errorf("%s%v", r.Output, r.Notes)
	}
	r.Binary = request.Output
	return r, err
}

// together builds what is not built yet of some programs, and links those that can be
// linked into one, which takes longer than to compile them.
func together(t testing.TB, all []*subject) {
	t.Helper()
	free, err := builders()
	if err != nil {
		t.Fatal(err)
	}
	b := <-free
	defer func() { free <- b }()
	requests := map[string]build.Request{}
	for _, s := range all {
		if _, is := made.Load(s.key()); is {
			continue
		}
		if requests[s.key()], err = s.request(); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Together(t.Context(), slices.Collect(maps.Values(requests))); err != nil {
		t.Fatal(err)
	}
	for key, request := range requests {
		r, err := built(b, request)
		made.Store(key, func() (build.Result, error) { return r, err })
	}
}

// searchTime is far more than any search of the tests needs that is to come to
// its end.
const searchTime = 60 * time.Second

// searched is what one process says that searches the program.
func searched(t testing.TB, program run.Spec, asked sched.Spec) report {
	t.Helper()
	if asked.Budget == 0 {
		asked.Budget = uint64(searchTime)
	}
	w, err := begin(program, asked, 1)
	if err != nil {
		t.Fatal(err)
	}
	<-w.ended
	r := w.report()
	switch {
	case r.died != "":
		t.Fatalf("search=%s: %s", asked.Search, r.died)
	case r.bad > 0:
		t.Fatalf("search=%s: %d lines make no sense", asked.Search, r.bad)
	}
	return r
}

// namesOf are the expressions of the line "names …" in the comment.
func namesOf(src string) []string {
	_, names, found := strings.Cut(src, "//\tnames ")
	if !found {
		return nil
	}
	names, _, _ = strings.Cut(names, "\n")
	return strings.Split(names, ", ")
}
