package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/importer"
	"go/types"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// universe is the compiled form of every package known so far under one
// environment and one set of module files.
type universe struct {
	exports  map[string]string   // import path → file in Go's build cache
	local    map[string]bool     // packages whose source may change at any time
	shared   map[string]bool     // packages that are the same in every folder: the standard library, the recorder
	imports  map[string][]string // what these import
	foreign  map[string]listed   // all that is not the standard library's
	importer types.Importer
	config   string // path of the importcfg file, for compiler and linker alike; "" if it must be written
	recorder bool   // the recorder's packages are known
}

// listed is what go list says about one package.
type listed struct {
	ImportPath, Dir, Export                                      string
	Standard                                                     bool
	GoFiles, CgoFiles, SFiles, SysoFiles, EmbedPatterns, Imports []string
	Module                                                       *struct {
		Path, Version, GoVersion string
		Replace                  *struct{ Version string }
	}
	Error *struct{ Err string }
}

const (
	plainFields  = "ImportPath,Dir,Standard,CgoFiles,EmbedPatterns,Error"
	listedFields = "ImportPath,Dir,Export,Standard,GoFiles,CgoFiles,SFiles,SysoFiles,EmbedPatterns,Imports,Module,Error"
)

func (j *job) universeKey() string {
	return fmt.Sprintf("%q %q %v", j.dir, j.tc.modules, j.stdKey())
}

// stdKey names the universes that have the standard library in common.
func (j *job) stdKey() string {
	return fmt.Sprintf("std %q %v %q", j.tc.key, j.race, j.flags.list)
}

// universeFor returns the universe of the job: a new one, with what another
// knows of the standard library, if there is none.
func (b *Builder) universeFor(j *job) *universe {
	b.mu.Lock()
	defer b.mu.Unlock()
	key := j.universeKey()
	if u := b.universes[key]; u != nil {
		return u
	}
	u := b.newUniverse()
	if v := b.universes[j.stdKey()]; v != nil {
		for path := range v.shared {
			u.exports[path], u.shared[path], u.imports[path] = v.exports[path], true, v.imports[path]
		}
		u.recorder = v.recorder
	}
	b.universes[key], b.universes[j.stdKey()] = u, u
	return u
}

func (b *Builder) newUniverse() *universe {
	u := &universe{exports: map[string]string{}, local: map[string]bool{}, shared: map[string]bool{}, imports: map[string][]string{}, foreign: map[string]listed{}}
	u.importer = b.newImporter(u)
	return u
}

// newImporter reads type information from the compiled packages. It keeps
// every package it has read.
func (b *Builder) newImporter(u *universe) types.Importer {
	return importer.ForCompiler(b.fset, "gc", func(path string) (io.ReadCloser, error) {
		if file := u.exports[path]; file != "" {
			return os.Open(file)
		}
		return nil, fmt.Errorf("package %q is not known", path)
	})
}

// learn makes sure that the packages and all they import are known and up to
// date: compiled by the go command, if they were not. So is the recorder, if
// wanted; without it the program can still be built plainly.
func (b *Builder) learn(ctx context.Context, j *job, paths []string, recorder bool) error {
	u := j.universe
	var packages, own []listed
	var err error
	var both sync.WaitGroup
	if ask := u.unknown(paths); len(ask) > 0 {
		q := inquiry{goTool: b.cfg.GoTool, dir: j.dir, env: j.env, args: slices.Concat(j.flags.list, ask)}
		if !slices.ContainsFunc(ask, func(path string) bool { return !j.tc.std(path) }) {
			q.about = ofTheStandardLibrary
		}
		both.Go(func() { packages, err = b.inquire(ctx, j.list(q)) })
	}
	if recorder && !u.recorder {
		both.Go(func() { own, j.recorderErr = b.listRecorder(ctx, j) })
	}
	both.Wait()
	j.volatile = u.addAll(packages, j.tc.GOMODCACHE)
	u.addAll(own, j.tc.GOMODCACHE)
	u.recorder = u.recorder || own != nil
	if j.volatile {
		u.importer = b.newImporter(u) // what it has read of them may be old
	}
	return err
}

