package jupyter

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
)

// Reply is a message of a kernel. On Stdin it is an input request.
type Reply struct {
	Channel Channel
	Message *Message
}

// Back is a front end's side of a connection: it talks to one kernel. It
// never reconnects; when one of its connections ends, all of it is done.
type Back struct {
	key     []byte
	logf    func(string, ...any)
	replies chan Reply
	pub     chan *Message

	sockets [3]zmq4.Socket // by Channel; DEALERs of one identity
	iopub   zmq4.Socket
	gates   []*gate

	done    chan struct{} // closed when a connection has ended
	end     sync.Once
	closing chan struct{} // closed by Close: nobody reads any more
	loops   sync.WaitGroup
	once    sync.Once
}

// Dial connects to a kernel, trying until it listens or ctx ends. The kernel
// may not have noted the subscription to iopub yet; see Ready.
func Dial(ctx context.Context, c *Connection, logf func(string, ...any)) (*Back, error) {
	b := &Back{
		key: []byte(c.Key), logf: sparse(logf), done: make(chan struct{}), closing: make(chan struct{}),
		replies: make(chan Reply, 64), pub: make(chan *Message, 256),
	}
	conn := *c
	if err := conn.check(); err != nil {
		return nil, err
	}
	if err := b.dial(ctx, &conn); err != nil {
		b.Close()
		return nil, err
	}
	go b.finish()
	return b, nil
}

// finish closes the channels once the last connection has ended.
func (b *Back) finish() {
	b.loops.Wait()
	close(b.replies)
	close(b.pub)
}

func (b *Back) dial(ctx context.Context, c *Connection) error {
	id := newID()
	for ch, port := range [3]int{c.ShellPort, c.ControlPort, c.StdinPort} {
		ch := Channel(ch)
		s := zmq4.NewDealer(context.Background(), zmq4.WithLogger(logger(b.logf)), zmq4.WithDialerMaxRetries(0))
		b.sockets[ch] = s
		if err := b.gate(ctx, ch.String(), zmq4.Dealer, id, c, port, s); err != nil {
			return err
		}
		b.loops.Go(func() { b.receive(s, func(m *Message) { b.reply(ch, m) }) })
	}
	b.iopub = zmq4.NewSub(context.Background(), zmq4.WithLogger(logger(b.logf)), zmq4.WithDialerMaxRetries(0))
	if err := b.gate(ctx, "iopub", zmq4.Sub, "", c, c.IOPubPort, b.iopub); err != nil {
		return err
	}
	b.loops.Go(func() { b.receive(b.iopub, b.published) })
	return b.iopub.SetOption(zmq4.OptionSubscribe, "")
}

func (b *Back) gate(ctx context.Context, name string, typ zmq4.SocketType, id string, c *Connection, port int, s zmq4.Socket) error {
	g := &gate{name: name, typ: typ, id: id, limits: backLimits, logf: b.logf, onLeft: b.ended}
	g.init()
	g.network, g.address = c.address(port)
	b.gates = append(b.gates, g)
	return g.dial(ctx, s)
}

func (b *Back) ended() { b.end.Do(func() { close(b.done) }) }

// Replies gives what the kernel sends on the three channels. It must be read.
func (b *Back) Replies() <-chan Reply { return b.replies }

// IOPub gives what the kernel publishes. It must be read.
func (b *Back) IOPub() <-chan *Message { return b.pub }

// Done is closed when a connection to the kernel has ended. What came before
// is still to be had from Replies and IOPub, which are closed after it.
func (b *Back) Done() <-chan struct{} { return b.done }

// Send sends a message to the kernel. It does not wait for the kernel.
func (b *Back) Send(ch Channel, m *Message) error {
	select {
	case <-b.done:
		return ErrClosed
	default:
	}
	return b.sockets[ch].Send(zmq4.NewMsgFrom(m.Encode(b.key)...))
}

func (b *Back) reply(ch Channel, m *Message) {
	select {
	case b.replies <- Reply{ch, m}:
	case <-b.closing:
	}
}

func (b *Back) published(m *Message) {
	select {
	case b.pub <- m:
	case <-b.closing:
	}
}

// receive hands on the messages of one socket until its connection ends.
func (b *Back) receive(s zmq4.Socket, hand func(*Message)) {
	for {
		msg, err := s.Recv()
		if err != nil {
			return
		}
		m, err := Decode(msg.Frames, b.key)
		if err != nil {
			b.logf("ignored a message of the kernel: %v", err)
			continue
		}
		hand(m)
	}
}

// Close sends what is queued, within a bounded time, and ends the connections.
func (b *Back) Close() {
	b.once.Do(b.close)
}

func (b *Back) close() {
	close(b.closing)
	deadline := time.Now().Add(backLimits.drain)
	var wait sync.WaitGroup
	for _, g := range b.gates {
		wait.Go(func() { g.finish(deadline) })
	}
	wait.Wait()
	b.ended()
	b.loops.Wait()
	for _, s := range []zmq4.Socket{b.sockets[0], b.sockets[1], b.sockets[2], b.iopub} {
		if s != nil {
			s.Close()
		}
	}
}

// Ready waits until the kernel answers and its iopub messages arrive here: a
// subscription is noted by the kernel at its leisure, and what is published
// before is lost. It gives the kernel_info_reply, and must be called before
// anything else uses the Back.
func (b *Back) Ready(ctx context.Context) (*Message, error) {
	session := newID()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	var info *Message
	last, open, idle := b.ask(session), 1, false
	for open > 0 || !idle {
		select {
		case r, ok := <-b.replies:
			if ok && r.Message.Header.MsgType == "kernel_info_reply" {
				info, open = r.Message, open-1
			}
		case m, ok := <-b.pub:
			if ok && m.idle() && m.answers(last) {
				idle = true
			}
		case <-again.C:
			if open == 0 { // answered, but the idle was not seen
				last, open = b.ask(session), 1
			}
		case <-b.done:
			return nil, fmt.Errorf("waiting for the kernel: %w", ErrClosed)
		case <-ctx.Done():
			return nil, fmt.Errorf("waiting for the kernel: %w", ctx.Err())
		}
	}
	return info, nil
}

// ask sends a kernel_info_request and gives its id.
func (b *Back) ask(session string) string {
	m := New("kernel_info_request", session, nil, nil)
	b.Send(Shell, m)
	return m.Header.MsgID
}
