package jupyter

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-zeromq/zmq4"
)

// conn is the connection that zmq4 sees: a peer with a good handshake, who
// sends whole messages within limits, and to whom writing never blocks for
// long.
type conn struct {
	net.Conn
	gate *gate
	peer peer

	in     *bufio.Reader
	rest   []byte       // of the message that zmq4 is reading
	heard  atomic.Int32 // messages that zmq4 has read and dealt with, plus one
	topics int          // bytes of subscriptions

	out   *outbox
	split *splitter

	once sync.Once
	gone chan struct{} // closed by Close
}

func newConn(c net.Conn, in *bufio.Reader, g *gate, p peer) *conn {
	z := &conn{Conn: c, gate: g, peer: p, in: in, out: newOutbox(g.limits), gone: make(chan struct{})}
	z.rest = append(greeting[:], ready(p.typ, p.id)...)
	z.split = newSplitter(z.queue)
	return z
}

// gone is an error by which zmq4 understands that a connection is over. Any
// other than io.EOF and a lasting net.Error makes it keep the connection in
// its lists for ever.
type gone struct{ error }

func (gone) Timeout() bool   { return false }
func (gone) Temporary() bool { return false }
func (g gone) Unwrap() error { return g.error }

// Read gives the bytes of whole messages only: a message that is cut off,
// too large or malformed never reaches zmq4, but ends the connection.
func (c *conn) Read(p []byte) (int, error) {
	for len(c.rest) == 0 {
		if c.heard.Add(1) == 1 {
			c.gate.joined(c)
		}
		message, err := c.next()
		if err != nil {
			c.drop(err)
			return 0, gone{err}
		}
		c.rest = message
	}
	n := copy(p, c.rest)
	if c.rest = c.rest[n:]; len(c.rest) == 0 {
		c.rest = nil
	}
	return n, nil
}

// next reads one message and gives its bytes. Commands are dealt with here;
// nil means there was nothing for zmq4.
func (c *conn) next() ([]byte, error) {
	var message []byte
	for frames := 1; ; frames++ {
		h, err := readFrameHeader(c.in)
		switch {
		case err != nil && message != nil:
			return nil, noEOF(err)
		case err != nil:
			return nil, err
		case h.size > uint64(c.gate.limits.message-len(message)):
			return nil, fmt.Errorf("message with a frame of %d bytes: %w", h.size, errTooLarge)
		case frames > c.gate.limits.frames:
			return nil, fmt.Errorf("message of more than %d frames: %w", frames-1, errTooLarge)
		case h.command() && message != nil:
			return nil, fmt.Errorf("%w: command within a message", errFrame)
		}
		body, err := readBody(c.in, int(h.size))
		if err != nil {
			return nil, err
		}
		if h.command() {
			return nil, c.command(body)
		}
		message = appendFrame(message, h.flags, body)
		if !h.more() {
			return c.pass(message, body, frames)
		}
	}
}

// command answers PING (ZMTP 3.1 heartbeats, which libzmq sends to any
// version) and ignores all others.
func (c *conn) command(data []byte) error {
	name, body, err := parseCommand(data)
	if err != nil || name != zmq4.CmdPing {
		return err
	}
	if len(body) > 2+16 {
		return fmt.Errorf("%w: PING of %d bytes", errFrame, len(body))
	}
	return c.out.put(command(zmq4.CmdPong, body[min(2, len(body)):]))
}

// pass lets only subscriptions through to a PUB socket: zmq4 would queue
// anything else for a reader that does not exist.
func (c *conn) pass(message, last []byte, frames int) ([]byte, error) {
	if c.gate.typ != zmq4.Pub {
		return message, nil
	}
	if frames != 1 || len(last) == 0 || last[0] > 1 {
		c.gate.logf("%v: ignored a message of %d bytes that is no subscription", c, len(message))
		return nil, nil
	}
	if last[0] == 1 {
		c.topics += len(last)
	}
	if c.topics > c.gate.limits.topics {
		return nil, fmt.Errorf("subscriptions of more than %d bytes: %w", c.gate.limits.topics, errTooLarge)
	}
	return message, nil
}

// Write queues what zmq4 sends.
func (c *conn) Write(p []byte) (int, error) {
	if err := c.split.write(p); err != nil {
		c.drop(err)
		return 0, gone{err}
	}
	return len(p), nil
}

func (c *conn) queue(message []byte) error {
	if c.gate.silent != nil && bytes.Equal(message, c.gate.silent) {
		return nil
	}
	return c.out.put(message)
}

// send writes the queue to the network until the connection ends.
func (c *conn) send() {
	for batch := c.out.take(); batch != nil; batch = c.out.take() {
		if err := c.sendBatch(batch); err != nil {
			c.drop(err)
			return
		}
	}
}

func (c *conn) sendBatch(batch net.Buffers) error {
	for len(batch) > 0 {
		c.SetWriteDeadline(time.Now().Add(c.gate.limits.idle))
		n, err := batch.WriteTo(c.Conn)
		c.out.took(int(n))
		var timeout net.Error
		switch {
		case err == nil || n > 0 && errors.As(err, &timeout) && timeout.Timeout():
		case errors.As(err, &timeout) && timeout.Timeout():
			return errStuck
		default:
			return err
		}
	}
	return nil
}

// drop ends the connection because of its peer.
func (c *conn) drop(err error) {
	if !ordinary(err) {
		c.gate.logf("%v: closed: %v", c, err)
	}
	c.Close()
}

// finish sends what is queued, then tells the peer that nothing more comes
// and waits for it to go: a connection closed with unread input would take
// what is still under way with it.
func (c *conn) finish(deadline time.Time) bool {
	sent := c.out.flush(deadline)
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok && sent {
		half.CloseWrite()
		timer := time.NewTimer(c.gate.limits.linger)
		defer timer.Stop()
		select {
		case <-c.gone:
		case <-timer.C:
		}
	}
	c.Close()
	return sent
}

func (c *conn) Close() error {
	c.once.Do(func() {
		c.Conn.Close()
		c.out.close()
		close(c.gone)
		c.gate.left(c)
	})
	return nil
}

func (c *conn) String() string { return fmt.Sprintf("%s peer of %s", c.peer.typ, c.gate.name) }
