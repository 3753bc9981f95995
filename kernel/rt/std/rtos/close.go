package rtos

import (
	"io/fs"
	"os"

	"threading101/kernel/rt"
)

func init() {
	rt.EachRun(func() { rt.Stdout.Shut, rt.Stderr.Shut = false, false })
}

// output is a stream that the program began with, nil for any other file.
func output(f *os.File) *rt.Output {
	switch f {
	case stdout:
		return &rt.Stdout
	case stderr:
		return &rt.Stderr
	}
	return nil
}

func closed(f *os.File) bool {
	o := output(f)
	return o != nil && o.Shut
}

// Close is f.Close. Whether it comes before what others print is a matter of the
// schedule. Of many runs in a process none closes the stream for the others.
func Close(s uint32, f *os.File) error {
	o := output(f)
	switch {
	case o == nil && opened(f):
		return Files.Close(s, f)
	case o == nil || !rt.Prints():
		return f.Close()
	}
	defer rt.Announce(s, "")()
	was := o.Shut
	o.Shut = true
	switch {
	case !rt.Quiet():
		return f.Close()
	case was:
		return isClosed("close", f)
	}
	return nil
}

// Close is the file's.
func (w *Stream) Close() error { return Close(w.site, w.File) }

// isClosed is what a closed file says.
func isClosed(op string, f *os.File) error {
	return &fs.PathError{Op: op, Path: f.Name(), Err: os.ErrClosed}
}
