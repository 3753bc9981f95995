package jupyter

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"time"

	"github.com/go-zeromq/zmq4"
)

// peer is what a handshake tells about the other side.
type peer struct {
	typ zmq4.SocketType
	id  string
}

// shake exchanges greetings and READY commands, within a deadline, before
// zmq4 hears of the connection.
func shake(c net.Conn, in *bufio.Reader, typ zmq4.SocketType, id string, limit time.Duration) (p peer, err error) {
	c.SetDeadline(time.Now().Add(limit))
	defer c.SetDeadline(time.Time{})
	if _, err := c.Write(greeting[:]); err != nil {
		return p, err
	}
	if err := readGreeting(in); err != nil {
		return p, noEOF(err)
	}
	if _, err := c.Write(ready(typ, id)); err != nil {
		return p, err
	}
	p, err = readReady(in)
	if err == nil && !slices.Contains(partners[typ], p.typ) {
		err = fmt.Errorf("a socket of type %q cannot talk to our %s", p.typ, typ)
	}
	return p, err
}

// partners are the types our sockets talk to. zmq4's own table panics when it
// is asked for a type it does not know.
var partners = map[zmq4.SocketType][]zmq4.SocketType{
	zmq4.Router: {zmq4.Dealer, zmq4.Req, zmq4.Router},
	zmq4.Pub:    {zmq4.Sub, zmq4.XSub},
	zmq4.Dealer: {zmq4.Router},
	zmq4.Sub:    {zmq4.Pub, zmq4.XPub},
}

func ready(typ zmq4.SocketType, id string) []byte {
	return command(zmq4.CmdReady, append(property("Socket-Type", string(typ)), property("Identity", id)...))
}

// largestReady is far above what two properties need.
const largestReady = 16 << 10

func readReady(in io.Reader) (p peer, err error) {
	h, err := readFrameHeader(in)
	switch {
	case err != nil:
		return p, noEOF(err)
	case !h.command():
		return p, fmt.Errorf("%w: a message where READY was expected", errFrame)
	case h.size > largestReady:
		return p, fmt.Errorf("READY of %d bytes: %w", h.size, errTooLarge)
	}
	data, err := readBody(in, int(h.size))
	if err != nil {
		return p, err
	}
	return parseReady(data)
}

func parseReady(data []byte) (p peer, err error) {
	name, body, err := parseCommand(data)
	if err != nil {
		return p, err
	}
	if name != zmq4.CmdReady {
		return p, fmt.Errorf("%w: command %q where READY was expected", errFrame, name)
	}
	props, err := parseProperties(body)
	if err != nil {
		return p, err
	}
	p = peer{zmq4.SocketType(props["socket-type"]), props["identity"]}
	if len(p.id) > 255 {
		return p, errors.New("identity is longer than 255 bytes")
	}
	return p, nil
}
