package run

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Linux tells by /proc in which system call each thread of a program sleeps:
// its number, then its arguments, in the text "0 0x0 0x7ffd… …", or "running".

// Numbers of system calls.
var sysRead, sysFutex = callNumbers(runtime.GOARCH)

func callNumbers(arch string) (read, futex string) {
	if arch == "amd64" {
		return "0", "202"
	}
	return "63", "98" // arm64, riscv64, loong64: the generic table
}

// unread returns how many bytes lie in the pipe that fd is an end of.
func unread(fd int) int {
	n, err := unix.IoctlGetInt(fd, unix.TIOCINQ)
	if err != nil {
		return 0
	}
	return n
}

// calls returns what each thread of a process is doing, and false if the
// system does not say.
func calls(pid int) ([]string, bool) {
	dir := "/proc/" + strconv.Itoa(pid) + "/task/"
	d, err := os.Open(dir)
	if err != nil {
		return nil, false
	}
	defer d.Close()
	threads, err := d.Readdirnames(-1)
	if err != nil {
		return nil, false
	}
	all := make([]string, 0, len(threads))
	for _, t := range threads {
		b, err := os.ReadFile(dir + t + "/syscall")
		if err != nil {
			if os.IsNotExist(err) && len(all) > 0 {
				continue // the thread has ended
			}
			return nil, false
		}
		all = append(all, string(b))
	}
	return all, true
}

// waitsForInput says whether the process, or one that it started, sleeps in a
// read of descriptor 0 and that is the pipe that fd is our end of.
func waitsForInput(pid, fd int) (waits, known bool) {
	all, ok := calls(pid)
	if !ok {
		return false, false
	}
	for _, c := range all {
		if strings.HasPrefix(c, sysRead+" 0x0 ") && samePipe(pid, fd) {
			return true, true
		}
	}
	for _, child := range children(pid) {
		if waits, _ := waitsForInput(child, fd); waits {
			return true, true
		}
	}
	return false, true
}

func samePipe(pid, fd int) bool {
	theirs, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/0", pid))
	if err != nil {
		return false
	}
	ours, err := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", fd))
	return err == nil && ours == theirs
}

// children returns the processes that pid has started.
func children(pid int) []int {
	lists, _ := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
	var all []int
	for _, t := range lists {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", pid, t.Name()))
		if err != nil {
			continue
		}
		for f := range strings.FieldsSeq(string(b)) {
			if n, err := strconv.Atoi(f); err == nil {
				all = append(all, n)
			}
		}
	}
	return all
}

// asleep returns a description of the process's threads that stays the same
// while none of them runs, and "" if one runs or waits for anything but
// another thread. A thread that waits for a timer or for the network sleeps in
// epoll, one that waits for a device or a file in read or write.
func asleep(pid int) string {
	all, ok := calls(pid)
	if !ok {
		return ""
	}
	for _, c := range all {
		if !strings.HasPrefix(c, sysFutex+" ") {
			return ""
		}
	}
	return strings.Join(all, "")
}

// meter measures a process's resident memory.
type meter struct{ f *os.File }

func newMeter(pid int) *meter {
	f, err := os.Open("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		return nil
	}
	return &meter{f}
}

var pageSize = int64(os.Getpagesize())

func (m *meter) resident() int64 {
	if m == nil {
		return 0
	}
	var buf [128]byte
	n, _ := m.f.ReadAt(buf[:], 0)
	fields := strings.Fields(string(buf[:n]))
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * pageSize
}

func (m *meter) close() {
	if m != nil {
		m.f.Close()
	}
}
