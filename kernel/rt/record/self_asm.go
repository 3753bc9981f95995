//go:build amd64 || arm64

package record

import "unsafe"

// Self returns the runtime's own descriptor of the running goroutine, whose
// first two words are the bounds of its stack.
func Self() unsafe.Pointer

// release stores 0, ordered after everything written before. Go's own atomic
// store is ordered before everything after as well, which costs a locked
// instruction.
//
//go:noescape
func release(l *uint32)
