package run

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"threading101/kernel/event"
)

// grace is how long a program may go on after SIGINT.
const grace = 200 * time.Millisecond

// state is what the supervisor's goroutines share.
type state struct {
	proc    *process
	ring    []byte // nil if not recorded
	folder  string // in which it works apart, "" if it does not
	out     [2]int // our ends of its stdout and stderr
	stdin   *feeder
	wake    selfPipe
	outcome *Result
	done    chan struct{}   // closed when outcome is complete
	ended   chan struct{}   // closed when the program has ended
	life    context.Context // ends with the program
	back    func()          // returns what the program was lent

	began time.Time     // when it was started
	took  time.Duration // set before ended is closed

	interrupted atomic.Bool
	asked       atomic.Bool // it waits for input, and nobody has been asked yet
	mu          sync.Mutex
	limit       string      // why we ended it, the first reason
	stuck       bool        // a deadlock that we found, not Go
	inputEnded  bool        // it waited for input and met its end
	killer      *time.Timer // SIGKILL, if it does not end by itself
}

// start opens the pipes, starts the program and then the goroutines that
// supervise it.
func start(ctx context.Context, spec Spec) (*Run, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r := &Run{spec: spec, state: &state{
		out: [2]int{-1, -1}, outcome: new(Result), life: ctx, back: func() {},
		done: make(chan struct{}), ended: make(chan struct{}),
	}}
	if err := r.borrow(); err != nil {
		return nil, err
	}
	if err := r.open(); err != nil {
		r.close()
		r.back()
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(ctx, r.kill)
	r.life = ctx
	go r.awaitEnd()
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		r.watch()
	}()
	go func() {
		defer close(r.done)
		r.supervise()
		stop()
		cancel()
		<-watched
		r.close()
		go r.back() // nobody waits for it
	}()
	return r, nil
}

// open makes what the program inherits, starts it, and closes its ends here.
func (r *Run) open() (err error) {
	var theirs []int
	defer func() {
		for _, fd := range theirs {
			unix.Close(fd)
		}
	}()
	if err := r.wake.open(); err != nil {
		return err
	}
	in, w, err := pipe()
	if err != nil {
		return err
	}
	r.stdin = newFeeder(w)
	if r.spec.NoInput || r.spec.InputFile != "" {
		r.stdin.close() // so that nobody watches whether the program waits for it
	}
	theirs = append(theirs, in)
	for i := range r.out {
		read, write, err := pipe()
		if err != nil {
			return err
		}
		unix.SetNonblock(read, true)
		r.out[i] = read
		theirs = append(theirs, write)
	}
	if r.spec.InputFile != "" {
		if in, err = unix.Open(r.spec.InputFile, unix.O_RDONLY|unix.O_CLOEXEC, 0); err != nil {
			return fmt.Errorf("opening the input %q: %w", r.spec.InputFile, err)
		}
		theirs = append(theirs, in)
	}
	files := []uintptr{uintptr(in), uintptr(theirs[1]), uintptr(theirs[2])}
	if r.spec.Extra != nil {
		files = append(files, r.spec.Extra.Fd())
	}
	if r.spec.Apart {
		if r.folder, err = os.MkdirTemp(tempOf(r.spec.Env), "threading101-files-"); err != nil {
			return err
		}
	}
	number := ""
	if r.spec.Record {
		fd, err := r.openRing()
		if err != nil {
			return err
		}
		theirs = append(theirs, fd)
		number, files = strconv.Itoa(len(files)), append(files, uintptr(fd))
	}
	r.began = time.Now()
	r.proc, err = spawn(&r.spec, environment(&r.spec, number, r.folder), files)
	return err
}

// tempOf is where programs with that environment have their temporary files: in a kernel
// the folder that is removed with it, however it ends. "" is: where everybody has them.
func tempOf(env []string) (dir string) {
	for _, v := range env {
		if value, ok := strings.CutPrefix(v, "TMPDIR="); ok {
			dir = value
		}
	}
	return dir
}

func (r *Run) openRing() (fd int, err error) {
	fd, err = ringFile(event.RingSize)
	if err != nil {
		return -1, err
	}
	r.ring, err = unix.Mmap(fd, 0, event.RingSize, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		unix.Close(fd)
		return -1, err
	}
	return fd, nil
}

// close gives back everything but the process.
func (r *Run) close() {
	for _, fd := range r.out {
		if fd >= 0 {
			unix.Close(fd)
		}
	}
	if r.stdin != nil {
		r.stdin.close()
	}
	if r.folder != "" {
		os.RemoveAll(r.folder)
	}
	r.mu.Lock()
	if r.ring != nil {
		unix.Munmap(r.ring)
		r.ring = nil
	}
	r.mu.Unlock()
	r.wake.close()
}

// awaitEnd waits for the leader and then ends what it left behind.
func (r *Run) awaitEnd() {
	r.proc.await()
	r.took = time.Since(r.began) // read once ended is closed
	r.proc.signal(syscall.SIGKILL)
	close(r.ended)
	r.wake.ring()
}

func (r *Run) interrupt() {
	if r.interrupted.Swap(true) {
		return
	}
	r.proc.signal(syscall.SIGINT)
	r.killAfter(grace)
}

func (r *Run) killAfter(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.killer == nil {
		r.killer = time.AfterFunc(d, func() { r.proc.signal(syscall.SIGKILL) })
	}
}

func (r *Run) stopSearch(patience time.Duration) {
	r.mu.Lock()
	if r.ring != nil {
		atomic.StoreUint64((*uint64)(unsafe.Pointer(&r.ring[event.OffSearchStop])), 1)
	}
	r.mu.Unlock()
	r.killAfter(patience)
}

// kill ends the program at once; it counts as interrupted.
func (r *Run) kill() {
	r.interrupted.Store(true)
	r.proc.signal(syscall.SIGKILL)
}

// end ends the program for a reason of ours: a limit.
func (r *Run) end(reason string) {
	r.mu.Lock()
	if r.limit == "" {
		r.limit = reason
	}
	r.mu.Unlock()
	r.proc.signal(syscall.SIGKILL)
}

func (r *Run) hasEnded() bool {
	select {
	case <-r.ended:
		return true
	default:
		return false
	}
}
