package jupyter

import (
	"io"
	"net"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
)

// tap is a subscriber within the process, the first one a PUB socket gets.
// zmq4 queues what is published without bound and does not tell when it has
// been handed out; the tap sees every message and so knows.
type tap struct {
	net.Conn // never used: zmq4 only reads, writes and closes
	limit    int

	mu     sync.Mutex
	change *sync.Cond
	ahead  []int // sizes of the messages not yet seen
	bytes  int
	ended  bool

	rest       []byte
	subscribed chan struct{}
	split      *splitter
}

func newTap(limit int) *tap {
	t := &tap{limit: limit, subscribed: make(chan struct{})}
	t.change = sync.NewCond(&t.mu)
	t.rest = append(greeting[:], ready(zmq4.Sub, "tap")...)
	t.rest = appendFrame(t.rest, 0, []byte{1})
	t.split = newSplitter(t.seen)
	return t
}

// reserve waits until a message may be published.
func (t *tap) reserve(size int) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.bytes >= t.limit && !t.ended {
		t.change.Wait()
	}
	if t.ended {
		return errClosed
	}
	t.ahead = append(t.ahead, size)
	t.bytes += size
	return nil
}

func (t *tap) seen([]byte) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bytes -= t.ahead[0]
	t.ahead = t.ahead[1:]
	t.change.Broadcast()
	return nil
}

// settle waits until everything published has been seen.
func (t *tap) settle(deadline time.Time) bool {
	timer := time.AfterFunc(time.Until(deadline), func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.change.Broadcast()
	})
	defer timer.Stop()
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.ahead) > 0 && !t.ended && time.Now().Before(deadline) {
		t.change.Wait()
	}
	return len(t.ahead) == 0
}

// Read gives the handshake and one subscription, then nothing until the end.
// That it is called for more means that zmq4 has noted the subscription.
func (t *tap) Read(p []byte) (int, error) {
	if len(t.rest) > 0 {
		n := copy(p, t.rest)
		t.rest = t.rest[n:]
		return n, nil
	}
	close(t.subscribed)
	t.mu.Lock()
	defer t.mu.Unlock()
	for !t.ended {
		t.change.Wait()
	}
	return 0, io.EOF
}

func (t *tap) Write(p []byte) (int, error) { return len(p), t.split.write(p) }

func (t *tap) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ended = true
	t.change.Broadcast()
	return nil
}
