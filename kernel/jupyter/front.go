package jupyter

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
)

// Channel is one of the three channels on which requests and replies go.
type Channel int

const (
	Shell Channel = iota
	Control
	Stdin
)

func (c Channel) String() string { return [...]string{"shell", "control", "stdin"}[c] }

// Request is a well-formed message of a front end. On Stdin it is the answer
// to an input request.
type Request struct {
	Channel Channel
	Message *Message
}

var (
	// ErrNoPeer is returned by Front.Send when no front end of the message's
	// identity is connected to that channel.
	ErrNoPeer = errors.New("no front end of that identity is connected")
	// ErrClosed is returned for a side that has been closed or has ended.
	ErrClosed = errors.New("jupyter connection is closed")
)

// Front is the kernel's side of a connection. Several front ends can be
// connected at once; those that claim the same identity all get its replies.
type Front struct {
	conn     Connection
	key      []byte
	logf     func(string, ...any)
	limits   limits
	requests chan Request

	sockets [3]zmq4.Socket // by Channel
	gates   [3]*gate
	iopub   zmq4.Socket
	heart   zmq4.Socket
	others  []*gate // of iopub and heart
	tap     *tap
	silent  []byte // sent last, see Close

	publishing sync.Mutex
	closing    chan struct{}
	loops      sync.WaitGroup
	once       sync.Once
	closeErr   error
	stop       func() bool
}

// Listen opens the five sockets of a kernel. A port 0 is chosen by the system;
// see Front.Connection. When ctx ends the Front closes. Malformed messages
// and connections are logged to logf, which may be nil, and otherwise ignored.
func Listen(ctx context.Context, c *Connection, logf func(string, ...any)) (*Front, error) {
	return listen(ctx, c, logf, frontLimits)
}

func listen(ctx context.Context, c *Connection, logf func(string, ...any), l limits) (*Front, error) {
	f := &Front{
		conn: *c, key: []byte(c.Key), logf: sparse(logf), limits: l,
		requests: make(chan Request, 64), closing: make(chan struct{}),
		tap: newTap(l.ahead), silent: []byte("end of " + newID()),
	}
	if err := f.conn.check(); err != nil {
		return nil, err
	}
	if err := f.open(); err != nil {
		f.Close()
		return nil, err
	}
	f.stop = context.AfterFunc(ctx, func() { f.Close() })
	return f, nil
}

func (f *Front) open() error {
	ports := [3]*int{&f.conn.ShellPort, &f.conn.ControlPort, &f.conn.StdinPort}
	for ch := Shell; ch <= Stdin; ch++ {
		f.sockets[ch] = zmq4.NewRouter(context.Background(), zmq4.WithLogger(logger(f.logf)))
		g, err := f.gate(ch.String(), zmq4.Router, ports[ch], f.sockets[ch])
		if err != nil {
			return err
		}
		f.gates[ch] = g
		f.loops.Go(func() { f.receive(ch) })
	}
	if err := f.openIOPub(); err != nil {
		return err
	}
	return f.openHeart()
}

// gate puts a listening socket behind a gate of its own.
func (f *Front) gate(name string, typ zmq4.SocketType, port *int, s zmq4.Socket) (*gate, error) {
	g := &gate{name: name, typ: typ, limits: f.limits, logf: f.logf}
	switch s {
	case f.iopub:
		g.first, g.silent = f.tap, appendFrame(nil, 0, f.silent)
	case f.heart:
		g.limits = g.limits.small()
	}
	g.init()
	g.network, g.address = f.conn.address(*port)
	if err := g.listen(s); err != nil {
		return nil, err
	}
	*port = g.port(*port)
	return g, nil
}

func (f *Front) openIOPub() error {
	f.iopub = zmq4.NewPub(context.Background(), zmq4.WithLogger(logger(f.logf)))
	g, err := f.gate("iopub", zmq4.Pub, &f.conn.IOPubPort, f.iopub)
	if err != nil {
		return err
	}
	f.others = append(f.others, g)
	<-f.tap.subscribed
	return nil
}

// openHeart answers heartbeats. A ROUTER serves any number of REQ peers, and
// a malformed one does no harm.
func (f *Front) openHeart() error {
	f.heart = zmq4.NewRouter(context.Background(), zmq4.WithLogger(logger(f.logf)))
	g, err := f.gate("heartbeat", zmq4.Router, &f.conn.HBPort, f.heart)
	if err != nil {
		return err
	}
	f.others = append(f.others, g)
	f.loops.Go(f.beat)
	return nil
}

