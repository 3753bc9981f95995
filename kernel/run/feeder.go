package run

import (
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// feeder is our end of the program's standard input.
type feeder struct {
	mu   sync.Mutex
	fd   int  // -1 when closed
	busy bool // somebody is being asked for a line
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

// write gives b to the program, as fast as it reads and while it lives.
func (f *feeder) write(b []byte, ended <-chan struct{}) {
	for len(b) > 0 {
		n, err := f.writeSome(b)
		switch err {
		case nil:
			b = b[n:]
		case unix.EAGAIN:
			select {
			case <-ended:
				return
			case <-time.After(5 * time.Millisecond):
			}
		case unix.EINTR:
		default:
			return
		}
	}
}

func (f *feeder) writeSome(b []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fd < 0 {
		return 0, unix.EPIPE
	}
	return unix.Write(f.fd, b)
}

// idle says that the program could be asked for: its input is open, nothing
// lies in the pipe unread, and nobody is asked already.
func (f *feeder) idle() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.fd >= 0 && !f.busy && unread(f.fd) == 0
}

func (f *feeder) setBusy(busy bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.busy = busy
}

// ask has the pump show what the program has written, and then somebody asked
// for a line.
func (r *Run) ask() {
	r.stdin.setBusy(true)
	r.asked.Store(true)
	r.wake.ring()
}

// answer asks for a line and gives it to the program, or ends its input.
func (r *Run) answer() {
	line, err := "", error(errNoInput)
	if r.spec.Input != nil {
		line, err = r.spec.Input(r.life)
	}
	if r.hasEnded() {
		return
	}
	if err != nil {
		r.mu.Lock()
		r.inputEnded = true
		r.mu.Unlock()
		r.stdin.close()
		return
	}
	if len(line) == 0 || line[len(line)-1] != '\n' {
		line += "\n"
	}
	r.stdin.write([]byte(line), r.ended)
	r.stdin.setBusy(false)
}
