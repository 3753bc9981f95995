package run

import (
	"sync"

	"golang.org/x/sys/unix"
)

// waker interrupts a poll from another goroutine: a pipe to ourselves.
type waker struct {
	mu   sync.Mutex
	live bool
	r, w int
}

func (k *waker) open() (err error) {
	if k.r, k.w, err = pipe(); err != nil {
		return err
	}
	unix.SetNonblock(k.r, true)
	unix.SetNonblock(k.w, true)
	k.live = true
	return nil
}

func (k *waker) ring() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.live {
		unix.Write(k.w, []byte{1})
	}
}

// quiet takes back all rings so far.
func (k *waker) quiet() {
	var buf [64]byte
	for {
		if n, err := unix.Read(k.r, buf[:]); n <= 0 && err != unix.EINTR {
			return
		}
	}
}

func (k *waker) close() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.live {
		k.live = false
		unix.Close(k.r)
		unix.Close(k.w)
	}
}
