package proxy

import (
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// gonbProcess is a running GoNB in a process group of its own.
type gonbProcess struct {
	pid  int
	mark string // in the environment of all it starts
	done chan struct{}
}

// startProcess starts GoNB. The thread that starts a process with a
// parent-death signal must live as long as the process: the signal is sent when
// that thread ends, not when the process does.
func startProcess(path string, args, env []string, mark string, log io.Writer) (*gonbProcess, error) {
	cmd := exec.Command(path, args...)
	cmd.Env = append(env, mark)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = ownGroup()
	started := make(chan error, 1)
	g := &gonbProcess{mark: mark, done: make(chan struct{})}
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		if err == nil {
			g.pid = cmd.Process.Pid
		}
		started <- err
		if err == nil {
			cmd.Wait()
			close(g.done)
		}
	}()
	return g, <-started
}

func (g *gonbProcess) interrupt() { syscall.Kill(-g.pid, syscall.SIGINT) }

func (g *gonbProcess) resume() { syscall.Kill(-g.pid, syscall.SIGCONT) }

func (g *gonbProcess) ended() <-chan struct{} { return g.done }

func (g *gonbProcess) kill() {
	syscall.Kill(-g.pid, syscall.SIGKILL)
	killMarked(g.mark, os.Getpid())
}

// descendants ends what GoNB started for a cell and what that started in turn.
func (g *gonbProcess) descendants(kill bool) {
	sig := syscall.SIGINT
	if kill {
		sig = syscall.SIGKILL
	}
	for _, pid := range marked(g.mark) {
		if pid != g.pid && pid != os.Getpid() {
			syscall.Kill(pid, sig)
		}
	}
}
