package postgres

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"sync"
	"syscall"
)

// Service is the server of one kernel. It starts with the first program that needs it.
// Its methods may be called at any time.
type Service struct {
	find func() (Installation, error)
	cfg  Config

	mu     sync.Mutex
	server *Server // the last one, also if it has ended; nil before the first
}

// Comeback says what became of the server between two programs.
type Comeback int

// The ways to come back.
const (
	Running   Comeback = iota // it was there, or had not been needed before
	Recovered                 // it had ended, and was started on its data
	Emptied                   // it had ended, and its data were lost
)

// NewService prepares a service. find says where PostgreSQL is, c how it is started;
// its Installation is not read.
func NewService(find func() (Installation, error), c Config) *Service {
	return &Service{find: find, cfg: c}
}

// Server returns the server that runs, after it has started it if none does. The error
// is a sentence for the learner.
func (s *Service) Server(ctx context.Context) (*Server, Comeback, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server == nil {
		err := s.start(ctx)
		return s.server, Running, err
	}
	if s.server.listens() {
		return s.server, Running, nil
	}
	s.server.Stop()
	if s.start(ctx) == nil {
		return s.server, Recovered, nil
	}
	err := s.anew(ctx)
	return s.server, Emptied, err
}

// Reset throws away all that is in the databases. If no server runs, none is started.
func (s *Service) Reset(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server == nil {
		return nil
	}
	s.server.Stop()
	return s.anew(ctx)
}

// Close ends the server, and removes its folder.
func (s *Service) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server != nil {
		s.server.Stop()
		os.RemoveAll(s.cfg.Dir)
	}
	s.server = nil
}

// anew starts a server in an empty folder.
func (s *Service) anew(ctx context.Context) error {
	s.server = nil
	os.RemoveAll(s.cfg.Dir)
	return s.start(ctx)
}

func (s *Service) start(ctx context.Context) error {
	var err error
	if s.cfg.Installation, err = s.find(); err != nil {
		return err
	}
	server, err := Start(ctx, s.cfg)
	if err == nil {
		s.server = server
	}
	return err
}

// listens reports whether somebody is behind the socket: that is known sooner than that
// the server has ended.
func (s *Server) listens() bool {
	if s.ended() {
		return false
	}
	c, err := net.Dial("unix", filepath.Join(s.dir, socketName))
	if err == nil {
		c.Close()
	}
	return !errors.Is(err, syscall.ECONNREFUSED) && !errors.Is(err, syscall.ENOENT)
}

func (s *Server) ended() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}
