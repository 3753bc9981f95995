package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"

	"threading101/kernel/words"
)

// A program that is explored is run many times, and each run must read the same: so
// its input is read once, before, and kept in a file that each run reads from the
// beginning.

// mostInput is how many bytes of input are kept.
const mostInput = 64 << 20

// readsInput is how a program names its standard input.
var readsInput = regexp.MustCompile(`\bos\.Stdin\b|\bfmt\.Scan(f|ln)?\(|/dev/stdin`)

// mentionsInput says whether the source of a program names its standard input.
func mentionsInput(target string) bool {
	dir, files, err := sources(target)
	if err != nil {
		return false
	}
	for _, name := range files {
		if src, err := os.ReadFile(filepath.Join(dir, name)); err == nil && readsInput.Match(src) {
			return true
		}
	}
	return false
}

// sources are the files of a program's package.
func sources(target string) (dir string, files []string, err error) {
	dir, files, err = packageOf(target)
	if err != nil || files != nil {
		return dir, files, err
	}
	all, err := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, path := range all {
		files = append(files, filepath.Base(path))
	}
	return dir, files, err
}

// keepInput reads all of our standard input into a file in dir, for a program that
// reads its own. It returns "" where there is none to give: a terminal asks nobody.
// Where the input does not come to its end it is given up when ctx ends.
func keepInput(ctx context.Context, stdin io.Reader, target, dir string) (path string, err error) {
	if stdin == nil || !mentionsInput(target) || isDevice(stdin) {
		return "", nil
	}
	f, err := os.CreateTemp(dir, "input-")
	if err != nil {
		return "", err
	}
	copied := make(chan error, 1)
	go func() {
		defer f.Close()
		n, err := io.Copy(f, io.LimitReader(stdin, mostInput+1))
		if err == nil && n > mostInput {
			err = errors.New(words.InputTooLong(mostInput))
		}
		copied <- err
	}()
	select {
	case err = <-copied:
	case <-ctx.Done():
		err = ctx.Err()
	}
	return f.Name(), err
}

// isDevice says whether r is a terminal, or another device.
func isDevice(r io.Reader) bool {
	f, ok := r.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err != nil || info.Mode()&os.ModeDevice != 0
}

// isPlainFile says whether r is a file that lies on a disk.
func isPlainFile(r io.Reader) bool {
	f, ok := r.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}
