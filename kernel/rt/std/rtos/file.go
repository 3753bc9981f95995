package rtos

import (
	"io"
	"io/fs"
	"os"

	"threading101/kernel/rt"
)

// Files is what package rtfile does with the files that it has opened: each is one
// step. It is nil in a program that opens none, which is not linked with that package.
var Files interface {
	Has(f *os.File) bool
	Write(s uint32, f *os.File, b []byte) (int, error)
	WriteAt(s uint32, f *os.File, b []byte, off int64) (int, error)
	Read(s uint32, f *os.File, b []byte) (int, error)
	ReadAt(s uint32, f *os.File, b []byte, off int64) (int, error)
	Seek(s uint32, f *os.File, offset int64, whence int) (int64, error)
	Truncate(s uint32, f *os.File, size int64) error
	Stat(s uint32, f *os.File) (fs.FileInfo, error)
	Close(s uint32, f *os.File) error
}

// opened says whether f is one of those.
func opened(f *os.File) bool { return Files != nil && f != nil && Files.Has(f) }

// openedIn returns the file of those that x is, nil if it is none.
func openedIn(x any) *os.File {
	if Files == nil {
		return nil
	}
	f, ok := x.(*os.File)
	if s, wrapped := x.(*Stream); wrapped && s != nil {
		f, ok = s.File, true
	}
	if ok && opened(f) {
		return f
	}
	return nil
}

// Noted returns w's file where it matters what is written to it: a standard stream, or
// one that the program has opened. Else it is nil.
func Noted(w any) *os.File {
	if f := Standard(w); f != nil {
		return f
	}
	return openedIn(w)
}

// Read is f.Read.
func Read(s uint32, f *os.File, b []byte) (int, error) {
	if opened(f) {
		return Files.Read(s, f, b)
	}
	return f.Read(b)
}

// ReadAt is f.ReadAt.
func ReadAt(s uint32, f *os.File, b []byte, off int64) (int, error) {
	if opened(f) {
		return Files.ReadAt(s, f, b, off)
	}
	return f.ReadAt(b, off)
}

// WriteAt is f.WriteAt.
func WriteAt(s uint32, f *os.File, b []byte, off int64) (int, error) {
	if opened(f) {
		return Files.WriteAt(s, f, b, off)
	}
	return f.WriteAt(b, off)
}

// Seek is f.Seek.
func Seek(s uint32, f *os.File, offset int64, whence int) (int64, error) {
	if opened(f) {
		return Files.Seek(s, f, offset, whence)
	}
	return f.Seek(offset, whence)
}

// Truncate is f.Truncate.
func Truncate(s uint32, f *os.File, size int64) error {
	if opened(f) {
		return Files.Truncate(s, f, size)
	}
	return f.Truncate(size)
}

// Stat is f.Stat.
func Stat(s uint32, f *os.File) (fs.FileInfo, error) {
	if opened(f) {
		return Files.Stat(s, f)
	}
	return f.Stat()
}

// The same, of a file as a library has it.

func (w *Stream) Read(b []byte) (int, error)               { return Read(w.site, w.File, b) }
func (w *Stream) ReadAt(b []byte, off int64) (int, error)  { return ReadAt(w.site, w.File, b, off) }
func (w *Stream) WriteAt(b []byte, off int64) (int, error) { return WriteAt(w.site, w.File, b, off) }
func (w *Stream) Seek(offset int64, whence int) (int64, error) {
	return Seek(w.site, w.File, offset, whence)
}
func (w *Stream) Truncate(size int64) error  { return Truncate(w.site, w.File, size) }
func (w *Stream) Stat() (fs.FileInfo, error) { return Stat(w.site, w.File) }

// WriteTo is the file's, in the pieces in which it copies.
func (w *Stream) WriteTo(to io.Writer) (int64, error) {
	if !opened(w.File) {
		return w.File.WriteTo(to)
	}
	return io.Copy(to, readerOnly{w})
}

type readerOnly struct{ io.Reader }

// writesTo is Write to a file that is no standard stream.
func writesTo(s uint32, f *os.File, b []byte) (int, error) {
	if opened(f) {
		return Files.Write(s, f, b)
	}
	return f.Write(b)
}

// held is writesTo for a library that may keep others out while it writes: nobody can
// come before it there.
func (w *Stream) held(b []byte) (int, error) {
	if opened(w.File) && rt.Searching() && keepsOut() {
		defer rt.FileHeld(w.site)()
	}
	return writesTo(w.site, w.File, b)
}
