package jupyter

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
)

// patience bounds every wait in these tests.
const patience = 120 * time.Second

func within(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

// until waits for a condition.
func until(t testing.TB, what string, condition func() bool) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(patience); !condition(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for: %s", what)
		}
	}
}

// journal keeps what is logged.
type journal struct {
	mu    sync.Mutex
	lines []string
}

func (j *journal) logf(format string, args ...any) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.lines = append(j.lines, fmt.Sprintf(format, args...))
}

func (j *journal) has(part string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return strings.Contains(strings.Join(j.lines, "\n"), part)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return strings.Join(j.lines, "\n")
}

var key = []byte("secret")

func tcp() *Connection {
	return &Connection{Transport: "tcp", IP: "127.0.0.1", Key: string(key), SignatureScheme: scheme}
}

// start runs a kernel that answers every request with its own content, between
// busy and idle.
func start(t testing.TB, c *Connection, l limits) (*Front, *journal) {
	t.Helper()
	return startServing(t, c, l, serve)
}

// startQuiet runs a kernel that answers every request and publishes nothing.
func startQuiet(t testing.TB, c *Connection, l limits) (*Front, *journal) {
	t.Helper()
	return startServing(t, c, l, func(f *Front) {
		for r := range f.Requests() {
			f.Send(r.Channel, New(replyType(r.Message), "kernel", r.Message, r.Message.Content))
		}
	})
}

func startServing(t testing.TB, c *Connection, l limits, serve func(*Front)) (*Front, *journal) {
	t.Helper()
	j := new(journal)
	f, err := listen(context.Background(), c, j.logf, l)
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan struct{})
	go func() {
		defer close(served)
		serve(f)
	}()
	t.Cleanup(func() {
		f.Close()
		<-served
	})
	return f, j
}

func serve(f *Front) {
	for r := range f.Requests() {
		m := r.Message
		f.Publish(state("busy", m), "")
		f.Send(r.Channel, New(replyType(m), "kernel", m, m.Content))
		f.Publish(state("idle", m), "")
	}
}

func state(s string, parent *Message) *Message {
	return New("status", "kernel", parent, map[string]any{"execution_state": s})
}

func replyType(m *Message) string { return strings.Replace(m.Header.MsgType, "_request", "_reply", 1) }

// rawPeer speaks ZMTP without any of the code under test that matters: it can
// say anything.
type rawPeer struct {
	net.Conn
	t  testing.TB
	in *bufio.Reader
}

func dialRaw(t testing.TB, f *Front, port int) *rawPeer {
	t.Helper()
	network, address := f.conn.address(port)
	c, err := net.Dial(network, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(patience))
	return &rawPeer{c, t, bufio.NewReader(c)}
}

// meet dials and does the handshake.
func meet(t testing.TB, f *Front, port int, typ zmq4.SocketType, id string) *rawPeer {
	t.Helper()
	p := dialRaw(t, f, port)
	p.write(greeting[:])
	p.write(ready(typ, id))
	if err := hearHandshake(p.in); err != nil {
		t.Fatal(err)
	}
	return p
}

// hearHandshake reads a greeting and a READY command.
func hearHandshake(in *bufio.Reader) error {
	if _, err := in.Discard(greetingSize); err != nil {
		return err
	}
	h, err := readFrameHeader(in)
	if err == nil {
		_, err = readBody(in, int(h.size))
	}
	return err
}

func subscribe(t testing.TB, f *Front) *rawPeer {
	t.Helper()
	return subscribeTo(t, f, "")
}

func subscribeTo(t testing.TB, f *Front, topic string) *rawPeer {
	t.Helper()
	p := meet(t, f, f.conn.IOPubPort, zmq4.Sub, "")
	p.send(append([]byte{1}, topic...))
	return p
}

func (p *rawPeer) write(b []byte) {
	p.t.Helper()
	if _, err := p.Write(b); err != nil {
		p.t.Fatal(err)
	}
}

func (p *rawPeer) send(frames ...[]byte) {
	p.t.Helper()
	p.write(wire(frames))
}

func wire(frames [][]byte) (b []byte) {
	for i, frame := range frames {
		var flags byte
		if i < len(frames)-1 {
			flags = flagMore
		}
		b = appendFrame(b, flags, frame)
	}
	return b
}

// recv gives the next message; a command is a message with its flag set.
func (p *rawPeer) recv() (frames [][]byte, isCommand bool, err error) {
	for {
		h, err := readFrameHeader(p.in)
		if err != nil {
			return frames, false, err
		}
		body, err := readBody(p.in, int(h.size))
		if err != nil {
			return frames, false, err
		}
		frames = append(frames, body)
		if !h.more() {
			return frames, h.command(), nil
		}
	}
}

func (p *rawPeer) message() *Message {
	p.t.Helper()
	frames, _, err := p.recv()
	if err != nil {
		p.t.Fatal(err)
	}
	m, err := Decode(frames, key)
	if err != nil {
		p.t.Fatal(err)
	}
	return m
}

// closedByFront waits until the other side ends the connection.
func (p *rawPeer) closedByFront() {
	p.t.Helper()
	for {
		if _, err := p.in.ReadByte(); err != nil {
			if e, ok := err.(net.Error); ok && e.Timeout() {
				p.t.Fatal("the connection was not closed")
			}
			return
		}
	}
}

// ask sends a good request and expects its reply.
func (p *rawPeer) ask() {
	p.t.Helper()
	m := New("kernel_info_request", "test", nil, nil)
	p.send(m.Encode(key)...)
	if r := p.message(); !r.answers(m.Header.MsgID) {
		p.t.Fatalf("got a reply to %s, sent %s", r.Parent, m.Header.MsgID)
	}
}

// joinedPeers counts the connections that zmq4 has in its lists.
func (g *gate) joinedPeers() (n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, joined := range g.conns {
		if joined {
			n++
		}
	}
	return n
}

func openFiles(t testing.TB) int {
	t.Helper()
	names, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(names)
}

// heap gives the bytes that are really in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
