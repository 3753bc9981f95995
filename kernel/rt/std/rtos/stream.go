package rtos

import (
	"io"
	"os"
	"runtime"

	"threading101/kernel/rt"
	"threading101/kernel/rt/text"
)

// Stream is a file as a library gets it to write to:
//
//	io.WriteString(os.Stdout, s)   becomes   io.WriteString(rtos.Writer(7, os.Stdout), s)
//
// What the library writes to a standard stream is noted as what the program
// prints itself, and what it does with a file that the program has opened as what the
// program does itself. Everything else is the file's.
type Stream struct {
	*os.File
	site uint32
}

// Writer returns w, or what notes all that is written to it at site s.
func Writer(s uint32, w io.Writer) io.Writer {
	if f := Noted(w); f != nil {
		return &Stream{f, s}
	}
	return w
}

// StringWriter is [Shared] for who writes strings.
func StringWriter(s uint32, w io.StringWriter) io.StringWriter {
	if f := Noted(w); f != nil {
		return &Stream{f, s}
	}
	if plain, ok := w.(io.Writer); ok {
		if at := placeOf(w, "WriteString"); at.p != nil {
			return &Object{plain, s, at}
		}
	}
	return w
}

// ReaderFrom is Writer for who has the writer read.
func ReaderFrom(s uint32, w io.ReaderFrom) io.ReaderFrom {
	if f := Noted(w); f != nil {
		return &Stream{f, s}
	}
	return w
}

// Same is Writer for an interface that asks for more.
func Same[W any](s uint32, w W) W {
	if f := Noted(w); f != nil {
		if stream, ok := any(&Stream{f, s}).(W); ok {
			return stream
		}
	}
	return w
}

// File is Writer for a file that is to be more than written to.
func File(s uint32, f *os.File) *Stream { return &Stream{f, s} }

// Writers is Writer for each of several.
func Writers[W any](s uint32, all []W) []W {
	for i := range all {
		if Noted(all[i]) != nil {
			return eachOf(s, all)
		}
	}
	return all
}

func eachOf[W any](s uint32, all []W) []W {
	streams := make([]W, len(all))
	for i := range all {
		streams[i] = Same(s, all[i])
	}
	return streams
}

// Plain returns the file of a stream, and any other writer as it is: what a
// library was given is the learner's again.
func Plain(w io.Writer) io.Writer {
	if s, ok := w.(*Stream); ok {
		return s.File
	}
	return w
}

// Write is the file's.
func (w *Stream) Write(b []byte) (int, error) {
	if Standard(w.File) == nil {
		return w.held(b)
	}
	defer w.begin(b)()
	if dropped(w.File) {
		return written(w.File, len(b))
	}
	return w.File.Write(b)
}

// WriteString is the file's.
func (w *Stream) WriteString(text string) (int, error) {
	return w.Write([]byte(text))
}

// ReadFrom is the file's, in the pieces in which it copies.
func (w *Stream) ReadFrom(r io.Reader) (int64, error) {
	if Noted(w.File) == nil {
		return w.File.ReadFrom(r)
	}
	return io.Copy(writerOnly{w}, r)
}

type writerOnly struct{ io.Writer }

// begin is Begin, at a moment when nobody may come in between if the library that
// writes keeps others out.
func (w *Stream) begin(b []byte) func() {
	if !rt.Searching() || !keepsOut() {
		return begin(w.site, w.File, b)
	}
	if o := output(w.File); o != nil {
		return o.Held(w.site, b)
	}
	return func() {}
}

// holders are the packages that hold a mutex while they write. What they print is
// announced before they are called, as far as it is the learner who calls them.
var holders = []string{"log.", "log/slog.", "encoding/gob."}

// keepsOut says whether one of them is writing.
func keepsOut() bool {
	var all [32]uintptr
	frames := runtime.CallersFrames(all[:runtime.Callers(3, all[:])])
	for {
		frame, more := frames.Next()
		for _, p := range holders {
			if text.HasPrefix(frame.Function, p) {
				return true
			}
		}
		if !more {
			return false
		}
	}
}
