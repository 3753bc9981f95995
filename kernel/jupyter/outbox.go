package jupyter

import (
	"errors"
	"net"
	"sync"
	"time"
)

var (
	errClosed = errors.New("connection is closed")
	errStuck  = errors.New("peer does not read")
)

// outbox holds what waits for one peer. Senders pass at once until the queue
// is full; then they wait while the peer takes at least something, and a
// stuck peer costs them the stall time once.
type outbox struct {
	full  int
	stall time.Duration

	mu     sync.Mutex
	queue  [][]byte
	size   int           // bytes not yet taken by the peer
	moved  time.Time     // when the peer last took something or the queue began
	change chan struct{} // closed at the next change, if anyone waits for it
	closed bool
}

func newOutbox(l limits) *outbox { return &outbox{full: l.queue, stall: l.stall} }

// put queues one message. It keeps the slice.
func (o *outbox) put(message []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	for !o.closed && o.size >= o.full {
		left := o.stall - time.Since(o.moved)
		if left <= 0 {
			return errStuck
		}
		o.wait(left)
	}
	if o.closed {
		return errClosed
	}
	if o.size == 0 {
		o.moved = time.Now()
	}
	o.queue = append(o.queue, message)
	o.size += len(message)
	o.changed()
	return nil
}

// batchSize bounds one write, so that progress is seen in between.
const batchSize = 64 << 10

// take waits for messages and gives some of them; nil when the outbox is
// closed. What it gives counts as waiting until took says otherwise.
func (o *outbox) take() net.Buffers {
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.queue) == 0 && !o.closed {
		o.wait(time.Hour)
	}
	if o.closed {
		return nil
	}
	var batch net.Buffers
	for room := batchSize; room > 0 && len(o.queue) > 0; {
		first := o.queue[0]
		part := first[:min(room, len(first))]
		batch, room = append(batch, part), room-len(part)
		if len(part) < len(first) {
			o.queue[0] = first[len(part):]
			break
		}
		o.queue[0] = nil
		o.queue = o.queue[1:]
	}
	return batch
}

// took records that the peer accepted n bytes.
func (o *outbox) took(n int) {
	if n == 0 {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.size -= n
	o.moved = time.Now()
	o.changed()
}

// flush waits until everything is taken, or the peer is gone, and tells
// whether it is so.
func (o *outbox) flush(deadline time.Time) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.size > 0 && !o.closed {
		left := time.Until(deadline)
		if left <= 0 {
			break
		}
		o.wait(left)
	}
	return o.size == 0 || o.closed
}

func (o *outbox) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed, o.queue = true, nil
	o.changed()
}

// wait lets go of the lock until something changes or the time is over.
func (o *outbox) wait(limit time.Duration) {
	if o.change == nil {
		o.change = make(chan struct{})
	}
	change := o.change
	o.mu.Unlock()
	timer := time.NewTimer(limit)
	select {
	case <-change:
	case <-timer.C:
	}
	timer.Stop()
	o.mu.Lock()
}

func (o *outbox) changed() {
	if o.change != nil {
		close(o.change)
		o.change = nil
	}
}