// Connection tells where the Front listens.
func (f *Front) Connection() *Connection { c := f.conn; return &c }

// Requests gives the requests of all front ends and is closed after Close.
// Who reads it should never be long: all three channels wait together.
func (f *Front) Requests() <-chan Request { return f.requests }

func (f *Front) receive(ch Channel) {
	for {
		msg, err := f.sockets[ch].Recv()
		if err != nil {
			return // only Close ends a ROUTER
		}
		m, err := Decode(msg.Frames, f.key)
		if err != nil {
			f.logf("%v: ignored a message: %v", ch, err)
			continue
		}
		select {
		case f.requests <- Request{ch, m}:
		case <-f.closing:
		}
	}
}

func (f *Front) beat() {
	for {
		msg, err := f.heart.Recv()
		if err != nil {
			return
		}
		f.heart.Send(msg)
	}
}

// Send sends a message to the front end its identities name. It does not wait
// for the front end.
func (f *Front) Send(ch Channel, m *Message) error {
	select {
	case <-f.closing:
		return ErrClosed
	default:
	}
	if len(m.Identities) == 0 || !f.gates[ch].has(m.Identities[0]) {
		return fmt.Errorf("%s on %v: %w", m.Header.MsgType, ch, ErrNoPeer)
	}
	return f.sockets[ch].Send(zmq4.NewMsgFrom(m.Encode(f.key)...))
}

// Publish sends a message to all subscribers. An empty topic means the one
// the message has, or its type. Messages of one goroutine keep their order.
// Publish waits only while subscribers that do read are far behind.
func (f *Front) Publish(m *Message, topic string) error {
	p := m.Copy()
	switch {
	case topic != "":
		p.Identities = [][]byte{[]byte(topic)}
	case len(p.Identities) != 1 || m.raw == nil:
		p.Identities = [][]byte{[]byte(m.Header.MsgType)}
	}
	return f.publish(p.Encode(f.key))
}

func (f *Front) publish(frames [][]byte) error {
	size := 0
	for _, frame := range frames {
		size += len(frame)
	}
	f.publishing.Lock()
	defer f.publishing.Unlock()
	if err := f.tap.reserve(size); err != nil {
		return ErrClosed
	}
	return f.iopub.Send(zmq4.NewMsgFrom(frames...))
}

// Close sends what is queued, within a bounded time, and closes all sockets.
// Its error tells that some front end did not take everything.
func (f *Front) Close() error {
	f.once.Do(func() { f.closeErr = f.close() })
	return f.closeErr
}

func (f *Front) close() error {
	if f.stop != nil {
		f.stop()
	}
	deadline := time.Now().Add(f.limits.drain)
	settled := f.settle(deadline)
	close(f.closing)
	late := f.finish(deadline)
	f.closeSockets()
	f.loops.Wait()
	close(f.requests)
	if late > 0 || !settled {
		return fmt.Errorf("closing: %d front ends did not take all that was sent to them", max(late, 1))
	}
	return nil
}

// settle publishes one last message, which no subscriber gets: once the tap
// has seen it, all before it are in the queues of their subscribers.
func (f *Front) settle(deadline time.Time) bool {
	select {
	case <-f.tap.subscribed:
	default:
		return true // iopub was not opened
	}
	published := make(chan struct{})
	go func() { // may have to wait for a peer that does not read
		f.publish([][]byte{f.silent})
		close(published)
	}()
	timer := time.NewTimer(time.Until(deadline))
	defer timer.Stop()
	select {
	case <-published:
		return f.tap.settle(deadline)
	case <-timer.C:
		return false
	}
}

func (f *Front) finish(deadline time.Time) int {
	late := make(chan int)
	gates := append(f.others[:len(f.others):len(f.others)], f.gates[:]...)
	for _, g := range gates {
		go func() {
			if g == nil {
				late <- 0
				return
			}
			late <- g.finish(deadline)
		}()
	}
	sum := 0
	for range gates {
		sum += <-late
	}
	return sum
}

func (f *Front) closeSockets() {
	for _, s := range []zmq4.Socket{f.sockets[0], f.sockets[1], f.sockets[2], f.iopub, f.heart} {
		if s != nil {
			s.Close()
		}
	}
	f.tap.Close()
}
