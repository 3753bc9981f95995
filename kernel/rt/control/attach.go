//go:build unix

package control

import (
	"syscall"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// init finds the memory to record into: the number of an inherited file
// descriptor. Neither it nor the variable is left for the program to see, or
// for its children to write into.
func init() {
	control, _ := syscall.Getenv("T101_CONTROL")
	syscall.Unsetenv("T101_CONTROL")
	Folder, _ = syscall.Getenv("T101_FOLDER")
	syscall.Unsetenv("T101_FOLDER")
	fd, ok := descriptor(syscall.Getenv("T101_RING"))
	if !ok {
		return
	}
	syscall.Unsetenv("T101_RING")
	var st syscall.Stat_t
	if syscall.Fstat(fd, &st) != nil || st.Size < event.RingSize {
		return
	}
	mem, err := syscall.Mmap(fd, 0, event.RingSize, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	syscall.Close(fd)
	if err != nil {
		return
	}
	record.Attach(unsafe.Pointer(&mem[0]))
	if spec, ok := sched.ParseSpec(control); ok && control != "" {
		govern(spec, record.Current())
	}
}

// descriptor parses the number of a file descriptor.
func descriptor(s string, ok bool) (int, bool) {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > 1<<20 {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, ok && s != ""
}
