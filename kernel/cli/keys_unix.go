//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package cli

import (
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// keys has a terminal give each key as it is pressed, and show none. restore undoes that;
// it is nil where r is no terminal. Ctrl-C stays what it is.
func keys(r io.Reader) (restore func()) {
	f, ok := r.(*os.File)
	if !ok {
		return nil
	}
	fd := int(f.Fd())
	before, err := unix.IoctlGetTermios(fd, getTerminal)
	if err != nil {
		return nil
	}
	now := *before
	now.Lflag &^= unix.ICANON | unix.ECHO
	now.Cc[unix.VMIN], now.Cc[unix.VTIME] = 1, 0
	if unix.IoctlSetTermios(fd, setTerminal, &now) != nil {
		return nil
	}
	return func() { unix.IoctlSetTermios(fd, setTerminal, before) }
}

// height is how many rows a terminal has, 0 if w is none.
func height(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok {
		return 0
	}
	size, err := unix.IoctlGetWinsize(int(f.Fd()), unix.TIOCGWINSZ)
	switch {
	case err != nil:
		return 0
	case size.Row == 0:
		return usualHeight
	}
	return int(size.Row)
}
