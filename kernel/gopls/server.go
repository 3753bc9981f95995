package gopls

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"
)

// Config says how gopls is run.
type Config struct {
	Path string          // of gopls; while there is none, every question is answered with ErrNone
	Dir  string          // a folder for its files; made when it is needed
	Env  []string        // nil: this process's
	Attr func(*exec.Cmd) // may be nil; sets what the caller wants of every process
	Idle time.Duration   // gopls ends after so long without a question; 0: ten minutes
	Logf func(format string, args ...any)

	// Modules gives the texts of go.mod and go.sum; nil: a module of the
	// standard library alone.
	Modules func() (mod, sum []byte)
}

// ErrNone says that there is no gopls to ask.
var ErrNone = errors.New("there is no gopls")

// Server is a gopls that is there when it is asked.
type Server struct {
	cfg Config

	mu     sync.Mutex
	turn   chan struct{} // one question at a time: they share the files
	live   *session
	idle   *time.Timer
	closed bool
}

// New returns a Server; nothing is started yet.
func New(c Config) *Server {
	if c.Idle == 0 {
		c.Idle = 10 * time.Minute
	}
	if c.Logf == nil {
		c.Logf = func(string, ...any) {}
	}
	s := &Server{cfg: c, turn: make(chan struct{}, 1)}
	s.turn <- struct{}{}
	return s
}

// There reports whether there is a gopls to start. It may be installed later.
func (s *Server) There() bool {
	info, err := os.Stat(s.cfg.Path)
	return err == nil && !info.IsDir()
}

// Up reports whether gopls runs and has read what it needs.
func (s *Server) Up() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.live != nil && s.live.isUp() && !s.live.isGone()
}

// Warm sees to it that gopls is up soon. It does not wait.
func (s *Server) Warm() { s.session() }

// Close ends gopls.
func (s *Server) Close() {
	s.mu.Lock()
	live := s.live
	s.live, s.closed = nil, true
	s.mu.Unlock()
	if live != nil {
		live.end()
	}
}

// session returns the gopls of the moment, started if need be, nil if there is none.
func (s *Server) session() *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || !s.There() {
		return nil
	}
	if s.idle == nil {
		s.idle = time.AfterFunc(s.cfg.Idle, s.rest)
	}
	s.idle.Reset(s.cfg.Idle)
	if s.live != nil && !s.live.isGone() {
		return s.live
	}
	live, err := s.start()
	if err != nil {
		s.cfg.Logf("gopls: %v", err)
		return nil
	}
	s.live = live
	return live
}

// rest ends a gopls that nobody has asked for long.
func (s *Server) rest() {
	s.mu.Lock()
	live := s.live
	s.live = nil
	s.mu.Unlock()
	if live != nil {
		live.end()
	}
}

// alone keeps gopls from starting a second process of its own size that collects
// its telemetry: see golang.org/x/telemetry/start.go.
const alone = "GO_TELEMETRY_CHILD=2"

// start starts gopls; it is up later. The thread that started it stays as long
// as it does: a parent-death signal is the thread's affair.
func (s *Server) start() (*session, error) {
	if err := os.MkdirAll(s.cfg.Dir, 0o700); err != nil {
		return nil, err
	}
	if _, err := s.writeModule(); err != nil {
		return nil, err
	}
	cmd := exec.Command(s.cfg.Path)
	cmd.Dir, cmd.Env = s.cfg.Dir, append(cmd.Environ(), alone)
	if s.cfg.Env != nil {
		cmd.Env = append(slices.Clone(s.cfg.Env), alone)
	}
	if s.cfg.Attr != nil {
		s.cfg.Attr(cmd)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	live := newSession(s.cfg.Dir, in, cmd, s.cfg.Logf)
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		live.read(out)
		cmd.Process.Kill()
		cmd.Wait()
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	go live.greet()
	return live, nil
}

// writeModule brings go.mod and go.sum up to date, and returns the names of
// those that have changed.
func (s *Server) writeModule() (changed []string, err error) {
	mod, sum := []byte("module cell\n\ngo 1.26\n"), []byte(nil)
	if s.cfg.Modules != nil {
		if m, sm := s.cfg.Modules(); len(m) > 0 {
			mod, sum = m, sm
		}
	}
	for name, text := range map[string][]byte{"go.mod": mod, "go.sum": sum} {
		path := filepath.Join(s.cfg.Dir, name)
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, text) {
			continue
		}
		if err := os.WriteFile(path, text, 0o600); err != nil {
			return nil, err
		}
		changed = append(changed, name)
	}
	return changed, nil
}

// take waits for the turn to ask, with the gopls that is up.
func (s *Server) take(ctx context.Context) (*session, error) {
	live := s.session()
	if live == nil {
		return nil, ErrNone
	}
	select {
	case <-live.up:
	case <-live.gone:
		return nil, ErrNone
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case <-s.turn:
		return live, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
