// A driver counts the requests under way, itself one of them, and stops when none
// is left. A request is counted under the lock under which it looks whether the
// driver is stopping.
package main

import "sync"

type driver struct {
	mu                sync.Mutex
	stopping, stopped bool
	underWay          int
	idle              chan struct{}
}

func (d *driver) begin() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.stopping {
		d.underWay++
	}
	return !d.stopping
}

func (d *driver) end() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.underWay--
	if d.underWay == 0 {
		close(d.idle)
	}
}

func (d *driver) request() {
	if !d.begin() {
		return
	}
	d.mu.Lock()
	if d.stopped {
		panic("a request works on a stopped driver")
	}
	d.mu.Unlock()
	d.end()
}

func (d *driver) stop() {
	d.mu.Lock()
	d.stopping = true
	d.mu.Unlock()
	d.end()
	<-d.idle
	d.mu.Lock()
	d.stopped = true
	d.mu.Unlock()
}

func main() {
	d := &driver{idle: make(chan struct{}), underWay: 1}
	var wg sync.WaitGroup
	wg.Go(d.request)
	wg.Go(d.stop)
	wg.Wait()
}
