package build

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"threading101/kernel/build/modules"
	"threading101/kernel/words"
)

// How long Get waits for a connection before it calls the machine offline, and
// for the go command to fetch what it found.
const (
	dialTimeout  = 700 * time.Millisecond
	fetchTimeout = 3 * time.Minute
)

// Get does what "go get args" does in dir and returns what that prints and its
// exit status. Without args, which is how GoNB asks before every build, it is
// done at once if nothing is missing; and if something is, and the module proxy
// cannot be reached, the module cache is tried and the error comes in less
// than a second. env is the environment, this process's if there is none.
func (b *Builder) Get(ctx context.Context, dir string, args []string, env ...string) (output []byte, exit int) {
	if env == nil {
		env = b.toolEnv(nil)
	}
	if len(args) > 0 {
		return b.fetch(ctx, dir, b.toolEnv(env), args)
	}
	j, err := b.newJob(ctx, Request{Dir: dir, Env: env})
	if err != nil || j.src.broken || j.tc.GOROOT == "" {
		return b.fetch(ctx, dir, b.toolEnv(env), nil)
	}
	defer j.src.forget(b.fset)
	foreign := slices.DeleteFunc(importsOf(j.src.files), j.tc.std)
	if len(foreign) == 0 || b.provided(ctx, j, foreign) {
		return nil, 0
	}
	return b.getMissing(ctx, j, foreign)
}

// provided reports whether go.mod and go.sum already say where all the
// packages come from.
func (b *Builder) provided(ctx context.Context, j *job, foreign []string) bool {
	key := fmt.Sprintf("%q %q %q %q", j.dir, j.tc.key, j.tc.modules, foreign)
	b.mu.Lock()
	known := b.complete[key]
	b.mu.Unlock()
	if known {
		return true
	}
	args := append([]string{"list", "-deps", "-f={{with .Error}}{{.}}{{end}}"}, foreign...)
	if _, err := b.goTool(ctx, j.dir, j.env, args...); err != nil {
		return false
	}
	b.mu.Lock()
	b.complete[key] = true
	b.mu.Unlock()
	return true
}

func (b *Builder) getMissing(ctx context.Context, j *job, foreign []string) ([]byte, int) {
	if b.getPinned(ctx, j, foreign) {
		return nil, 0
	}
	host, err := b.reach(ctx, j, foreign)
	if err == nil {
		if j.pinnable(foreign) {
			modules.Pin(j.tc.GOMOD) // fetched in this version, or, if that cannot be written, in the newest
		}
		return b.fetch(ctx, j.dir, j.env, nil)
	}
	if b.getFromCache(ctx, j, foreign) {
		return nil, 0
	}
	if ctx.Err() != nil {
		return nil, 1
	}
	if said := b.unreachable(ctx, j, foreign, host); said != "" {
		return []byte(said), 1
	}
	return b.fetch(ctx, j.dir, j.env, nil) // whatever is missing, it is not a package
}

// getPinned provides packages from modules that setup has fetched, without a network.
func (b *Builder) getPinned(ctx context.Context, j *job, foreign []string) bool {
	if !j.pinnable(foreign) || !modules.Cache(filepath.Join(j.tc.GOMODCACHE, "cache", "download")).HasPinned() {
		return false
	}
	return modules.Pin(j.tc.GOMOD) == nil && b.provided(ctx, j, foreign)
}

// pinnable reports whether packages may be given in their pinned versions: to a cell's
// module, which is ours to write.
func (j *job) pinnable(foreign []string) bool {
	return modules.Pins(foreign) && j.tc.inModule() && !j.tc.inWorkspace()
}

// fetch runs the real thing.
func (b *Builder) fetch(ctx context.Context, dir string, env, args []string) ([]byte, int) {
	bounded, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	out, exit, err := b.combined(bounded, dir, env, append([]string{"get"}, args...)...)
	switch {
	case ctx.Err() != nil:
		return nil, 1
	case bounded.Err() != nil:
		return []byte(words.GetTooLong(fetchTimeout.String())), 1
	case err != nil:
		return []byte("go get: " + err.Error() + "\n"), 1
	}
	return out, exit
}

// getFromCache lets the go command take modules from the module cache as if it
// were a proxy: what was fetched once, on this machine, is enough.
func (b *Builder) getFromCache(ctx context.Context, j *job, foreign []string) bool {
	cache := modules.Cache(filepath.Join(j.tc.GOMODCACHE, "cache", "download"))
	if !exists(string(cache)) {
		return false
	}
	env := append(slices.Clip(j.env), "GOPROXY=file://"+filepath.ToSlash(string(cache))+",off", "GONOPROXY=none", "GONOSUMDB=*")
	for _, args := range [][]string{{"get"}, append([]string{"get"}, cache.Whole(foreign)...)} {
		if _, exit, err := b.combined(ctx, j.dir, env, args...); err == nil && exit == 0 {
			return true
		}
	}
	return false
}

// unreachable says, at the import, that the package cannot be had.
func (b *Builder) unreachable(ctx context.Context, j *job, foreign []string, host string) string {
	var s strings.Builder
	for _, f := range j.src.files {
		for _, spec := range f.ast.Imports {
			path := strings.Trim(spec.Path.Value, "\"`")
			if slices.Contains(foreign, path) && !b.provided(ctx, j, []string{path}) {
				pos := b.fset.Position(spec.Path.Pos())
				s.WriteString(words.PackageOutOfReach(filepath.Base(pos.Filename), pos.Line, pos.Column, path, host))
			}
		}
	}
	return s.String()
}
