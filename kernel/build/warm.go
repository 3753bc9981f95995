package build

import (
	"context"
	"sync"
)

// usual are the packages lessons import. Together they are known after one
// question to the go command.
var usual = []string{
	"bufio", "bytes", "context", "errors", "fmt", "io", "log", "math", "math/rand", "math/rand/v2", "os", "os/signal",
	"runtime", "slices", "sort", "strconv", "strings", "sync", "sync/atomic", "time",
}

// Warm asks, in advance, what the first build will have to know. dir may be ""
// if the folder is not there yet. It returns when it is done or ctx is; a build
// that comes meanwhile does not wait for it.
func (b *Builder) Warm(ctx context.Context, dir string, env []string) {
	if dir == "" {
		dir = b.cfg.WorkDir
	}
	j := &job{req: Request{Dir: dir}, dir: dir, env: b.toolEnv(env), src: new(source)}
	if b.settle(ctx, j) != nil || j.tc.GOROOT == "" {
		return
	}
	var both sync.WaitGroup
	both.Go(func() { b.stdlib(j.tc.GOROOT).find("fmt", []string{"Println"}, false) })
	both.Go(func() { b.warmUniverse(ctx, j) })
	both.Wait()
}

func (b *Builder) warmUniverse(ctx context.Context, j *job) {
	fresh := b.newUniverse()
	j.universe = fresh
	if b.learn(ctx, j, usual, true) != nil {
		return
	}
	for _, path := range []string{"fmt", "sync", "time"} {
		fresh.importer.Import(path)
	}
	b.adopt(j, fresh)
}

// adopt makes a universe the one for such jobs, unless there is one already.
func (b *Builder) adopt(j *job, u *universe) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, key := range []string{j.universeKey(), j.stdKey()} {
		if b.universes[key] == nil {
			b.universes[key] = u
		}
	}
}
