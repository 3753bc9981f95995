package run

import (
	"time"

	"golang.org/x/sys/unix"
)

// readSize is how much is read of one stream before the other is looked at.
const readSize = 32 << 10

// pump reads the program's two streams in one loop, in the order in which they
// become readable, and passes them on.
type pump struct {
	*Run
	buf []byte
	to  *outlet
}

// supervise runs until the program has ended and all its output is passed on.
func (r *Run) supervise() {
	p := &pump{Run: r, buf: make([]byte, readSize), to: newOutlet(&r.spec, time.Now())}
	for !r.hasEnded() {
		p.step()
	}
	p.drain()
	r.proc.reap()
	p.to.finish(time.Now())
	r.conclude(p)
}

// step waits for something to read and reads it, or shows what is due.
func (p *pump) step() {
	fds := []unix.PollFd{{Fd: int32(p.wake.r), Events: unix.POLLIN}}
	if !p.to.full() {
		for _, fd := range p.out {
			fds = append(fds, unix.PollFd{Fd: int32(fd), Events: unix.POLLIN})
		}
	}
	if _, err := unix.Poll(fds, p.timeout()); err != nil && err != unix.EINTR {
		time.Sleep(time.Millisecond)
	}
	if fds[0].Revents != 0 {
		p.wake.quiet()
	}
	for i, fd := range fds[1:] {
		if fd.Revents != 0 {
			p.read(i)
		}
	}
	if now := time.Now(); p.to.due(now) == 0 {
		p.to.flush(now)
	}
}

// timeout returns the milliseconds until something is due, -1 for never.
func (p *pump) timeout() int {
	wait := p.to.due(time.Now())
	if wait < 0 {
		return -1
	}
	return int((wait + time.Millisecond - 1) / time.Millisecond)
}

// read reads one stream once and says whether there was something.
func (p *pump) read(stream int) bool {
	n, err := unix.Read(p.out[stream], p.buf)
	switch {
	case err == unix.EINTR:
		return true
	case err == unix.EAGAIN:
		return false
	case n <= 0:
		unix.Close(p.out[stream])
		p.out[stream] = -1
		return false
	}
	p.to.write(stream, p.buf[:n])
	return true
}

// drain reads what the ended program has left in the pipes: as much as a pipe
// can hold and no more, for somebody outside the group may still hold the
// other end and go on writing.
func (p *pump) drain() {
	const most = 2 << 20 / readSize
	for stream := range p.out {
		for i := 0; i < most && p.out[stream] >= 0 && p.read(stream); i++ {
			if p.to.full() {
				p.to.flush(time.Now())
			}
		}
	}
}
