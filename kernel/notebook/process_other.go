//go:build !linux

package notebook

import (
	"os/exec"
	"syscall"
)

// own puts the process into a group of its own. It is not tied to our life:
// the kernel watches its parent itself.
func own(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func reap(cmd *exec.Cmd) {
	cmd.Wait()
	syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
}

func terminate(pid int, ended <-chan struct{}) { tell(pid, syscall.SIGTERM, ended) }

func kill(pid int, ended <-chan struct{}) { tell(pid, syscall.SIGKILL, ended) }

func tell(pid int, s syscall.Signal, ended <-chan struct{}) {
	select {
	case <-ended:
	default:
		syscall.Kill(-pid, s)
	}
}