// unknown are those of the packages that the go command must be asked for.
func (u *universe) unknown(paths []string) []string {
	var ask []string
	for _, path := range paths {
		if path == "unsafe" || path == "C" {
			continue
		}
		if u.exports[path] == "" || !u.shared[path] && len(u.local) > 0 {
			ask = append(ask, path)
		}
	}
	return ask
}

// list adds to an inquiry that it is about packages and all they import, compiled.
func (j *job) list(q inquiry) inquiry {
	list := []string{"-export", "-deps", slim, "-json=" + listedFields}
	if j.race {
		list = append(list, "-race")
	}
	q.tc, q.args = &j.tc, append(list, q.args...)
	return q
}

// addAll adds packages, and reports whether any may change at any time.
func (u *universe) addAll(packages []listed, modcache string) (local bool) {
	for _, p := range packages {
		local = u.add(p, modcache) || local
	}
	return local
}

// add notes where a package lies, and reports whether it may change at any
// time. Packages of the standard library and of the module cache never do.
func (u *universe) add(p listed, modcache string) (local bool) {
	if p.Export == "" {
		return false // package unsafe
	}
	shared := p.Standard || strings.HasPrefix(p.ImportPath, "threading101/kernel/")
	local = !shared && !inside(modcache, p.Dir)
	if local {
		u.local[p.ImportPath] = true
	}
	if shared {
		u.shared[p.ImportPath], u.imports[p.ImportPath] = true, p.Imports
	} else {
		u.foreign[p.ImportPath] = p
	}
	if u.exports[p.ImportPath] != p.Export {
		u.exports[p.ImportPath] = p.Export
		u.config = ""
	}
	return local
}

func inside(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// importcfg writes, if need be, the file that tells compiler and linker where
// the packages lie.
func (b *Builder) importcfg(u *universe) (string, error) {
	if u.config != "" {
		return u.config, nil
	}
	var text bytes.Buffer
	for _, path := range slices.Sorted(maps.Keys(u.exports)) {
		fmt.Fprintf(&text, "packagefile %s=%s\n", path, u.exports[path])
	}
	f, err := os.CreateTemp(b.cfg.WorkDir, "importcfg-*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(text.Bytes())
	if err := errors.Join(err, f.Close()); err != nil {
		return "", err
	}
	u.config = f.Name()
	return u.config, nil
}

// staleOr returns errStale, and drops the job's universe, if a file it names is
// gone: Go's build cache is trimmed now and then. Else it returns err.
func (b *Builder) staleOr(j *job, err error) error {
	for _, file := range j.universe.exports {
		if !exists(file) {
			b.mu.Lock()
			maps.DeleteFunc(b.universes, func(_ string, u *universe) bool { return u == j.universe })
			b.mu.Unlock()
			return errStale
		}
	}
	return err
}

// needsCgo reports whether a package outside the standard library, imported
// directly or not, has cgo code. Go's own packages have pure Go instead, and
// without cgo its check for deadlocks works even where net is imported.
func (b *Builder) needsCgo(ctx context.Context, j *job, tc toolchain) bool {
	if j.src.cgo {
		return true
	}
	var foreign []string
	for _, path := range importsOf(j.src.files) {
		if !tc.std(path) {
			foreign = append(foreign, path)
		}
	}
	if len(foreign) == 0 {
		return false
	}
	key := fmt.Sprintf("cgo %q %q %q %q", j.dir, tc.key, tc.modules, foreign)
	b.mu.Lock()
	known, ok := b.foreignCgo[key]
	b.mu.Unlock()
	if ok {
		return known
	}
	args := slices.Concat([]string{"-e", "-deps", "-json=" + plainFields}, j.flags.list, foreign)
	packages, err := b.inquire(ctx, inquiry{goTool: b.cfg.GoTool, dir: j.dir, env: j.env, args: args, tc: &tc})
	needs := err != nil || slices.ContainsFunc(packages, func(p listed) bool { return !p.Standard && len(p.CgoFiles) > 0 })
	if err == nil {
		b.mu.Lock()
		b.foreignCgo[key] = needs
		b.mu.Unlock()
	}
	return needs
}
