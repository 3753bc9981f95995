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
	files, trim, err := layOut(tmp, j.chosen(), texts, func(path string) string { return path })
	if err != nil {
		return err
	}
	object, out := filepath.Join(tmp, "main.a"), filepath.Join(tmp, "main")
	if err := tool(ctx, j, "compile", j.compileArgs(object, config, trim, files)...); err != nil {
		return err
	}
	if err := tool(ctx, j, "link", j.linkArgs(out, config, object)...); err != nil {
		return err
	}
	return os.Rename(out, j.bin)
}

func (j *job) compileArgs(object, config, trim string, files []string) []string {
	args := []string{
		"-o", object, "-trimpath", trim, "-p", "main", "-lang=" + j.target.lang(&j.tc), "-complete",
		"-goversion", j.tc.GOVERSION, "-c=2", "-nolocalimports", "-importcfg", config, "-pack",
	}
	if j.race {
		args = append(args, "-race", "-installsuffix", "race")
	}
	return slices.Concat(args, files)
}

func (j *job) linkArgs(out, config, object string) []string {
	args := []string{"-o", out, "-importcfg", config, "-buildmode=exe", "-buildid=" + j.key, "-w"}
	if j.target.DefaultGODEBUG != "" {
		args = append(args, "-X=runtime.godebugDefault="+j.target.DefaultGODEBUG)
	}
	if j.race {
		args = append(args, "-race", "-installsuffix", "race")
	}
	if j.tc.CGO_ENABLED == "1" && j.tc.CC != "" {
		args = append(args, "-extld="+strings.Fields(j.tc.CC)[0])
	}
	return append(args, object)
}
