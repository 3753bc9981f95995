// Package rtos notes what is written to the standard streams, and to the files that the
// program opens where it opens any (see Files).
package rtos

import (
	"io"
	"os"
	"syscall"

	"threading101/kernel/rt"
)

// The streams the program began with. Only they go to the learner's page.
var stdout, stderr = os.Stdout, os.Stderr

func init() {
	rt.EachRun(func() { os.Stdout, os.Stderr = stdout, stderr })
}

// Stdout returns os.Stdout as it is now.
//
//go:norace
func Stdout() *os.File { return os.Stdout }

// Standard returns w's file when it is one of the standard streams and it matters
// what is printed, else nil.
//
//go:norace
func Standard(w any) *os.File {
	if !rt.Prints() {
		return nil
	}
	f, ok := w.(*os.File)
	if s, wrapped := w.(*Stream); wrapped && s != nil {
		f, ok = s.File, true
	}
	if ok && f != nil && (f == os.Stdout || f == os.Stderr || f == stdout || f == stderr) {
		return f
	}
	return nil
}

// Write is f.Write.
func Write(s uint32, f *os.File, b []byte) (int, error) {
	if Standard(f) == nil {
		return writesTo(s, f, b)
	}
	defer begin(s, f, b)()
	if dropped(f) {
		return written(f, len(b))
	}
	return f.Write(b)
}

// WriteString is f.WriteString.
func WriteString(s uint32, f *os.File, text string) (int, error) {
	if Standard(f) == nil {
		if opened(f) {
			return Files.Write(s, f, []byte(text))
		}
		return f.WriteString(text)
	}
	defer Begin(s, f, text)()
	if dropped(f) {
		return written(f, len(text))
	}
	return f.WriteString(text)
}

// ReadFrom is f.ReadFrom.
func ReadFrom(s uint32, f *os.File, r io.Reader) (int64, error) {
	return (&Stream{f, s}).ReadFrom(r)
}

// Syscall is syscall.Write.
func Syscall(s uint32, fd int, b []byte) (int, error) {
	switch {
	case rt.Prints() && fd == 1:
		return Write(s, stdout, b)
	case rt.Prints() && fd == 2:
		return Write(s, stderr, b)
	}
	return syscall.Write(fd, b)
}

// dropped says whether what goes to f is only noted: the program runs many times,
// and this is one of the streams that it began with. A file that it put in a
// stream's place, a pipe perhaps that it reads itself, is written to.
func dropped(f *os.File) bool { return rt.Quiet() && output(f) != nil }

// written is what comes of writing n bytes that are only noted.
func written(f *os.File, n int) (int, error) {
	if closed(f) {
		return 0, isClosed("write", f)
	}
	return n, nil
}

// begin is Begin for bytes: in a controlled run they may change until it is their
// turn.
func begin(s uint32, f *os.File, b []byte) func() {
	if o := output(f); o != nil {
		return o.Write(s, b)
	}
	return Begin(s, f, string(b))
}

// Begin notes text and keeps others from printing to the same stream until the
// function it returns is called. A file that the program put in a stream's
// place is only noted.
func Begin(s uint32, f *os.File, text string) func() {
	if o := output(f); o != nil {
		return o.Print(s, text)
	}
	rt.Print(s, text)
	return func() {}
}
