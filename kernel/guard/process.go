package guard

import (
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// Process is a program that runs in a process group of its own.
type Process struct {
	PID  int
	mark string // in the environment of all it starts
	done chan struct{}
}

// Run starts a program; all that it starts bears the mark. The thread that starts a
// process with a parent-death signal must live as long as the process: the signal is sent
// when that thread ends, not when the process does.
func Run(path string, args, env []string, mark string, log io.Writer) (*Process, error) {
	cmd := exec.Command(path, args...)
	cmd.Env = append(env, mark)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = OwnGroup()
	started := make(chan error, 1)
	g := &Process{mark: mark, done: make(chan struct{})}
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		if err == nil {
			g.PID = cmd.Process.Pid
		}
		started <- err
		if err == nil {
			cmd.Wait()
			close(g.done)
		}
	}()
	return g, <-started
}

// Interrupt sends SIGINT to its group.
func (g *Process) Interrupt() { syscall.Kill(-g.PID, syscall.SIGINT) }

// Resume sends SIGCONT to its group, which somebody may have stopped.
func (g *Process) Resume() { syscall.Kill(-g.PID, syscall.SIGCONT) }

// Ended is closed when it has ended.
func (g *Process) Ended() <-chan struct{} { return g.done }

// Kill ends its group and all it started.
func (g *Process) Kill() {
	syscall.Kill(-g.PID, syscall.SIGKILL)
	killMarked(g.mark, os.Getpid())
}

// Descendants ends what it started and what that started in turn, but not itself.
func (g *Process) Descendants(kill bool) {
	sig := syscall.SIGINT
	if kill {
		sig = syscall.SIGKILL
	}
	for _, pid := range marked(g.mark) {
		if pid != g.PID && pid != os.Getpid() {
			syscall.Kill(pid, sig)
		}
	}
}
