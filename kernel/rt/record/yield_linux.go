package record

import "syscall"

// yieldThread lets another thread of the machine run: the one that holds the
// spin lock may have been stopped by the operating system.
func yieldThread() { syscall.RawSyscall(syscall.SYS_SCHED_YIELD, 0, 0, 0) }
