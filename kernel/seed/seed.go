package seed

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Variable is where the go command looks for a program that keeps its cache.
const Variable = "GOCACHEPROG"

// Word is the first argument that has the kernel's small binary serve a go command.
const Word = "cache"

// The two ways to serve.
const (
	read = "read"
	fill = "fill"
)

// small is the binary that serves: it starts in a third of the kernel's time.
const small = "threading101-tool"

// Serves reports whether a process of that name was started to serve a go command.
func Serves(name string) bool { return filepath.Base(name) == small }

// Seed is what was made ready for all users of an installation.
type Seed struct {
	Dir  string
	tool string
}

// Elsewhere is the variable that names the installation whose seed is used, where it is
// not the one that the kernel's binary lies in: in tests.
const Elsewhere = "T101_SEED"

// Beside is the seed of the installation in a folder. It may not be there.
func Beside(dir string) Seed {
	if other := os.Getenv(Elsewhere); filepath.IsAbs(other) {
		dir = other
	}
	return Seed{filepath.Join(dir, "seed"), filepath.Join(dir, small)}
}

// There reports whether the seed can be read, and served.
func (s Seed) There() bool { return s.Dir != "" && exists(s.Cache()) && exists(s.tool) }

// Missing is the path of the binary that serves a seed, if it is not there; else "".
func (s Seed) Missing() string {
	if exists(s.tool) {
		return ""
	}
	return s.tool
}

// Cache is its part in the form of Go's build cache, Recorder the sources that are
// compiled into programs, and Modules its module cache.
func (s Seed) Cache() string    { return filepath.Join(s.Dir, "go-build") }
func (s Seed) Recorder() string { return filepath.Join(s.Dir, "recorder") }
func (s Seed) Modules() string  { return filepath.Join(s.Dir, "mod") }

// Reading is the value of [Variable] for a user with that build cache; "" if a path in it
// cannot be written there.
func (s Seed) Reading(cache string) string { return s.value(read, cache, s.Cache()) }

// Filling is its value while the seed is made, by a user with that build cache.
func (s Seed) Filling(cache string) string { return s.value(fill, s.Cache(), cache) }

func (s Seed) value(way, own, below string) string {
	if !filepath.IsAbs(own) || !filepath.IsAbs(below) {
		return ""
	}
	fields := []string{s.tool, Word, way, own, below}
	for i, f := range fields {
		if strings.ContainsAny(f, "'\n") {
			return ""
		}
		fields[i] = "'" + f + "'"
	}
	return strings.Join(fields, " ")
}

// Publish lets every user of the machine read the seed.
func (s Seed) Publish() error {
	return filepath.WalkDir(s.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.Type()&fs.ModeSymlink != 0 {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		mode := info.Mode().Perm() | 0o444
		if d.IsDir() {
			mode |= 0o111
		}
		if err = os.Chmod(path, mode); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
