//go:build darwin || freebsd || netbsd || openbsd || dragonfly

package cli

import "golang.org/x/sys/unix"

// How a terminal's state is read and set.
const (
	getTerminal = unix.TIOCGETA
	setTerminal = unix.TIOCSETA
)
