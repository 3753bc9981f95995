// A driver counts the requests under way, itself one of them, and stops when none
// is left. A request looks whether the driver is stopping before it is counted, so
// the driver can stop in between.
package main

import (
	"sync"
	"sync/atomic"
)

type driver struct {
	stopping, stopped atomic.Bool
	underWay          atomic.Int32
	idle              chan struct{}
}

func (d *driver) begin() bool {
	if d.stopping.Load() {
		return false
	}
	d.underWay.Add(1)
	return true
}

func (d *driver) end() {
	if d.underWay.Add(-1) == 0 {
		close(d.idle)
	}
}

func (d *driver) request() {
	if !d.begin() {
		return
	}
	if d.stopped.Load() {
		panic("a request works on a stopped driver")
	}
	d.end()
}

func (d *driver) stop() {
	d.stopping.Store(true)
	d.end()
	<-d.idle
	d.stopped.Store(true)
}

func main() {
	d := &driver{idle: make(chan struct{})}
	d.underWay.Store(1)
	var wg sync.WaitGroup
	wg.Go(d.request)
	wg.Go(d.stop)
	wg.Wait()
}
