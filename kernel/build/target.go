package build

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// target is what the go command says about package main itself.
type target struct {
	GoFiles        []string
	DefaultGODEBUG string
	Dir            string
	Module         *struct{ GoVersion string }
	Error          *struct{ Err string }

	CgoFiles, CFiles, CXXFiles, MFiles, HFiles, FFiles, SFiles, SysoFiles, SwigFiles, SwigCXXFiles, EmbedPatterns []string
}

const targetFields = "GoFiles,DefaultGODEBUG,Dir,Module,Error," +
	"CgoFiles,CFiles,CXXFiles,MFiles,HFiles,FFiles,SFiles,SysoFiles,SwigFiles,SwigCXXFiles,EmbedPatterns"

// target asks the go command, or remembers its answer: it can change only with
// the names of the files, their headers and the module files.
func (b *Builder) target(ctx context.Context, j *job) (*target, error) {
	key := j.targetKey()
	b.mu.Lock()
	known := b.targets[key]
	b.mu.Unlock()
	if known != nil {
		return known, nil
	}
	args := append([]string{"list", "-e", "-json=" + targetFields}, j.flags.list...)
	out, err := b.goTool(ctx, j.dir, j.env, append(args, j.arguments()...)...)
	if err != nil {
		return nil, err
	}
	t := new(target)
	if err := json.Unmarshal(out, t); err != nil {
		return nil, err
	}
	if t.Error != nil {
		return nil, fmt.Errorf("go list: %s", t.Error.Err)
	}
	b.mu.Lock()
	b.targets[key] = t
	b.mu.Unlock()
	return t, nil
}

// arguments name the package for the go command, as the learner did.
func (j *job) arguments() []string {
	if j.src.named {
		return j.req.Files
	}
	return nil // the package in the folder
}

func (j *job) targetKey() string {
	var s strings.Builder
	fmt.Fprintf(&s, "%q %q %q %v %q %v %v\n", j.dir, j.tc.key, j.tc.modules, j.race, j.flags.list, j.src.embeds, j.src.cgo)
	for _, f := range j.src.files {
		fmt.Fprintf(&s, "%q %q\n", f.path, f.header)
	}
	if !j.src.named {
		others, _ := filepath.Glob(filepath.Join(j.dir, "*.[^g]*")) // C, assembly and their like
		fmt.Fprintf(&s, "%q\n", others)
	}
	return s.String()
}

// indirect says why the compiler cannot be called directly for this package,
// or "".
func (t *target) indirect() string {
	switch {
	case len(t.EmbedPatterns) > 0:
		return "embedded files"
	case len(slices.Concat(t.CFiles, t.CXXFiles, t.MFiles, t.HFiles, t.FFiles, t.SFiles, t.SysoFiles, t.SwigFiles, t.SwigCXXFiles)) > 0:
		return "files in other languages"
	}
	if _, err := os.Stat(filepath.Join(t.Dir, "default.pgo")); err == nil {
		return "a profile" // packages are compiled anew for it
	}
	return ""
}

// lang is the version of Go the package is written in, "go1.26".
func (t *target) lang(tc *toolchain) string {
	if t.Module != nil && t.Module.GoVersion == "" {
		return "go1.16" // what a go.mod that does not say means
	}
	version := strings.TrimPrefix(tc.GOVERSION, "go")
	if t.Module != nil {
		version = t.Module.GoVersion
	}
	parts := strings.SplitN(version, ".", 3)
	if len(parts) < 2 {
		return "go" + version
	}
	minor := strings.TrimRight(parts[1], "abcdefghijklmnopqrstuvwxyz") // 1.27rc1
	if i := strings.IndexFunc(parts[1], func(r rune) bool { return r < '0' || r > '9' }); i >= 0 {
		minor = parts[1][:i]
	}
	return "go" + parts[0] + "." + minor
}

// chosen are the files of the source that belong to the package under its
// build constraints.
func (j *job) chosen() []*file {
	var files []*file
	for _, f := range j.src.files {
		if slices.Contains(j.target.GoFiles, filepath.Base(f.path)) {
			files = append(files, f)
		}
	}
	return files
}
