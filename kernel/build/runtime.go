package build

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"threading101/kernel/words"
)

// runtimeMod is the go.mod of the recorder's source. Its Go version is that of
// the recorder, not of the learner.
const (
	runtimeLang = "go1.26"
	runtimeMod  = "module threading101\n\ngo 1.26\n"
)

// listRecorder has the recorder's packages compiled.
func (b *Builder) listRecorder(ctx context.Context, j *job) ([]listed, error) {
	dir, err := b.unpackRuntime(&j.tc)
	if err != nil {
		return nil, err
	}
	// Outside the learner's modules and workspace; the standard library is the
	// same one, since nothing else of the environment differs.
	env := append(slices.Clip(j.env), "GOFLAGS=-mod=mod", "GOWORK=off", "GOTOOLCHAIN=local")
	goTool := filepath.Join(j.tc.GOROOT, "bin", "go") // what the learner's go.mod may have chosen
	args := []string{"./kernel/event", "./kernel/judge", "./kernel/sched", "./kernel/explore/search", "./kernel/explore/wire", "./kernel/rt/..."}
	if j.flags.tags != "" {
		args = append([]string{"-tags=" + j.flags.tags}, args...)
	}
	return b.inquire(ctx, j.list(inquiry{goTool: goTool, dir: dir, env: env, args: args, about: ofTheRecorder}))
}

// unpackRuntime writes the recorder's source into the cache and returns its
// folder. The folder's name is a hash of what is in it, and it appears whole
// or not at all, so that any number of kernels may do it at once.
func (b *Builder) unpackRuntime(tc *toolchain) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.runtimeDir != "" && exists(filepath.Join(b.runtimeDir, "go.mod")) {
		return b.runtimeDir, nil
	}
	files, err := runtimeFiles(b.cfg.RT)
	if err != nil {
		return "", err
	}
	if made := filepath.Join(b.cfg.Seed.Recorder(), hashOf(files)); exists(made) {
		b.runtimeDir = made
		return made, nil
	}
	cache := b.cfg.CacheDir
	if cache == "" {
		cache = filepath.Join(tc.GOCACHE, "threading101")
	}
	if !filepath.IsAbs(cache) {
		return "", errors.New(words.NoBuildCache(tc.GOCACHE))
	}
	b.runtimeDir, err = unpack(cache, files)
	return b.runtimeDir, err
}

// runtimeFiles reads the recorder's source: names in the module → texts.
func runtimeFiles(source fs.FS) (map[string][]byte, error) {
	files := map[string][]byte{"go.mod": []byte(runtimeMod)}
	for _, folder := range []string{"event", "judge", "rt", "sched", "explore/search", "explore/wire"} {
		err := fs.WalkDir(source, folder, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !belongs(name) {
				return err
			}
			text, err := fs.ReadFile(source, name)
			files["kernel/"+name] = text
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("reading the recorder's source: %w", err)
		}
	}
	return files, nil
}

// belongs reports whether the file is compiled into programs. What serves the
// making and testing of the recorder lies in folders called internal.
func belongs(name string) bool {
	if strings.Contains(name, "/testdata/") || strings.Contains(name, "/internal/") || strings.HasSuffix(name, "_test.go") {
		return false
	}
	switch filepath.Ext(name) {
	case ".go", ".s", ".h":
		return true
	}
	return false
}

func unpack(cache string, files map[string][]byte) (string, error) {
	dir := filepath.Join(cache, hashOf(files))
	if exists(dir) {
		return dir, nil
	}
	if err := os.MkdirAll(cache, 0o777); err != nil {
		return "", err
	}
	tmp, err := os.MkdirTemp(cache, "unpacking-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(tmp)
	for name, text := range files {
		path := filepath.Join(tmp, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, text, 0o666)); err != nil {
			return "", err
		}
	}
	if err := errors.Join(os.Chmod(tmp, 0o755), os.Rename(tmp, dir)); err != nil && !exists(dir) {
		return "", err
	}
	return dir, nil
}

func hashOf(files map[string][]byte) string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	h := sha256.New()
	for _, name := range names {
		fmt.Fprintf(h, "%q %d\n", name, len(files[name]))
		h.Write(files[name])
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:12])
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
