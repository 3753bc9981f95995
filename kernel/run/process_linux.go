package run

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"threading101/kernel/share"

	"golang.org/x/sys/unix"
)

// groupAttr: a group of its own, and SIGKILL when the kernel that started it dies. Where
// Linux shares the processors among sessions first (see sched(7), autogroups), niceness says
// nothing to other kernels, which have sessions of their own: so the program has one, too.
func groupAttr() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: !autogroups(), Setsid: autogroups(), Pdeathsig: syscall.SIGKILL}
}

var autogroups = sync.OnceValue(func() bool {
	on, err := os.ReadFile("/proc/sys/kernel/sched_autogroup_enabled")
	return err == nil && strings.TrimSpace(string(on)) == "1"
})

// giveWay makes a program nice: a kernel that compiles goes before programs that spin. Linux
// has a niceness for each thread, and one for the session. It reports false if it is to be
// called again: of all users together, one may set that of a session each 100 ms.
func giveWay(pid int) bool {
	nice := niceness()
	unix.Setpriority(unix.PRIO_PGRP, pid, nice)
	if !autogroups() {
		return true
	}
	err := os.WriteFile(fmt.Sprintf("/proc/%d/autogroup", pid), strconv.AppendInt(nil, int64(nice), 10), 0)
	return !errors.Is(err, unix.EAGAIN)
}

// await returns when the leader has ended. It stays a zombie, so that the
// group's number stays ours until the group has been killed.
func (p *process) await() {
	for unix.Waitid(unix.P_PID, p.pid, nil, unix.WEXITED|unix.WNOWAIT, nil) == unix.EINTR {
	}
}

// pipe makes a pipe that no child inherits by accident.
func pipe() (r, w int, err error) {
	var fds [2]int
	err = unix.Pipe2(fds[:], unix.O_CLOEXEC)
	return fds[0], fds[1], err
}

// ringFile makes the memory a program records into, as a file without a name. It is
// sealed: a program that could make it shorter would end who reads it.
func ringFile(size int) (int, error) {
	fd, err := unix.MemfdCreate("t101", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return -1, err
	}
	if err = unix.Ftruncate(fd, int64(size)); err == nil {
		_, err = unix.FcntlInt(uintptr(fd), unix.F_ADD_SEALS, unix.F_SEAL_SHRINK|unix.F_SEAL_GROW|unix.F_SEAL_SEAL)
	}
	if err != nil {
		unix.Close(fd)
		return -1, err
	}
	return fd, nil
}

// niceness is that of a program: its kernel's, if that is nicer.
func niceness() int {
	nice, _ := share.Nice()
	if own, err := unix.Getpriority(unix.PRIO_PROCESS, os.Getpid()); err == nil {
		nice = max(nice, 20-own) // what Linux returns is not the niceness
	}
	return nice
}

// bound bounds the files that a program writes: a write beyond that is an error, in Go's
// own words. The recording is none of them, it is memory.
func bound(pid int) {
	most := uint64(share.File())
	unix.Prlimit(pid, unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: most, Max: most}, nil)
}
