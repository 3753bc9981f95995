package run

import (
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// readSize is how much is read of one stream before the other is looked at.
const readSize = 32 << 10

// runeWait is how long the beginning of a character waits for its rest.
const runeWait = time.Second

// pump reads the program's two streams in one loop, in the order in which they
// become readable, and passes them on. When both are, stdout goes first: what
// stands on stderr is more often about it than the other way round.
type pump struct {
	*Run
	buf    []byte
	filter *crashFilter
	to     *throttle
	fds    [3]unix.PollFd
	last   time.Time // when something was read
	marks  [2]marks
}

func newPump(r *Run) *pump {
	now := time.Now()
	p := &pump{Run: r, buf: make([]byte, readSize), to: newThrottle(&r.spec, now), last: now}
	p.filter = &crashFilter{race: r.spec.Mode == raceMode, pass: func(b []byte) { p.to.write(stderr, b) }}
	return p
}

// supervise runs until the program has ended and all its output is passed on.
func (r *Run) supervise() {
	p := newPump(r)
	for !r.hasEnded() {
		p.step()
	}
	p.drain()
	r.proc.reap()
	r.conclude(p)
	p.to.finish(time.Now())
	r.outcome.OmittedBytes, r.outcome.OmittedLines = p.to.cap.omitted, p.to.cap.omittedLines
	r.outcome.OutputFile = p.to.cap.file.kept
}

// step waits for something to read and reads it, or shows what is due.
func (p *pump) step() {
	fds := p.fds[:1]
	fds[0] = unix.PollFd{Fd: int32(p.wake.r), Events: unix.POLLIN}
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
	for stream, fd := range fds[1:] {
		if fd.Revents != 0 {
			p.read(stream)
		}
	}
	p.settle(time.Now())
}

// settle does what has become due.
func (p *pump) settle(now time.Time) {
	if p.filter.wait(now) == 0 {
		p.filter.settle()
	}
	if p.filter.sure() {
		p.proc.signal(syscall.SIGKILL) // the rest of a long dump: nobody will read it
	}
	if p.to.cut() && now.Sub(p.last) >= runeWait {
		p.to.settle()
	}
	if p.asked.CompareAndSwap(true, false) {
		p.show(now)
		go p.answer()
	}
	if p.to.due(now) == 0 {
		p.to.flush(now)
	}
}

// show shows everything written so far: a question, before it is asked.
func (p *pump) show(now time.Time) {
	p.drain()
	p.filter.settle()
	p.to.settle()
	p.to.flush(now)
}

// timeout returns the milliseconds until something is due, -1 for never.
func (p *pump) timeout() int {
	now := time.Now()
	wait := time.Duration(-1)
	for _, w := range []time.Duration{p.to.due(now), p.filter.wait(now), p.cutWait(now)} {
		if w >= 0 && (wait < 0 || w < wait) {
			wait = w
		}
	}
	if wait < 0 {
		return -1
	}
	return int((wait + time.Millisecond - 1) / time.Millisecond)
}

func (p *pump) cutWait(now time.Time) time.Duration {
	if !p.to.cut() {
		return -1
	}
	return max(0, runeWait-now.Sub(p.last))
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
		if rest := p.marks[stream].rest(); len(rest) > 0 {
			p.pass(stream, rest)
		}
		unix.Close(p.out[stream])
		p.out[stream] = -1
		return false
	}
	p.last = time.Now()
	p.take(stream, p.buf[:n])
	return true
}

// take passes on what was read, and tells of the marks in it.
func (p *pump) take(stream int, b []byte) {
	if p.spec.Control == nil || !p.spec.Control.Marks {
		p.pass(stream, b)
		return
	}
	p.marks[stream].read(b, func(text []byte) { p.pass(stream, text) }, func(n int) { p.prompt(stream, n) })
}

func (p *pump) pass(stream int, b []byte) {
	if stream == stderr {
		p.filter.feed(b, p.last)
		return
	}
	p.filter.other()
	p.to.write(stdout, b)
}

// prompt tells that the program has gone on from the prompt behind its n-th cell,
// when all is shown that came before.
func (p *pump) prompt(stream, n int) {
	p.filter.settle()
	p.to.settle()
	p.to.flush(p.last)
	if p.spec.Prompt != nil {
		p.spec.Prompt(streamNames[stream], n)
	}
}

// drain reads what is in the pipes: as much as a pipe can hold and no more,
// for somebody outside the group may hold the other end and go on writing.
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
