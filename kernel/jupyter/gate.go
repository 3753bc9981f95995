package jupyter

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/transport"
)

// gate stands between the network and one zmq4 socket, listening or dialling.
type gate struct {
	name             string // the channel, for the log
	network, address string
	typ              zmq4.SocketType
	id               string // our identity; for a DEALER
	limits           limits
	logf             func(string, ...any)
	silent           []byte   // a message that is not sent out, see tap
	first            net.Conn // handed to zmq4 before any other connection
	onLeft           func()   // called when a connection has ended

	listener net.Listener
	ready    chan net.Conn
	closed   chan struct{}
	once     sync.Once

	mu      sync.Mutex
	stopped bool
	pending map[net.Conn]time.Time // in their handshake, since when
	conns   map[*conn]bool         // true once zmq4 has it in its lists
}

// gates lets zmq4, which knows transports only by name, find the gate that an
// endpoint means.
var (
	gates    sync.Map // number as text → *gate
	lastGate atomic.Int64
)

const transportName = "threading101"

func init() {
	if err := zmq4.RegisterTransport(transportName, gateTransport{}); err != nil {
		panic(err)
	}
}

type gateTransport struct{}

var _ transport.Transport = gateTransport{}

func (gateTransport) Addr(endpoint string) (string, error) { return endpoint, nil }

func (gateTransport) Listen(_ context.Context, number string) (net.Listener, error) {
	g, _ := gates.Load(number)
	return door{g.(*gate)}, nil
}

func (gateTransport) Dial(_ context.Context, _ transport.Dialer, number string) (net.Conn, error) {
	g, _ := gates.Load(number)
	return <-g.(*gate).ready, nil
}

func (g *gate) init() {
	g.ready = make(chan net.Conn, 1)
	g.closed = make(chan struct{})
	g.pending = make(map[net.Conn]time.Time)
	g.conns = make(map[*conn]bool)
}

// attach makes a zmq4 socket listen at, or dial through, the gate.
func (g *gate) attach(use func(endpoint string) error) error {
	number := strconv.FormatInt(lastGate.Add(1), 10)
	gates.Store(number, g)
	defer gates.Delete(number)
	return use(transportName + "://" + number)
}

// listen begins to take connections for a socket.
func (g *gate) listen(socket zmq4.Socket) error {
	if err := g.removeStale(); err != nil {
		return err
	}
	l, err := net.Listen(g.network, g.address)
	if err != nil {
		return fmt.Errorf("%s: %w", g.name, err)
	}
	g.listener = l
	if err := g.attach(socket.Listen); err != nil {
		l.Close()
		return err
	}
	go g.accept()
	return nil
}

// removeStale removes the socket file that a killed kernel left behind.
func (g *gate) removeStale() error {
	info, err := os.Stat(g.address)
	if g.network != "unix" || err != nil || info.Mode().Type() != os.ModeSocket {
		return nil
	}
	c, err := net.Dial("unix", g.address)
	if err == nil {
		c.Close()
		return fmt.Errorf("%s: %q is in use by another process", g.name, g.address)
	}
	if errors.Is(err, syscall.ECONNREFUSED) {
		os.Remove(g.address)
	}
	return nil
}

func (g *gate) accept() {
	if g.first != nil {
		g.hand(g.first)
	}
	for wait := time.Millisecond; ; {
		c, err := g.listener.Accept()
		switch {
		case err == nil:
			wait = time.Millisecond
			g.admit(c)
		case errors.Is(err, net.ErrClosed):
			return
		default: // too many open files, most likely
			g.logf("%s: %v", g.name, err)
			select {
			case <-g.closed:
				return
			case <-time.After(wait):
			}
			wait = min(2*wait, time.Second)
		}
	}
}

// admit begins a handshake of its own for every new connection. When too
// many are under way, the one that is slowest has to go.
func (g *gate) admit(c net.Conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.stopped || len(g.conns) >= g.limits.connections {
		if !g.stopped {
			g.logf("%s: refused a connection: there are %d", g.name, len(g.conns))
		}
		c.Close()
		return
	}
	if len(g.pending) >= g.limits.pending {
		g.closeOldest()
	}
	g.pending[c] = time.Now()
	go g.welcome(c)
}

