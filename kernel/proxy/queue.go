package proxy

import (
	"context"
	"sync"
	"time"
)

// queue holds the cells that wait their turn.
type queue struct {
	mu      sync.Mutex
	waiting []*execution
	more    chan struct{} // has one element when waiting may have some
	arrival chan struct{} // closed at the next put; nil: nobody waits for one
}

func newQueue() *queue { return &queue{more: make(chan struct{}, 1)} }

func (q *queue) put(e *execution) {
	q.mu.Lock()
	q.waiting = append(q.waiting, e)
	if q.arrival != nil {
		close(q.arrival)
		q.arrival = nil
	}
	q.mu.Unlock()
	q.wake()
}

func (q *queue) wake() {
	select {
	case q.more <- struct{}{}:
	default:
	}
}

// next waits for a cell; nil when ctx ends. If none comes for a while, rest is called, once.
func (q *queue) next(ctx context.Context, after time.Duration, rest func()) *execution {
	idle := time.NewTimer(after)
	defer idle.Stop()
	for {
		if e := q.take(); e != nil {
			return e
		}
		select {
		case <-q.more:
		case <-idle.C:
			rest()
		case <-ctx.Done():
			return nil
		}
	}
}

func (q *queue) take() *execution {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		return nil
	}
	e := q.waiting[0]
	q.waiting = q.waiting[1:]
	return e
}

// busy reports whether cells wait.
func (q *queue) busy() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.waiting) > 0
}

// behind is closed once a cell waits.
func (q *queue) behind() <-chan struct{} {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.arrival == nil {
		q.arrival = make(chan struct{})
	}
	if len(q.waiting) > 0 {
		close(q.arrival)
		defer func() { q.arrival = nil }()
	}
	return q.arrival
}

// empty takes all that wait, in order.
func (q *queue) empty() []*execution {
	q.mu.Lock()
	defer q.mu.Unlock()
	all := q.waiting
	q.waiting = nil
	return all
}
