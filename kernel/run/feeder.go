package run

import (
	"sync"

	"golang.org/x/sys/unix"
)

// feeder is our end of the program's standard input.
type feeder struct {
	mu sync.Mutex
	fd int // -1 when closed
}

func newFeeder(fd int) *feeder {
	unix.SetNonblock(fd, true)
	return &feeder{fd: fd}
}

// close lets the program meet the end of its input.
func (f *feeder) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fd >= 0 {
		unix.Close(f.fd)
		f.fd = -1
	}
}
