package build

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

var (
	errNotDirect = errors.New("the compiler cannot be called directly")
	errStale     = errors.New("a compiled package is gone from Go's build cache")
)

// direct calls the compiler and the linker itself, with the flags go build
// would use. Files in texts, nil for a program that does not record itself, are
// compiled from there, the others as they lie.
func (b *Builder) direct(ctx context.Context, j *job, texts map[string][]byte) (Result, error) {
	if b.slowOnly || !j.flags.direct || j.indirect() != "" {
		return Result{}, errNotDirect
	}
	if texts != nil && !j.universe.recorder {
		return Result{}, j.recorderErr
	}
	tmp, err := os.MkdirTemp(b.cfg.WorkDir, "direct-")
	if err != nil {
		return Result{}, err
	}
	defer os.RemoveAll(tmp)
	if err := b.compileAndLink(ctx, j, tmp, texts); err != nil {
		return Result{}, b.staleOr(j, err)
	}
	return Result{Binary: j.bin, way: "direct"}, nil
}

func (b *Builder) compileAndLink(ctx context.Context, j *job, tmp string, texts map[string][]byte) error {
	var members []*member
	if texts != nil {
		if err := b.compileMembers(ctx, j); err != nil {
			return err
		}
		members = j.members
	}
	config, err := b.importcfg(j.universe)
	if err != nil {
		return err
	}
	if config, err = withMembers(config, tmp, members); err != nil {
		return err
	}
	main := j.chosen()
	if texts != nil {
		main = j.withSearch(main)
	}
	files, trim, err := layOut(tmp, main, texts, func(path string) string { return path })
	if err != nil {
		return err
	}
	object, out := filepath.Join(tmp, "main.a"), filepath.Join(tmp, "main")
	call := compiling{path: "main", lang: j.target.lang(&j.tc), object: object, config: config, trim: trim, files: files}
	err = b.link(ctx, j, config, out, object, func() error { return tool(ctx, j, "compile", j.compileArgs(call)...) })
	if err != nil {
		return err
	}
	return os.Rename(out, j.bin)
}

// link starts the linker before what it links is compiled, so that the 2 ms in which a
// process starts cost nothing: the import configuration, which the linker reads first,
// is its standard input, and is written when all is there.
func (b *Builder) link(ctx context.Context, j *job, config, out, object string, compile func() error) error {
	ctx, kill := context.WithCancel(ctx)
	defer kill()
	stdin, feed, err := os.Pipe()
	if err != nil {
		return err
	}
	defer feed.Close()
	linker, failed := startTool(ctx, j, stdin, "link", j.linkArgs(out, "/dev/stdin", object)...)
	stdin.Close()
	if err := compile(); err != nil { // which tells more than that there is no linker
		if kill(); failed == nil {
			linker.wait()
		}
		return err
	}
	if failed != nil {
		return failed
	}
	text, err := os.ReadFile(config)
	if err == nil {
		feed.Write(text) // a linker that cannot be written to says itself why it has ended
		feed.Close()
		b.binaries.makeRoom() // while the linker works
		err = linker.wait()
	}
	return err
}

// compiling is one call of the compiler.
type compiling struct {
	path   string   // import path of the package
	lang   string   // the version of Go it is written in
	object string   // where the compiled package goes
	config string   // the importcfg file
	trim   string   // see layOut
	files  []string // absolute
}

// compileArgs are the arguments go build would give, but for -dwarf: what it
// writes down for a debugger takes time, and the linker leaves it out.
func (j *job) compileArgs(c compiling) []string {
	args := []string{
		"-o", c.object, "-trimpath", c.trim, "-p", c.path, "-lang=" + c.lang, "-complete",
		"-goversion", j.tc.GOVERSION, "-c=2", "-nolocalimports", "-importcfg", c.config, "-pack", "-dwarf=false",
	}
	return slices.Concat(args, j.raceArgs(), c.files)
}

// raceArgs are those of the race detector, for compiler and linker alike.
func (j *job) raceArgs() []string {
	if !j.race {
		return nil
	}
	return []string{"-race", "-installsuffix", "race"}
}

func (j *job) linkArgs(out, config, object string) []string {
	args := []string{"-o", out, "-importcfg", config, "-buildmode=exe", "-buildid=" + j.key, "-s", "-w"}
	if j.target.DefaultGODEBUG != "" {
		args = append(args, "-X=runtime.godebugDefault="+j.target.DefaultGODEBUG)
	}
	args = append(args, j.raceArgs()...)
	if j.tc.CGO_ENABLED == "1" && j.tc.CC != "" {
		args = append(args, "-extld="+strings.Fields(j.tc.CC)[0])
	}
	return append(args, object)
}
