package build

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Compiling is how far the go command is with packages that nobody has compiled yet.
type Compiling struct {
	Done, All int    // All is 0 while that is not known
	Path      string // the package that was begun last
}

// Compiling says what is being compiled for all programs to come, by this process or by
// another one that it waits for. It is false when nothing is.
func (b *Builder) Compiling() (Compiling, bool) {
	c := b.compiling.Load()
	if c == nil || c.Path == "" {
		return Compiling{}, false
	}
	return *c, true
}

// alone lets one go command after the other compile packages, of all kernels that have a
// build cache in common: the first compiles what the next ones then find, where all at
// once would compile the same. It returns what is to be called at the end. Where no file
// can be locked nobody waits.
func (b *Builder) alone(ctx context.Context, env []string) (*os.File, func()) {
	dir := b.cacheIn(env)
	if !filepath.IsAbs(dir) || os.MkdirAll(dir, 0o777) != nil {
		return nil, func() {}
	}
	f, err := os.OpenFile(filepath.Join(dir, "compiling"), os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, func() {}
	}
	for syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == syscall.EWOULDBLOCK {
		b.hear(f)
		select {
		case <-ctx.Done():
			f.Close()
			return nil, func() {}
		case <-time.After(20 * time.Millisecond):
		}
	}
	return f, func() {
		f.Truncate(0)
		f.Close() // which unlocks it
		b.compiling.Store(nil)
	}
}

// hear learns from the file how far another process is.
func (b *Builder) hear(f *os.File) {
	var text [512]byte
	n, _ := f.ReadAt(text[:], 0)
	c := new(Compiling)
	if n, _ := fmt.Sscanf(string(text[:n]), "%d %d %s\n", &c.Done, &c.All, &c.Path); n == 3 {
		b.compiling.Store(c)
	}
}

// listing runs go list, which compiles what it is asked for, and notes how far it is. The
// file may be nil.
func (b *Builder) listing(ctx context.Context, q inquiry, f *os.File) ([]byte, error) {
	var stdout bytes.Buffer
	v := &verbose{tell: b.teller(ctx, q, f)}
	cmd := command(ctx, q.dir, q.env, &stdout, nil, q.goTool, slices.Concat([]string{"list", "-v"}, q.args)...)
	cmd.Stderr = v
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("go list: %w\n%s%s", err, v.rest.Bytes(), v.line)
	}
	return stdout.Bytes(), nil
}

// teller returns what is called with each package that the go command begins.
func (b *Builder) teller(ctx context.Context, q inquiry, f *os.File) func(path string) {
	count := sync.OnceValue(func() int { return b.count(ctx, q) })
	done := 0
	return func(path string) {
		c := &Compiling{done, count(), path}
		done++
		b.compiling.Store(c)
		if f != nil {
			f.WriteAt(fmt.Appendf(nil, "%d %d %s\n", c.Done, c.All, c.Path), 0)
		}
	}
}

// count is how many packages an inquiry is about, 0 if that cannot be told.
func (b *Builder) count(ctx context.Context, q inquiry) int {
	args := slices.DeleteFunc(slices.Clone(q.args), func(arg string) bool {
		return arg == "-export" || strings.HasPrefix(arg, "-json=")
	})
	out, _ := goCommand(ctx, q.goTool, q.dir, q.env, append([]string{"list"}, args...)...)
	return bytes.Count(out, []byte("\n"))
}

// verbose takes what the go command prints on standard error under -v: the path of each
// package that it begins to compile, alone on a line, and what it has to say otherwise.
type verbose struct {
	tell func(path string)
	line []byte // not ended yet
	rest bytes.Buffer
}

func (v *verbose) Write(text []byte) (int, error) {
	v.line = append(v.line, text...)
	for {
		line, more, ended := bytes.Cut(v.line, []byte("\n"))
		if !ended {
			return len(text), nil
		}
		if v.line = more; isPath(string(line)) {
			v.tell(string(line))
		} else {
			v.rest.Write(append(line, '\n'))
		}
	}
}

func isPath(line string) bool { return line != "" && !strings.ContainsAny(line, " \t:#") }
