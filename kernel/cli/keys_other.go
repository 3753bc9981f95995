//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package cli

import "io"

// keys: no terminal is known here that gives each key as it is pressed.
func keys(io.Reader) (restore func()) { return nil }

// height is how many rows a terminal has, 0 if w is none.
func height(io.Writer) int { return 0 }
