package notebook

import (
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

// own puts the process into a group of its own and ties it to the life of
// this thread.
func own(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}

// reap waits for the process and then kills what is left of its group, before
// the process's number can be given to another.
func reap(cmd *exec.Cmd) {
	for {
		err := unix.Waitid(unix.P_PID, cmd.Process.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
		if err != unix.EINTR {
			break
		}
	}
	syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	cmd.Wait()
}

func terminate(pid int, ended <-chan struct{}) { tell(pid, syscall.SIGTERM, ended) }

func kill(pid int, ended <-chan struct{}) { tell(pid, syscall.SIGKILL, ended) }

// tell sends a signal to the whole group, unless the process has been reaped.
func tell(pid int, s syscall.Signal, ended <-chan struct{}) {
	select {
	case <-ended:
	default:
		syscall.Kill(-pid, s)
	}
}
