package jupyter

import "time"

// limits bound what one peer can take from us.
type limits struct {
	handshake   time.Duration // for greeting and READY
	message     int           // bytes of one inbound message
	frames      int           // frames of one inbound message
	connections int           // established, per socket
	pending     int           // in their handshake, per socket
	topics      int           // bytes of subscriptions, per subscriber

	queue  int           // bytes that may wait for one peer before senders wait for it
	stall  time.Duration // a peer whose queue is full and who takes nothing for so long is dropped
	idle   time.Duration // a peer for whom anything waits and who takes nothing for so long is dropped
	ahead  int           // bytes that may be published ahead of their distribution
	drain  time.Duration // how long Close waits for what is queued
	linger time.Duration // and then for a peer to end its side
}

var frontLimits = limits{
	handshake: 10 * time.Second, message: 64 << 20, frames: 4096,
	connections: 1024, pending: 256, topics: 64 << 10,
	queue: 32 << 20, stall: 5 * time.Second, idle: time.Minute,
	ahead: 4 << 20, drain: 2 * time.Second, linger: 250 * time.Millisecond,
}

// backLimits trust the kernel we started ourselves with larger messages.
var backLimits = func() limits {
	l := frontLimits
	l.message, l.stall = 1<<30, time.Minute
	return l
}()

// small are the limits of heartbeats, where one peer must not hold up the
// others for longer than they believe a kernel to be alive.
func (l limits) small() limits {
	l.message, l.frames, l.queue, l.stall = 64<<10, 16, 256<<10, 100*time.Millisecond
	return l
}
