package notebook

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"threading101/kernel/jupyter"
	"threading101/kernel/words"
)

// process is a kernel of our own: a process group that ends with us.
type process struct {
	client *jupyter.Client
	cmd    *exec.Cmd
	said   tail
	ended  chan struct{}
}

// How long a kernel may take for each step of its beginning and its end.
const (
	startLimit    = time.Minute
	shutdownLimit = 3 * time.Second
	termLimit     = 2 * time.Second
)

// start runs a kernel in the notebook's folder and waits until it is ready.
func start(ctx context.Context, argv []string, folder string) (*process, error) {
	dir, err := socketFolder()
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) // once connected nobody needs it, and so a kill leaves nothing
	p := &process{ended: make(chan struct{})}
	conn := jupyter.NewConnection(dir)
	path := filepath.Join(dir, "connection.json")
	if err := conn.Write(path); err != nil {
		return p, err
	}
	p.cmd = exec.Command(argv[0], append(argv[1:len(argv):len(argv)], path)...)
	p.cmd.Dir, p.cmd.Stdout, p.cmd.Stderr = folder, &p.said, &p.said
	p.cmd.WaitDelay = time.Second
	if err := p.run(); err != nil {
		return p, err
	}
	if err := p.connect(ctx, conn); err != nil {
		p.stop()
		return p, err
	}
	return p, nil
}

// socketFolder makes a folder with a name short enough for the names of
// sockets, of which systems allow about 100 bytes.
func socketFolder() (string, error) {
	dir, err := os.MkdirTemp("", "t101-")
	if err == nil && len(dir) > 90 {
		os.Remove(dir)
		return os.MkdirTemp("/tmp", "t101-")
	}
	return dir, err
}

// run starts the process on a thread that lives as long as the process: the
// system sends the parent-death signal when the thread is gone.
func (p *process) run() error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		own(p.cmd)
		err := p.cmd.Start()
		started <- err
		if err == nil {
			reap(p.cmd)
			close(p.ended)
		}
	}()
	return <-started
}

func (p *process) connect(ctx context.Context, conn *jupyter.Connection) (err error) {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	go func() {
		select {
		case <-p.ended:
			cancel()
		case <-ctx.Done():
		}
	}()
	p.client, err = jupyter.Connect(ctx, conn, nil)
	select {
	case <-p.ended:
		return errors.New(words.NotebookEndedAtOnce(p.cmd.ProcessState.String()))
	default:
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return errors.New(words.NotebookSilent(startLimit))
	}
	return err
}

// stop ends the kernel: it is asked, then told, then killed, each step only if
// the one before did not help. Nothing of its process group is left.
func (p *process) stop() {
	if p.cmd == nil || p.cmd.Process == nil {
		return
	}
	if p.client != nil {
		ctx, cancel := context.WithTimeout(context.Background(), shutdownLimit)
		err := p.client.Shutdown(ctx, false)
		cancel()
		p.client.Close()
		if err == nil {
			p.wait(shutdownLimit)
		}
	}
	terminate(p.cmd.Process.Pid, p.ended)
	p.wait(termLimit)
	kill(p.cmd.Process.Pid, p.ended)
	<-p.ended
}

func (p *process) wait(limit time.Duration) {
	select {
	case <-p.ended:
	case <-time.After(limit):
	}
}

// lastWords gives the end of what the process printed.
func (p *process) lastWords() string { return p.said.String() }

// tail keeps the last few lines of what is written to it.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const tailSize = 2000

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, b...)
	if cut := len(t.text) - tailSize; cut > 0 {
		t.text = append(t.text[:0], t.text[cut:]...)
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.ToValidUTF8(string(t.text), "")
}
