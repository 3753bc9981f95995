package postgres

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"threading101/kernel/words"
)

// Config says what server to start.
type Config struct {
	Installation
	// Dir is the server's folder: its data, its socket, its log. It is made if it is
	// not there; data that lie in it are taken over. At most 92 bytes: the name of a
	// socket is at most 107.
	Dir string
	Env []string // more variables for the server's processes
	// Started, if set, is told of the server's process, before it is known to be ready.
	Started func(pid int)
}

// longestDir is the longest name of a folder in which a socket of the server can lie.
const longestDir = 92

// socketName is the file of the socket, below the server's folder.
const socketName = ".s.PGSQL.5432"

// Server is a server that has answered.
type Server struct {
	Version string        // "18.6"
	Took    time.Duration // from Start to its first answer
	dir     string
	taken   *os.File
	pid     int
	log     *log
	done    chan struct{} // closed when its first process has ended
	stopped sync.Once
	fresh   pool
	serial  atomic.Int64 // of databases made for Fresh
}

// Start starts a server and returns when it has answered. It takes some 0.1 s with a
// template and one or two seconds without one.
func Start(ctx context.Context, c Config) (*Server, error) {
	began := time.Now()
	if len(c.Dir) > longestDir {
		return nil, errors.New(words.PostgresFolderTooLong(c.Dir, longestDir))
	}
	chosen := c.choose()
	if chosen.err != nil {
		return nil, errors.New(words.PostgresCannotRun(c.Bin, chosen.err))
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return nil, errors.New(words.PostgresNoFolder(c.Dir, err))
	}
	taken, err := lock(c.Dir)
	if err != nil {
		return nil, err
	}
	s := &Server{Version: chosen.version, dir: c.Dir, taken: taken, done: make(chan struct{})}
	if err := s.begin(ctx, chosen, c); err != nil {
		taken.Close()
		return nil, err
	}
	if err := s.answers(ctx); err != nil {
		s.Stop()
		return nil, err
	}
	s.Took = time.Since(began)
	return s, nil
}

// begin starts the server on data that are there, or are made.
func (s *Server) begin(ctx context.Context, chosen choice, c Config) error {
	installation, err := c.prepare(ctx, chosen)
	if err != nil {
		return err
	}
	if s.log, err = newLog(filepath.Join(c.Dir, "log")); err != nil {
		return errors.New(words.PostgresNoFolder(c.Dir, err))
	}
	if err := s.launch(installation, chosen, c); err != nil {
		s.log.file.Close()
		return errors.New(words.PostgresCannotRun(c.Bin, err))
	}
	return nil
}

// prepare makes the data in the server's folder, if there are none.
func (c *Config) prepare(ctx context.Context, chosen choice) (Installation, error) {
	data := filepath.Join(c.Dir, "data")
	installation, err := c.within(chosen.as, c.Dir)
	if err != nil {
		return installation, errors.New(words.PostgresNoFolder(c.Dir, err))
	}
	_, missing := os.Stat(data)
	switch {
	case missing == nil:
	case c.fits(chosen.version):
		err = copyAll(c.Template, data, private)
	default:
		err = installation.initialise(ctx, chosen.as, c.Dir, data)
	}
	if err == nil {
		err = chosen.as.lend(c.Dir)
	}
	if err != nil {
		os.RemoveAll(data)
		return installation, errors.New(words.PostgresNoFolder(c.Dir, err))
	}
	return installation, nil
}

// settings make a server that is small and quick, and tells its clients why they wait.
// Nothing has to survive the machine, so nothing is flushed to the disk; but what was
// committed survives the server, so commits are written.
var settings = []string{
	"listen_addresses=", "unix_socket_permissions=0700", "max_connections=50", "superuser_reserved_connections=0",
	// A client that sets client_min_messages=log is told when a statement waits, and for what.
	"log_lock_waits=on", "deadlock_timeout=1ms", "log_min_error_statement=panic",
	"fsync=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "max_wal_size=64MB", "checkpoint_timeout=1h",
	// Nobody works there but the learner's program.
	"autovacuum=off", "max_worker_processes=0", "max_parallel_workers=0", "max_logical_replication_workers=0", "jit=off",
	"shared_buffers=16MB",
	// In the folder, not in /dev/shm, where it would be left behind.
	"dynamic_shared_memory_type=mmap",
	"log_timezone=UTC", "timezone=UTC",
}

// launch starts the server's first process. The thread that does so lives as long as
// the process: when it ends, the server is told to.
func (s *Server) launch(i Installation, chosen choice, c Config) error {
	args := []string{"-D", filepath.Join(s.dir, "data"), "-k", s.dir}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	if number(chosen.version) >= 14 {
		// A program that is stopped while its statement waits keeps nothing locked for the next.
		args = append(args, "-c", "client_connection_check_interval=50ms")
	}
	if number(chosen.version) >= 18 {
		args = append(args, "-c", "io_method=sync") // no processes to read files
	}
	cmd := exec.Command(filepath.Join(i.Bin, "postgres"), args...)
	cmd.Env, cmd.Dir, cmd.SysProcAttr = environment(c.Env...), s.dir, chosen.as.attr()
	out, err := s.log.input()
	if err != nil {
		return err
	}
	cmd.Stderr, cmd.Stdout = out, out
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // for ever: the thread ends with this goroutine
		err := cmd.Start()
		out.Close()
		if err == nil {
			s.pid = cmd.Process.Pid
		}
		started <- err
		if err == nil {
			cmd.Wait()
			close(s.done)
		}
	}()
	if err := <-started; err != nil {
		return err
	}
	if c.Started != nil {
		c.Started(s.pid)
	}
	return nil
}

// patience is how long we wait for a server.
const patience = 10 * time.Second

// answers waits until the server says in its log that it is ready, and answers.
func (s *Server) answers(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case <-s.log.ready:
	case <-s.done:
		return errors.New(words.PostgresEnded(s.log.reason()))
	case <-ctx.Done():
		return errors.New(words.PostgresTooSlow(patience))
	}
	_, err := s.ask(ctx, databaseName, "SELECT 1")
	return err
}

// ask has SQL executed in a database of the server.
func (s *Server) ask(ctx context.Context, database, sql string) ([]string, error) {
	c, err := s.dial(ctx, database)
	if err != nil {
		return nil, fmt.Errorf("database %q: %w", database, err)
	}
	defer c.Close()
	return c.query(ctx, sql)
}

// URL is the address of the server's lasting database.
func (s *Server) URL() string { return s.address(databaseName) }

func (s *Server) address(database string) string {
	query := url.Values{"host": {s.dir}, "sslmode": {"disable"}}
	u := url.URL{Scheme: "postgres", User: url.User(userName), Host: "", Path: "/" + database, RawQuery: query.Encode()}
	return strings.ReplaceAll(u.String(), "%2F", "/")
}

// Ended is closed when the server has ended, for whatever reason.
func (s *Server) Ended() <-chan struct{} { return s.done }

// Stop ends the server and all it has started, and returns when they have ended. What
// is in its folder stays.
func (s *Server) Stop() {
	if !s.ended() {
		syscall.Kill(s.pid, syscall.SIGQUIT)
	}
	select {
	case <-s.done:
	case <-time.After(2 * time.Second): // stopped from outside, perhaps
		syscall.Kill(s.pid, syscall.SIGKILL)
		<-s.done
	}
	s.stopped.Do(func() {
		s.log.close()
		s.taken.Close()
	})
}
