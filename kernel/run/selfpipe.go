package run

import (
	"sync"

	"golang.org/x/sys/unix"
)

// selfPipe interrupts a poll from another goroutine: we read the one end and write to the other.
type selfPipe struct {
	mu   sync.Mutex
	live bool
	r, w int
}

func (k *selfPipe) open() (err error) {
	if k.r, k.w, err = pipe(); err != nil {
		return err
	}
	unix.SetNonblock(k.r, true)
	unix.SetNonblock(k.w, true)
	k.live = true
	return nil
}

func (k *selfPipe) ring() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.live {
		unix.Write(k.w, []byte{1})
	}
}

// quiet takes back all rings so far.
func (k *selfPipe) quiet() {
	var buf [64]byte
	for {
		if n, err := unix.Read(k.r, buf[:]); n <= 0 && err != unix.EINTR {
			return
		}
	}
}

func (k *selfPipe) close() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.live {
		k.live = false
		unix.Close(k.r)
		unix.Close(k.w)
	}
}
