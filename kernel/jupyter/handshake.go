package jupyter

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
)

// peer is what a handshake tells about the other side.
type peer struct {
	typ zmq4.SocketType
	id  string
}

// shake has zmq4 exchange greetings and READY commands, within a deadline, before
// any socket hears of the connection: a socket shakes hands in its accept loop,
// where one peer that is silent keeps all others waiting. zmq4 panics at a
// property that is cut off and at a type of socket that it does not know.
func shake(c net.Conn, in *bufio.Reader, typ zmq4.SocketType, id string, limit time.Duration) (p peer, err error) {
	c.SetDeadline(time.Now().Add(limit))
	defer c.SetDeadline(time.Time{})
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", errFrame, r)
		}
	}()
	z, err := zmq4.Open(&shaking{Conn: c, in: in}, null.Security(), typ, zmq4.SocketIdentity(id), false, nil)
	if err != nil {
		return p, err
	}
	p = peer{zmq4.SocketType(z.Peer.Meta["Socket-Type"]), z.Peer.Meta["Identity"]}
	if len(p.id) > 255 {
		return p, errors.New("identity is longer than 255 bytes")
	}
	return p, nil
}

// ready is a READY command, as zmq4 sends it.
func ready(typ zmq4.SocketType, id string) []byte {
	properties, err := zmq4.Metadata{"Socket-Type": string(typ), "Identity": id}.MarshalZMTP()
	if err != nil {
		panic(err) // only for a property without a name
	}
	return command(zmq4.CmdReady, properties)
}

// largestReady is far above what two properties need.
const largestReady = 16 << 10

// shaking is a connection during its handshake. What zmq4 reads through it is a
// greeting and one short frame: zmq4 takes as much memory as a header claims.
type shaking struct {
	net.Conn
	in      *bufio.Reader
	rest    []byte // of what is being read
	greeted bool
}

func (s *shaking) Read(p []byte) (n int, err error) {
	if len(s.rest) == 0 {
		if s.rest, err = s.next(); err != nil {
			return 0, err
		}
	}
	n = copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// next reads the greeting, then a frame. The first byte is enough to tell a web
// browser that it is talking to the wrong port.
func (s *shaking) next() ([]byte, error) {
	if !s.greeted {
		s.greeted = true
		first, err := s.in.Peek(1)
		if err == nil && first[0] != greeting[0] {
			return nil, errGreeting
		}
		g := make([]byte, greetingSize)
		_, err = io.ReadFull(s.in, g)
		return g, err
	}
	h, err := readFrameHeader(s.in)
	switch {
	case err != nil:
		return nil, err
	case h.size > largestReady:
		return nil, fmt.Errorf("READY of %d bytes: %w", h.size, errTooLarge)
	}
	body, err := readBody(s.in, int(h.size))
	return appendFrame(nil, h.flags, body), err
}
