package facade

import "io"

// Is reports whether a process of that base name is one of ours.
func Is(name string) bool { return false }

// Main runs the tool called by name (as in os.Args[0]) and returns the exit
// status. Where the real tool is to run, Main becomes it and does not return.
func Main(name string, args []string, stdin io.Reader, stdout, stderr io.Writer) int { return 1 }

// Links makes dir with symlinks go, goimports and gopls to binary.
func Links(dir, binary string) error { return nil }
