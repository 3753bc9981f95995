package build

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/seed"
)

// Config says where a Builder finds and keeps things.
type Config struct {
	GoTool   string // absolute path of the real go command
	RT       fs.FS  // the recorder's source: the folders event and rt
	CacheDir string // where that source is unpacked; "" means threading101 in Go's build cache
	WorkDir  string // the session's own folder: binaries, rewritten sources, modfiles

	// Seed is what all users of the installation have compiled already. It may be missing.
	Seed seed.Seed

	// Keep has programs kept on disk as well, and found there, beside the recorder's
	// source: by other kernels, and after this one.
	Keep bool

	Logf func(format string, args ...any) // told when a way to build fails and another is tried; may be nil
}

// Request is one program to build.
type Request struct {
	Dir     string   // the folder of package main
	Files   []string // its files, relative to Dir or absolute; nil means all of Dir
	Output  string   // also put the binary here; "" means only where Result says
	Flags   []string // the user's own flags for go build
	Race    bool     // with Go's race detector
	Plain   bool     // as it is, without the recorder
	Traced  bool     // as it is, with Go's execution tracer, which writes to descriptor 3; see Result.Started
	Explore bool     // its schedules are to be tried, not only its runs recorded
	Env     []string // nil means this process's

	// What is noted beside the program itself, if it records itself: the values of
	// expressions where main ends, the calls of functions, and where expressions are
	// not true that are to be so always, or when the run ends. None of them changes
	// Result.Code, nor the steps of a run of a program with goroutines.
	Values             []string
	Spans              []string
	Always, Eventually []string
}

// Result is what came of a Request. Exit is 0 when there is a binary.
type Result struct {
	Binary       string       // absolute path; stays in place until a few other programs were built
	Sites        []event.Site // by number; Sites[0] is no site. Nil if not instrumented
	Instrumented bool         // the program records itself
	Cached       bool         // nothing had to be built
	Unrecorded   string       // why it does not record itself though there is something to record; "" if there is nothing
	Notes        []string     // what was done otherwise than asked, for the learner
	Left         []string     // constructs of the program that are not recorded, each with place and reason
	Ledger       []event.Gap  // of these, where goroutines may meet; a search is not complete where there are any
	Code         string       // a short hash of what the program does; see package code
	Uncontrolled []string     // what it uses that a controlled run does not control: packages, and functions as "io.Pipe"
	Imports      []string     // the packages that it imports itself, its own packages too, in no order
	Outside      bool         // it is mostly that: to run it under control would show little that is true
	Alone        bool         // two runs at the same time would meet outside: they have a database in common
	Output       []byte       // the go command's own words, verbatim
	Exit         int          // its exit status
	Unfit        bool         // the program is fine, what was asked for beside it is not: Output says why, in words for the learner

	// Started is what starts a goroutine, by "main.go:12", in a program with the tracer:
	// see instrument.Started.
	Started map[string]string

	way string // how it was built, for tests: "direct", "overlay", "plain"
}

// Builder builds programs. Its methods may be called at any time; builds are
// done one after the other.
type Builder struct {
	cfg      Config
	turn     chan struct{} // holds one token: whoever has it may build
	binaries *binaries
	together map[string]Result // programs that share an executable, by key
	fset     *token.FileSet    // of all that is parsed or imported
	rewrite  rewriter
	slowOnly bool           // for tests: never compile directly
	keeping  sync.WaitGroup // programs that are being put on disk
	hurry    chan struct{}  // closed when that shall wait no longer
	hurried  sync.Once

	compiling atomic.Pointer[Compiling]

	mu         sync.Mutex // guards what follows
	runtimeDir string     // where the recorder's source was unpacked
	toolchains map[string]*toolchain
	universes  map[string]*universe
	targets    map[string]*target
	foreignCgo map[string]bool
	complete   map[string]bool    // imports that go.mod and go.sum are known to provide
	std        map[string]*stdlib // by GOROOT

	objects map[string]*object // by import path, with the race detector and without
}