func (g *gate) closeOldest() {
	var oldest net.Conn
	for c, since := range g.pending {
		if oldest == nil || since.Before(g.pending[oldest]) {
			oldest = c
		}
	}
	delete(g.pending, oldest)
	oldest.Close()
}

func (g *gate) welcome(c net.Conn) {
	z, err := g.shake(c)
	g.mu.Lock()
	delete(g.pending, c)
	if err == nil && g.stopped {
		err = net.ErrClosed
	}
	if err == nil {
		g.conns[z] = false
	}
	g.mu.Unlock()
	if err != nil {
		c.Close()
		if !ordinary(err) {
			g.logf("%s: no handshake: %v", g.name, err)
		}
		return
	}
	go z.send()
	g.hand(z)
}

// shake gives a peer without an identity one of ours, as zmq4 would, so that
// we know it too.
func (g *gate) shake(c net.Conn) (*conn, error) {
	in := bufio.NewReader(c)
	p, err := shake(c, in, g.typ, g.id, g.limits.handshake)
	if err != nil {
		return nil, err
	}
	if p.id == "" {
		p.id = newID()
	}
	return newConn(c, in, g, p), nil
}

func (g *gate) hand(c net.Conn) {
	select {
	case g.ready <- c:
	case <-g.closed:
		c.Close()
	}
}

// retry is how long a dialler waits before it tries again.
const retry = 5 * time.Millisecond

// dial connects a socket, trying again until there is a listener that speaks
// ZMTP or ctx ends. It never connects a second time.
func (g *gate) dial(ctx context.Context, socket zmq4.Socket) error {
	var dialer net.Dialer
	for {
		c, err := dialer.DialContext(ctx, g.network, g.address)
		if err == nil {
			err = g.connect(c, socket)
		}
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("connecting to %s at %q: %w (%v)", g.name, g.address, ctx.Err(), err)
		case <-time.After(retry):
		}
	}
}

func (g *gate) connect(c net.Conn, socket zmq4.Socket) error {
	z, err := g.shake(c)
	if err != nil {
		c.Close()
		return err
	}
	g.mu.Lock()
	g.conns[z] = false
	g.mu.Unlock()
	go z.send()
	g.ready <- z
	return g.attach(socket.Dial)
}

// joined is called when zmq4 has a connection in its lists.
func (g *gate) joined(c *conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, ok := g.conns[c]; ok {
		g.conns[c] = true
	}
}

func (g *gate) left(c *conn) {
	g.mu.Lock()
	delete(g.conns, c)
	g.mu.Unlock()
	if g.onLeft != nil {
		g.onLeft()
	}
}

// has tells whether a peer of that identity is connected.
func (g *gate) has(id []byte) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for c, joined := range g.conns {
		if joined && c.peer.id == string(id) {
			return true
		}
	}
	return false
}

// finish stops taking connections, sends what waits for the present ones,
// ends them, and gives the number of those that did not take everything.
func (g *gate) finish(deadline time.Time) int {
	g.mu.Lock()
	g.stopped = true
	conns := make([]*conn, 0, len(g.conns))
	for c := range g.conns {
		conns = append(conns, c)
	}
	for c := range g.pending {
		c.Close()
	}
	g.mu.Unlock()
	if g.listener != nil {
		g.listener.Close()
	}
	var late atomic.Int32
	var wait sync.WaitGroup
	for _, c := range conns {
		wait.Go(func() {
			if !c.finish(deadline) {
				late.Add(1)
			}
		})
	}
	wait.Wait()
	return int(late.Load())
}

// port gives the port that the system chose, if it was to choose.
func (g *gate) port(asked int) int {
	if tcp, ok := g.listener.Addr().(*net.TCPAddr); ok {
		return tcp.Port
	}
	return asked
}

// door is the listener that zmq4 sees.
type door struct{ gate *gate }

// Accept fails only after zmq4 itself has closed the door: until then its
// accept loop would spin.
func (d door) Accept() (net.Conn, error) {
	select {
	case c := <-d.gate.ready:
		return c, nil
	case <-d.gate.closed:
		return nil, net.ErrClosed
	}
}

func (d door) Close() error {
	d.gate.once.Do(func() { close(d.gate.closed) })
	return nil
}

func (d door) Addr() net.Addr { return d.gate.listener.Addr() }

// ordinary errors are those of peers that just go.
func ordinary(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, errClosed) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}
