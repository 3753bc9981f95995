package rtfile

import (
	"io"
	"io/fs"
	"os"

	"threading101/kernel/event"
	"threading101/kernel/rt"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/std/rtos"
)

// files does what is done with the files that the program has opened, as steps.
type files struct{}

var opened files

func init() { rtos.Files = opened }

// Has says whether f is one of them.
func (files) Has(f *os.File) bool {
	return rt.Recording() && held(f) != nil
}

// held is what is known of f.
func held(f *os.File) (h *handle) {
	rt.FileKnown(func() { h = known.handles[f] })
	return h
}

// step does an operation with an open file.
func (h *handle) step(s uint32, op event.Op, touch event.Touch, do func() rt.FileDone) {
	rt.FileStep(s, op, func() rt.FileAbout {
		return h.at.about(func() []control.Use { return h.touching(touch) })
	}, func() rt.FileDone {
		h.watch(s)
		done := do()
		h.left()
		return done
	})
}

// touching is what an operation touches that does so to the content.
func (h *handle) touching(touch event.Touch) []control.Use {
	uses := []control.Use{use(h, event.TouchWrite)}
	if touch != event.TouchNone {
		uses = append(uses, use(h.of, touch))
	}
	return uses
}

// watch looks whether the file is where our last operation left it. If not, a library
// has read or written it unseen.
func (h *handle) watch(s uint32) {
	if !rt.Searching() || h.bad {
		return
	}
	if pos, err := h.File.Seek(0, io.SeekCurrent); err == nil && pos != h.pos {
		h.bad = true
		rt.FileStrays(s, h.at.name)
	}
}

func (h *handle) left() {
	if rt.Searching() {
		h.pos, _ = h.File.Seek(0, io.SeekCurrent)
	}
}

// Write is f.Write.
func (files) Write(s uint32, f *os.File, b []byte) (n int, err error) {
	h := held(f)
	h.step(s, event.FileWrite, event.TouchWrite, func() rt.FileDone {
		n, err = f.Write(b)
		h.at.change()
		return wrote(b, n, err)
	})
	return n, err
}

// WriteAt is f.WriteAt.
func (files) WriteAt(s uint32, f *os.File, b []byte, off int64) (n int, err error) {
	h := held(f)
	h.step(s, event.FileWrite, event.TouchWrite, func() rt.FileDone {
		n, err = f.WriteAt(b, off)
		h.at.change()
		return wrote(b, n, err)
	})
	return n, err
}

func wrote(b []byte, n int, err error) rt.FileDone {
	return rt.FileDone{Text: text(b, n), Failed: err != nil, Changed: n > 0}
}

// Read is f.Read.
func (files) Read(s uint32, f *os.File, b []byte) (n int, err error) {
	return held(f).read(s, b, true)
}

// read is Read. moves says whether who reads once more goes on from there.
func (h *handle) read(s uint32, b []byte, moves bool) (n int, err error) {
	h.step(s, event.FileRead, event.TouchRead, func() rt.FileDone {
		n, err = h.File.Read(b)
		return rt.FileDone{Text: text(b, n), Failed: n == 0 && err != nil, Changed: n > 0 && moves}
	})
	return n, err
}

// ReadAt is f.ReadAt.
func (files) ReadAt(s uint32, f *os.File, b []byte, off int64) (n int, err error) {
	h := held(f)
	h.step(s, event.FileRead, event.TouchRead, func() rt.FileDone {
		n, err = f.ReadAt(b, off)
		return rt.FileDone{Text: text(b, n), Failed: n == 0 && err != nil}
	})
	return n, err
}

// Seek is f.Seek.
func (files) Seek(s uint32, f *os.File, offset int64, whence int) (at int64, err error) {
	h := held(f)
	h.step(s, event.FileSeek, event.TouchRead, func() rt.FileDone {
		at, err = f.Seek(offset, whence)
		return rt.FileDone{Text: decimal(at), Failed: err != nil, Changed: err == nil}
	})
	return at, err
}

// Truncate is f.Truncate.
func (files) Truncate(s uint32, f *os.File, size int64) (err error) {
	h := held(f)
	h.step(s, event.FileTruncate, event.TouchWrite, func() rt.FileDone {
		err = f.Truncate(size)
		h.at.change()
		return rt.FileDone{Text: decimal(size), Failed: err != nil, Changed: err == nil}
	})
	return err
}

// Stat is f.Stat.
func (files) Stat(s uint32, f *os.File) (info fs.FileInfo, err error) {
	h := held(f)
	h.step(s, event.FileLook, event.TouchRead, func() rt.FileDone {
		info, err = f.Stat()
		return rt.FileDone{Failed: err != nil}
	})
	return info, err
}

// Close is f.Close. The file is still known: what is done with it now fails.
func (files) Close(s uint32, f *os.File) (err error) {
	h := held(f)
	h.step(s, event.FileClose, event.TouchNone, func() rt.FileDone {
		err = f.Close()
		return rt.FileDone{Failed: err != nil, Changed: err == nil}
	})
	return err
}

// drop closes a file that nobody else knows.
func drop(f *os.File) (err error) {
	rt.FileKnown(func() {
		delete(known.handles, f)
		err = f.Close()
	})
	return err
}

// text is the beginning of what was read or written.
func text(b []byte, n int) string { return string(b[:min(max(n, 0), event.MaxText)]) }
