package guard

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// OwnGroup puts a process into a group of its own, and ends it with the thread that
// started it.
func OwnGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// BecomeReaper makes orphans below us our children instead of init's, so that
// they are found and ended with us.
func BecomeReaper(log func(string, ...any)) {
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		log("becoming a sub-reaper: %v", err)
	}
}

// marked lists the processes that have mark in the environment they began
// with. That finds also those that left their process group, their session and
// their parents.
func marked(mark string) []int {
	entries, _ := os.ReadDir("/proc")
	var pids []int
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		env, err := os.ReadFile(filepath.Join("/proc", entry.Name(), "environ"))
		if err == nil && bytes.Contains(append([]byte{0}, append(env, 0)...), []byte("\x00"+mark+"\x00")) {
			pids = append(pids, pid)
		}
	}
	return pids
}

// Rests reports whether each thread of the process waits for something: none runs, or
// would if it had a processor.
func (g *Process) Rests() bool {
	threads, err := filepath.Glob(filepath.Join("/proc", strconv.Itoa(g.PID), "task", "*", "stat"))
	for _, thread := range threads {
		stat, err := os.ReadFile(thread)
		if _, state, ok := bytes.Cut(stat, []byte(") ")); err == nil && ok && state[0] != 'S' {
			return false
		}
	}
	return err == nil
}
