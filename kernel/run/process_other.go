//go:build unix && !linux

package run

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"

	"threading101/kernel/share"
)

// groupAttr: a group of its own. There is no parent-death signal here.
func groupAttr() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// await returns when the leader has ended, and collects it.
func (p *process) await() {
	var status syscall.WaitStatus
	wait4(p.pid, &status, 0)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.status, p.reaped = status, true
	syscall.Kill(-p.pid, syscall.SIGKILL)
}

// pipe makes a pipe that no child inherits by accident.
func pipe() (r, w int, err error) {
	var fds [2]int
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if err := unix.Pipe(fds[:]); err != nil {
		return -1, -1, err
	}
	unix.CloseOnExec(fds[0])
	unix.CloseOnExec(fds[1])
	return fds[0], fds[1], nil
}

// ringFile makes the memory a program records into, as a file without a name.
func ringFile(size int) (int, error) {
	f, err := os.CreateTemp("", "t101-")
	if err != nil {
		return -1, err
	}
	defer f.Close()
	os.Remove(f.Name())
	if err := f.Truncate(int64(size)); err != nil {
		return -1, err
	}
	return unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
}

// giveWay makes a program nice: a kernel that compiles goes before programs that spin.
func giveWay(pid int) bool {
	nice, _ := share.Nice()
	if own, err := unix.Getpriority(unix.PRIO_PROCESS, pid); err == nil && own < nice {
		unix.Setpriority(unix.PRIO_PROCESS, pid, nice)
	}
	return true
}

// bound cannot bound a process that runs already.
func bound(int) {}
