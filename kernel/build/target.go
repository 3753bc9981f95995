package build

import (
	"context"
	"encoding/json"
	"fmt"
	"go/version"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"threading101/kernel/words"

	"golang.org/x/mod/modfile"
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
	if t := j.simpleTarget(); t != nil {
		return t, nil
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

// simpleTarget says of a package without anything special what the go command
// would say, without asking it: some 40 ms of the first build. It returns nil if
// there is anything special.
func (j *job) simpleTarget() *target {
	if j.src.embeds || j.src.cgo || len(j.src.files) == 0 || j.hasOtherFiles() {
		return nil
	}
	t := &target{Dir: j.dir}
	for _, f := range j.src.files {
		base := filepath.Base(f.path)
		if f.header != "" || strings.Contains(base, "_") || filepath.Dir(f.path) != j.dir || f.ast.Name.Name != "main" {
			return nil
		}
		t.GoFiles = append(t.GoFiles, base)
	}
	if !j.tc.inModule() && !j.tc.inWorkspace() && j.src.named {
		return t
	}
	if j.tc.inWorkspace() || filepath.Dir(j.tc.GOMOD) != j.dir {
		return nil
	}
	text, err := os.ReadFile(j.tc.GOMOD)
	if err != nil {
		return nil
	}
	mod, err := modfile.Parse(j.tc.GOMOD, text, nil)
	if err != nil || mod.Go == nil || len(mod.Godebug) > 0 || version.Lang("go"+mod.Go.Version) != version.Lang(j.tc.GOVERSION) {
		return nil // the runtime's defaults are others, too
	}
	if !j.src.named { // files that are named belong to no module
		t.Module = &struct{ GoVersion string }{mod.Go.Version}
	}
	return t
}

// hasOtherFiles reports whether the folder holds files that the go command
// would also compile or heed.
func (j *job) hasOtherFiles() bool {
	entries, err := os.ReadDir(j.dir)
	return err != nil || slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		switch filepath.Ext(e.Name()) {
		case ".c", ".cc", ".cpp", ".cxx", ".m", ".h", ".hh", ".hpp", ".hxx", ".f", ".F", ".for", ".f90", ".s", ".S", ".sx",
			".swig", ".swigcxx", ".syso", ".pgo":
			return true
		}
		return false
	})
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
		return words.UnchangedEmbeds
	case len(slices.Concat(t.CFiles, t.CXXFiles, t.MFiles, t.HFiles, t.FFiles, t.SFiles, t.SysoFiles, t.SwigFiles, t.SwigCXXFiles)) > 0:
		return words.UnchangedForeign
	}
	if _, err := os.Stat(filepath.Join(t.Dir, "default.pgo")); err == nil {
		return words.UnchangedProfile // packages are compiled anew for it
	}
	return ""
}

// lang is the version of Go the package is written in, "go1.26".
func (t *target) lang(tc *toolchain) string {
	if t.Module != nil && t.Module.GoVersion == "" {
		return "go1.16" // what a go.mod that does not say means
	}
	if t.Module != nil {
		return version.Lang("go" + t.Module.GoVersion)
	}
	return version.Lang(tc.GOVERSION)
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
