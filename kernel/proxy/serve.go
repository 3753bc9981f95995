package proxy

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"threading101/kernel/cell"
	"threading101/kernel/guard"
	"threading101/kernel/jupyter"
	"threading101/kernel/live"
	"threading101/kernel/program"
	"threading101/kernel/seed"
	"threading101/kernel/sequel"
)

// Config is what the kernel is made of. Paths are absolute.
type Config struct {
	Gonb   string    // the GoNB binary
	Go     string    // the real go command
	Gopls  string    // the gopls binary; empty: no completion
	Binary string    // our own executable, which is also the façade, the stub and the guard
	RT     fs.FS     // the source of the recorder
	Log    io.Writer // nil: nothing is logged
	Always bool      // build each cell, and have GoNB run it, though nothing has changed: to compare
}

// seed is what was made ready for all users of the installation.
func (c Config) seed() seed.Seed { return seed.Beside(filepath.Dir(c.Binary)) }

// Serve is the kernel for one connection file: it returns when a front end
// asks for the shutdown, when the process that started it dies, or when ctx
// ends. Nothing of it is left then: no process, no socket, no folder.
func Serve(ctx context.Context, connectionFile string, c Config) error {
	conn, err := jupyter.ReadConnection(connectionFile)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	p := newProxy(c, stop)
	p.conn = conn
	if p.front, err = jupyter.Listen(context.Background(), conn, p.log); err != nil {
		return fmt.Errorf("listening on the sockets of %q: %w", connectionFile, err)
	}
	defer p.front.Close()
	guard.BecomeReaper(p.log)
	go guard.WatchParent(ctx, stop)
	go p.obeySignals(ctx)
	go guard.Reap(ctx, guard.ReapPause)

	backstage := make(chan error, 1)
	go func() { backstage <- p.openStage(connectionFile, conn) }()
	defer p.closeStage()

	executing := make(chan struct{})
	p.enterRoom()
	go func() { defer close(executing); defer p.leaveRoom(); p.executeAll(ctx); p.abort(p.queue.empty()) }()
	defer func() { <-executing }()
	defer stop()
	return p.answerAll(ctx, backstage)
}

// proxy is one kernel.
type proxy struct {
	cfg         Config
	session     string
	stop        context.CancelFunc
	front       front
	queue       *queue
	history     history
	comms       comms
	desk        *live.Desk               // the pictures that can be stepped through
	recent      atomic.Pointer[programs] // the programs as they are between two cells, for who asks meanwhile
	inputs      inputs
	cells       *program.Session
	memory      *cell.Memory // of cells
	settings    settings
	conn        *jupyter.Connection
	count       int // of executions; only the executor touches it
	unstored    int // of executions that do not count; the executor's, too
	commands    int // cells with commands of GoNB's so far; the executor's
	programs    programs
	ran         atomic.Bool               // something was built
	hints       hints                     // what hints are about, and how many were given; the executor's
	predictions predictions               // what the learner expected; the executor's, too
	room        room                      // the class's, the executor's, too
	teacher     teacher                   // what is shown to who follows
	timeline    sequel.Timeline           // the program that cells continue; the executor's, too
	around      atomic.Pointer[[2]string] // what stands around a cell that continues it, for who types one

	stage    *stage
	staged   chan struct{} // closed when stage is set or stageErr is
	stageErr error

	mu      sync.Mutex
	current *execution
}

// front is what the proxy needs of the sockets towards the front ends.
type front interface {
	Requests() <-chan jupyter.Request
	Send(jupyter.Channel, *jupyter.Message) error
	Publish(m *jupyter.Message, topic string) error
	Close() error
}

func newProxy(c Config, stop context.CancelFunc) *proxy {
	p := &proxy{cfg: c, session: newID(), stop: stop, queue: newQueue(), staged: make(chan struct{}), desk: live.NewDesk(newID())}
	p.desk.Hand = p.byHand
	p.cells = program.NewSession(p.log)
	p.predictions = newPredictions()
	p.memory = p.cells.Memory
	p.programs.lend = func(imports, env []string) lender { return p.lends(imports, env, func(string) {}) }
	return p
}

// answerAll answers the front ends until the kernel is to end.
func (p *proxy) answerAll(ctx context.Context, backstage <-chan error) error {
	for {
		select {
		case r, ok := <-p.front.Requests():
			if !ok {
				return nil
			}
			p.answer(r)
		case err := <-backstage:
			if err != nil {
				return err
			}
		case <-ctx.Done():
			return nil
		}
	}
}

func (p *proxy) log(format string, args ...any) {
	if p.cfg.Log != nil {
		fmt.Fprintf(p.cfg.Log, format+"\n", args...)
	}
}

// tempDir makes the folder that everything temporary of this kernel lies in.
// Names of unix sockets are limited to 108 bytes, hence the short way out. All are of
// one length, so that a program that another kernel has built fits: see
// build.Config.Keep.
func tempDir() (string, error) {
	base := os.TempDir()
	if len(base) > 40 {
		base = "/tmp"
	}
	for {
		dir := filepath.Join(base, fmt.Sprintf("t101-%010d", rand.Uint32()))
		if err := os.Mkdir(dir, 0o700); err == nil {
			return filepath.EvalSymlinks(dir)
		} else if !os.IsExist(err) {
			return "", err
		}
	}
}
