package build

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
)

// keepBinaries is how many programs stay on disk, about 2 MB each: the cells a
// learner goes back and forth between, in both modes.
const keepBinaries = 40

// binaries are the programs built so far, the least recently used first.
type binaries struct {
	dir  string
	keep int

	mu   sync.Mutex
	list []binary
	n    int
}

type binary struct {
	key    string
	result Result
}

func newBinaries(dir string, keep int) (*binaries, error) {
	return &binaries{dir: dir, keep: keep}, os.MkdirAll(dir, 0o700)
}

// path returns a new place for a binary. No two are the same, so that a
// program that runs is never overwritten.
func (b *binaries) path(key string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n++
	return filepath.Join(b.dir, key[:min(len(key), 12)]+"-"+strconv.Itoa(b.n))
}

func (b *binaries) get(key string) (Result, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if key == "" {
		return Result{}, false
	}
	i := slices.IndexFunc(b.list, func(e binary) bool { return e.key == key })
	if i < 0 {
		return Result{}, false
	}
	e := b.list[i]
	b.list = slices.Delete(b.list, i, i+1)
	if !exists(e.result.Binary) {
		return Result{}, false
	}
	b.list = append(b.list, e)
	r := e.result
	r.Notes = slices.Clone(r.Notes)
	return r, true
}

// put keeps a result. Under no key it can be found by nobody, but its binary
// stays for as long as the others.
func (b *binaries) put(key string, r Result) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.list = append(b.list, binary{key, r})
	b.trim(b.keep)
}

// makeRoom removes now what put would have to when one more is there.
func (b *binaries) makeRoom() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trim(b.keep - 1)
}

func (b *binaries) trim(keep int) {
	for len(b.list) > keep {
		os.Remove(b.list[0].result.Binary)
		b.list = slices.Delete(b.list, 0, 1)
	}
}

// put makes the program available at path too: it replaces what is there and
// never writes into it.
func put(program, path string) error {
	tmp := path + ".new"
	os.Remove(tmp)
	if err := os.Link(program, tmp); err != nil {
		if err := copyFile(program, tmp); err != nil {
			return err
		}
	}
	return os.Rename(tmp, path)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
