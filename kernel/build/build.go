package build

import (
	"context"
	"errors"
	"io/fs"

	"threading101/kernel/event"
)

// Config says where a Builder finds and keeps things.
type Config struct {
	GoTool   string // absolute path of the real go command
	RT       fs.FS  // the recorder's source: the folders event and rt
	CacheDir string // where that source is unpacked; "" means threading101 in Go's build cache
	WorkDir  string // the session's own folder: binaries, rewritten sources, modfiles
}

// Request is one program to build.
type Request struct {
	Dir    string   // the folder of package main
	Files  []string // its files, relative to Dir or absolute; nil means all of Dir
	Output string   // also put the binary here; "" means only where Result says
	Flags  []string // the user's own flags for go build
	Race   bool     // with Go's race detector
	Plain  bool     // as it is, without the recorder
	Env    []string // nil means this process's
}

// Result is what came of a Request. Exit is 0 when there is a binary.
type Result struct {
	Binary       string       // absolute path; stays in place until a few other programs were built
	Sites        []event.Site // by number; Sites[0] is no site. Nil if not instrumented
	Instrumented bool         // the program records itself
	Cached       bool         // nothing had to be built
	Notes        []string     // what was left out or done otherwise, for the learner
	Output       []byte       // the go command's own words, verbatim
	Exit         int          // its exit status
}

// ErrNoCompiler is returned for a race build when there is no C compiler.
var ErrNoCompiler = errors.New("race detector needs a C compiler")

// Builder builds programs. Its methods may be called at any time; builds are
// done one after the other.
type Builder struct {
	cfg  Config
	turn chan struct{} // holds one token: whoever has it may build
}

// New returns a Builder. It makes cfg.WorkDir if it is not there, and puts the
// folder of the go command first on this process's PATH, because the goimports
// library can find it in no other way.
func New(cfg Config) (*Builder, error) {
	return &Builder{cfg: cfg, turn: make(chan struct{}, 1)}, nil
}

// Build builds a program. The error is for what is no fault of the program:
// a cancelled context, a full disk.
func (b *Builder) Build(ctx context.Context, req Request) (Result, error) {
	return Result{Exit: 1}, errors.New("build: not written yet")
}

// Warm asks, in advance, what the first builds in dir will have to know.
// It returns when it is done or ctx is.
func (b *Builder) Warm(ctx context.Context, dir string, env []string) {}

// Imports does what "goimports -w file" does, and returns what that would
// print and its exit status.
func (b *Builder) Imports(ctx context.Context, file string) (output []byte, exit int) {
	return nil, 0
}

// Get does what "go get args" does in dir, at once if nothing is missing.
func (b *Builder) Get(ctx context.Context, dir string, args []string) (output []byte, exit int) {
	return nil, 0
}