// New returns a Builder. It makes cfg.WorkDir if it is not there.
func New(cfg Config) (*Builder, error) {
	if !filepath.IsAbs(cfg.GoTool) {
		return nil, fmt.Errorf("go command %q: not an absolute path", cfg.GoTool)
	}
	var err error
	if cfg.WorkDir, err = filepath.Abs(cfg.WorkDir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(cfg.WorkDir, 0o700); err != nil {
		return nil, err
	}
	bins, err := newBinaries(filepath.Join(cfg.WorkDir, "bin"), keepBinaries)
	if err != nil {
		return nil, err
	}
	b := &Builder{
		hurry:      make(chan struct{}),
		cfg:        cfg,
		turn:       make(chan struct{}, 1),
		binaries:   bins,
		together:   map[string]Result{},
		rewrite:    instrumenter,
		toolchains: map[string]*toolchain{},
		universes:  map[string]*universe{},
		targets:    map[string]*target{},
		foreignCgo: map[string]bool{},
		complete:   map[string]bool{},
		std:        map[string]*stdlib{},
		fset:       token.NewFileSet(),

		objects: map[string]*object{},
	}
	b.turn <- struct{}{}
	return b, nil
}

// Build builds a program. The error is for what is no fault of the program:
// a cancelled context, a full disk.
func (b *Builder) Build(ctx context.Context, req Request) (Result, error) {
	if err := b.take(ctx); err != nil {
		return Result{Exit: 1}, err
	}
	defer b.give()
	r, err := b.build(ctx, req)
	if ctx.Err() != nil {
		return Result{Exit: 1}, ctx.Err()
	}
	if err == nil && r.Exit == 0 && req.Output != "" {
		err = put(r.Binary, req.Output)
	}
	return r, err
}

// Wait returns when what was built is kept for other processes.
func (b *Builder) Wait() {
	b.hurried.Do(func() { close(b.hurry) })
	b.keeping.Wait()
}

// later does what can wait: a moment after a build its program starts, and all
// processors are needed for that.
func (b *Builder) later(work func()) {
	b.keeping.Go(func() {
		select {
		case <-time.After(time.Second):
		case <-b.hurry:
		}
		work()
	})
}

func (b *Builder) take(ctx context.Context) error {
	select {
	case <-b.turn:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (b *Builder) give() { b.turn <- struct{}{} }

// build finds out how the program can be built, tries the shortest way first,
// and falls back to the go command, whose word is final.
func (b *Builder) build(ctx context.Context, req Request) (Result, error) {
	j, err := b.newJob(ctx, req)
	if err != nil {
		return Result{Exit: 1}, err
	}
	defer j.src.forget(b.fset)
	defer b.forgetMembers(j)
	if j.refusal != nil {
		return *j.refusal, nil
	}
	if r, ok := b.kept(j); ok {
		r.Cached = true
		return r, nil
	}
	r, err := b.buildJob(ctx, j)
	if errors.Is(err, errStale) {
		r, err = b.buildJob(ctx, j)
	}
	if err == nil && r.Exit == 0 {
		r.Notes = append(append(r.Notes, j.notes...), j.left...)
		r.Unrecorded = j.unrecorded
		j.describe(&r)
		b.binaries.put(j.cacheKey(), r)
		if disk, ok := b.programsFor(j); ok && j.cacheKey() != "" && r.way == "direct" && len(r.Output) == 0 {
			disk.put(j, r, b.later)
		}
	}
	return r, err
}

func (b *Builder) buildJob(ctx context.Context, j *job) (Result, error) {
	j.notes, j.unrecorded = nil, ""
	b.forgetMembers(j)
	pkg, err := b.check(ctx, j)
	if errors.Is(err, errStale) {
		return Result{}, err
	}
	if err != nil || pkg == nil {
		return b.plainly(ctx, j, err)
	}
	if j.req.Traced {
		return b.traced(ctx, j, pkg)
	}
	if j.wantsRecorder() {
		r, err := b.recorded(ctx, j, pkg)
		if final(ctx, err) {
			return r, err
		}
		if !errors.Is(err, errNothing) {
			b.log(err)
			j.note(err)
		}
	}
	r, err := b.direct(ctx, j, nil)
	if final(ctx, err) {
		return r, err
	}
	b.log(err)
	return b.goBuild(ctx, j)
}

// final reports whether there is no point in trying another way.
func final(ctx context.Context, err error) bool {
	return err == nil || ctx.Err() != nil || errors.Is(err, errStale)
}

// log tells why the next way is tried.
func (b *Builder) log(err error) {
	if b.cfg.Logf != nil && !errors.Is(err, errNotDirect) {
		b.cfg.Logf("build: %v", err)
	}
}

// plainly is for a program that go/types does not accept. Nearly always the
// compiler does not either; its words are what the learner is to see.
func (b *Builder) plainly(ctx context.Context, j *job, why error) (Result, error) {
	if ctx.Err() != nil {
		return Result{Exit: 1}, ctx.Err()
	}
	r, err := b.goBuild(ctx, j)
	if r.Exit != 0 {
		r.Output = b.suggest(r.Output, j)
	}
	if err == nil && r.Exit == 0 && why != nil && j.wantsRecorder() {
		j.note(why)
	}
	return r, err
}

// recorded builds the rewritten program, directly or with an overlay.
func (b *Builder) recorded(ctx context.Context, j *job, pkg *checked) (Result, error) {
	if text := j.unfit(pkg); text != "" {
		return Result{Exit: 1, Output: []byte(text), Unfit: true}, nil
	}
	main, err := b.rewriteAll(j, pkg)
	if err != nil {
		return Result{}, err
	}
	if len(main.texts) == 0 {
		return Result{Left: main.left()}, errNothing
	}
	if j.req.Explore {
		main.texts[j.searchFile()] = []byte(searchText)
	}
	r, err := b.direct(ctx, j, main.texts)
	if errors.Is(err, errNotDirect) {
		r, err = b.overlay(ctx, j, main.texts)
	}
	r.Sites, r.Left, r.Ledger, r.Instrumented = main.sites, append(main.left(), j.left...), main.ledger(), err == nil
	return r, err
}

// errNothing: the instrumenter found nothing to rewrite. The program is fine as
// it is.
var errNothing = errors.New("nothing to record")
