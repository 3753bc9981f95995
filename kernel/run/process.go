package run

import (
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// process is the learner's program and its group. Signals are sent only while
// the leader has not been reaped: until then its number names nobody else.
type process struct {
	pid    int
	mu     sync.Mutex
	reaped bool
	status syscall.WaitStatus
}

// spawn starts the program as the leader of a new group; files are its
// descriptors 0, 1, 2, …
func spawn(spec *Spec, env []string, files []uintptr) (*process, error) {
	path, err := filepath.Abs(spec.Path)
	if err != nil {
		return nil, err
	}
	argv := append([]string{path}, spec.Args...)
	attr := &syscall.ProcAttr{Dir: spec.Dir, Env: env, Files: files, Sys: groupAttr()}
	var pid int
	onForker(func() { pid, err = syscall.ForkExec(path, argv, attr) })
	if err != nil {
		return nil, err
	}
	bound(pid)
	return &process{pid: pid}, nil
}

// The thread that starts the programs. Linux sends the parent-death signal
// when the *thread* that started a child ends, so it must be one that stays.
var (
	forks      = make(chan func())
	startForks = sync.OnceFunc(func() {
		go func() {
			runtime.LockOSThread()
			for f := range forks {
				f()
			}
		}()
	})
)

func onForker(f func()) {
	startForks()
	done := make(chan struct{})
	forks <- func() { defer close(done); f() }
	<-done
}

// signal sends sig to every process of the group.
func (p *process) signal(sig syscall.Signal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.reaped {
		syscall.Kill(-p.pid, sig)
	}
}

// giveWay makes the program nice. It reports false if it is to be called again.
func (p *process) giveWay() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.reaped || giveWay(p.pid)
}

// quit has the leader say where its goroutines stand, and end.
func (p *process) quit() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.reaped {
		syscall.Kill(p.pid, syscall.SIGQUIT)
	}
}

// reap collects the leader, which has ended, and sees the rest of the group
// out: they have been sent SIGKILL. Those that are, or became, children of
// ours are collected too. Bounded, because a zombie may be somebody else's.
func (p *process) reap() {
	p.mu.Lock()
	if !p.reaped {
		wait4(p.pid, &p.status, 0)
		p.reaped = true
	}
	p.mu.Unlock()
	deadline := time.Now().Add(100 * time.Millisecond)
	for syscall.Kill(-p.pid, 0) == nil && time.Now().Before(deadline) {
		var other syscall.WaitStatus
		if wait4(-p.pid, &other, syscall.WNOHANG) <= 0 {
			time.Sleep(200 * time.Microsecond)
		}
	}
}

func wait4(pid int, status *syscall.WaitStatus, options int) int {
	for {
		n, err := syscall.Wait4(pid, status, options, nil)
		if err != syscall.EINTR {
			return n
		}
	}
}
