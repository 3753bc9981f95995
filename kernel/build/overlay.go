package build

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"threading101/kernel/words"

	"golang.org/x/mod/modfile"
)

// overlay has the go command build the rewritten files in place of the
// original ones, with the recorder as one more module.
func (b *Builder) overlay(ctx context.Context, j *job, texts map[string][]byte) (Result, error) {
	if j.flags.clash != "" {
		return Result{}, errors.New(words.UnchangedFlag(j.flags.clash))
	}
	if lang := j.target.lang(&j.tc); version.Compare(lang, runtimeLang) < 0 {
		return Result{}, errors.New(words.UnchangedLanguage(lang, runtimeLang))
	}
	dir, err := b.unpackRuntime(&j.tc)
	if err != nil {
		return Result{}, err
	}
	tmp, err := os.MkdirTemp(b.cfg.WorkDir, "overlay-")
	if err != nil {
		return Result{}, err
	}
	defer os.RemoveAll(tmp)
	overlay, err := writeOverlay(tmp, j.overlaid(texts))
	if err != nil {
		return Result{}, err
	}
	flags, env, err := withModule(j, tmp, dir)
	if err != nil {
		return Result{}, err
	}
	arguments := j.arguments()
	if j.src.named && j.req.Explore {
		arguments = append(slices.Clip(arguments), j.searchArgument())
	}
	r, err := b.goBuildWith(ctx, j, env, append(flags, "-overlay="+overlay), arguments)
	if err == nil && r.Exit != 0 {
		err = fmt.Errorf("go build -overlay: %s", r.Output)
	}
	r.way = "overlay"
	return r, err
}

// overlaid are the texts of main and those of the learner's own packages. What
// lies in the module cache cannot be replaced.
func (j *job) overlaid(main map[string][]byte) map[string][]byte {
	texts := maps.Clone(main)
	for _, m := range j.members {
		switch {
		case m.role == own:
			maps.Copy(texts, m.texts)
		case m.role == library:
			j.leave(m.ImportPath, m.role, errInCache)
		}
	}
	return texts
}

// errInCache says why a library is not rewritten where the go command builds.
var errInCache = errors.New(words.UnchangedInCache)

func writeOverlay(tmp string, texts map[string][]byte) (string, error) {
	replace := map[string]string{}
	for path, text := range texts {
		replace[path] = filepath.Join(tmp, fmt.Sprintf("%d-%s", len(replace), filepath.Base(path)))
		if err := os.WriteFile(replace[path], text, 0o600); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path := filepath.Join(tmp, "overlay.json")
	return path, os.WriteFile(path, text, 0o600)
}

// withModule adds the recorder's module to the learner's, in a go.mod or
// go.work of our own.
func withModule(j *job, tmp, runtime string) (flags, env []string, err error) {
	if j.tc.inWorkspace() {
		work := filepath.Join(tmp, "go.work")
		return nil, append(slices.Clip(j.env), "GOWORK="+work), alterWork(j.tc.GOWORK, work, runtime)
	}
	if !j.tc.inModule() {
		return nil, nil, errors.New(words.UnchangedNoModule)
	}
	mod := filepath.Join(tmp, "go.mod")
	return []string{"-modfile=" + mod, "-mod=mod"}, j.env, alterMod(j.tc.GOMOD, mod, runtime)
}

func alterMod(from, to, runtime string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	f, err := modfile.Parse(from, text, nil)
	if err != nil {
		return err
	}
	err = errors.Join(f.AddRequire("threading101", "v0.0.0"), f.AddReplace("threading101", "", runtime, ""))
	if err != nil {
		return err
	}
	f.Cleanup()
	if text, err = f.Format(); err != nil {
		return err
	}
	return errors.Join(os.WriteFile(to, text, 0o600), copySum(from, to, ".mod", ".sum"))
}

func alterWork(from, to, runtime string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	f, err := modfile.ParseWork(from, text, nil)
	if err != nil {
		return err
	}
	dir := filepath.Dir(from)
	for _, use := range append([]*modfile.Use{}, f.Use...) {
		if !filepath.IsAbs(use.Path) {
			err = errors.Join(err, f.DropUse(use.Path), f.AddUse(filepath.Join(dir, use.Path), ""))
		}
	}
	for _, r := range append([]*modfile.Replace{}, f.Replace...) {
		if r.New.Version == "" && !filepath.IsAbs(r.New.Path) {
			err = errors.Join(err, f.AddReplace(r.Old.Path, r.Old.Version, filepath.Join(dir, r.New.Path), ""))
		}
	}
	if err := errors.Join(err, f.AddUse(runtime, "")); err != nil {
		return err
	}
	f.Cleanup()
	return errors.Join(os.WriteFile(to, modfile.Format(f.Syntax), 0o600), copySum(from, to, "", ".sum"))
}

// copySum copies the sums that belong to a go.mod or a go.work, if there are any.
func copySum(from, to, cut, suffix string) error {
	text, err := os.ReadFile(from[:len(from)-len(cut)] + suffix)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return os.WriteFile(to[:len(to)-len(cut)]+suffix, text, 0o600)
}

// goBuild has the go command build the program as it is. Whatever it prints is
// what the learner is to read.
func (b *Builder) goBuild(ctx context.Context, j *job) (Result, error) {
	r, err := b.goBuildWith(ctx, j, j.env, nil, j.arguments())
	r.way = "plain"
	return r, err
}

func (b *Builder) goBuildWith(ctx context.Context, j *job, env, flags, arguments []string) (Result, error) {
	args := []string{"build", "-o", j.bin}
	if !j.flags.linker {
		args = append(args, "-ldflags=-w")
	}
	if !j.flags.linker && !j.flags.opaque && !j.asksForBuild() {
		args = append(args, slim) // as the packages are that list had compiled
	}
	if j.race {
		args = append(args, "-race")
	}
	args = append(append(append(args, flags...), j.flags.user...), arguments...)
	out, exit, err := b.combined(ctx, j.dir, env, args...)
	return Result{Binary: j.bin, Output: out, Exit: exit}, err
}
