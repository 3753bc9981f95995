package jupyter

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
)

func ipc(t testing.TB) *Connection {
	t.Helper()
	dir, err := os.MkdirTemp("", "j")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	c := NewConnection(dir)
	c.Key = string(key)
	return c
}

// Two clients at once: each gets its own replies, both see all that is
// published, and replies come after requests in order.
func TestTwoClients(t *testing.T) {
	for name, c := range map[string]*Connection{"tcp": tcp(), "ipc": ipc(t)} {
		t.Run(name, func(t *testing.T) {
			f, _ := start(t, c, frontLimits)
			var wait sync.WaitGroup
			for i := range 2 {
				wait.Go(func() { talk(t, f, i) })
			}
			wait.Wait()
		})
	}
}

func talk(t *testing.T, f *Front, who int) {
	c, err := Connect(within(t), f.Connection(), nil)
	if err != nil {
		t.Error(err)
		return
	}
	defer c.Close()
	for i := range 200 {
		text := fmt.Sprintf(`{"who":%d,"what":%d}`, who, i)
		ch := Channel(i % 2)
		r, err := c.Request(within(t), ch, "any_request", json.RawMessage(text))
		if err != nil || string(r.Reply.Content) != text {
			t.Errorf("client %d, request %d: got %v, %v", who, i, r, err)
			return
		}
	}
}

// Clients of one Jupyter kernel manager share a session, and so an identity:
// both must be served.
func TestSharedIdentity(t *testing.T) {
	f, _ := start(t, tcp(), frontLimits)
	a := meet(t, f, f.conn.ShellPort, zmq4.Dealer, "same")
	b := meet(t, f, f.conn.ShellPort, zmq4.Dealer, "same")
	until(t, "both to be connected", func() bool { return f.gates[Shell].joinedPeers() == 2 })
	for range 3 {
		for _, pair := range [][2]*rawPeer{{a, b}, {b, a}} {
			m := New("x_request", "s", nil, nil)
			pair[0].send(m.Encode(key)...)
			for _, p := range pair {
				if !p.message().answers(m.Header.MsgID) {
					t.Fatal("a wrong reply")
				}
			}
		}
	}
	a.Close()
	b.ask()
}

// What is sent without an error arrives, also at once after a connection: a ROUTER
// drops what is for a peer that it does not list yet.
func TestSentIsNotDropped(t *testing.T) {
	f, err := listen(context.Background(), tcp(), nil, frontLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i := range 200 {
		name := fmt.Sprint("peer ", i)
		p := dialRaw(t, f, f.conn.StdinPort)
		p.write(append(greeting[:], ready(zmq4.Dealer, name)...))
		m := New("input_request", "kernel", nil, nil)
		m.Identities = [][]byte{[]byte(name)}
		for f.Send(Stdin, m) != nil {
			runtime.Gosched()
		}
		if err := hearHandshake(p.in); err != nil {
			t.Fatal(err)
		}
		p.SetDeadline(time.Now().Add(patience / 10))
		p.message()
		p.Close()
	}
}

// An input request goes to the shell client's identity on stdin; nobody there
// is an error at once, not a wait.
func TestStdin(t *testing.T) {
	f, err := listen(context.Background(), tcp(), nil, frontLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	shell := meet(t, f, f.conn.ShellPort, zmq4.Dealer, "me")
	request := New("execute_request", "s", nil, nil)
	shell.send(request.Encode(key)...)
	r := <-f.Requests()
	ask := New("input_request", "kernel", r.Message, map[string]any{"prompt": "?", "password": false})
	if err := f.Send(Stdin, ask); !errors.Is(err, ErrNoPeer) {
		t.Fatalf("got %v", err)
	}
	stdin := meet(t, f, f.conn.StdinPort, zmq4.Dealer, "me")
	until(t, "stdin to be connected", func() bool { return f.Send(Stdin, ask) == nil })
	m := stdin.message()
	if m.Header.MsgType != "input_request" || !m.answers(request.Header.MsgID) {
		t.Errorf("got %+v", m)
	}
	stdin.send(New("input_reply", "s", m, map[string]any{"value": "hello"}).Encode(key)...)
	if r := <-f.Requests(); r.Channel != Stdin || r.Message.Header.MsgType != "input_reply" {
		t.Errorf("got %+v", r)
	}
}

func numbered(i, size int) *Message {
	m := New("stream", "kernel", nil, nil)
	b := make([]byte, size)
	binary.BigEndian.PutUint32(b, uint32(i))
	m.Buffers = [][]byte{b}
	return m
}

// count reads numbered messages and fails at the first that is missing or out
// of order.
func (p *rawPeer) count(n int) error {
	for i := range n {
		frames, _, err := p.recv()
		if err != nil {
			return err
		}
		if got := binary.BigEndian.Uint32(frames[len(frames)-1]); int(got) != i {
			return fmt.Errorf("got message %d, want %d", got, i)
		}
	}
	return nil
}

func (f *Front) awaitSubscribers(t testing.TB, n int) {
	t.Helper()
	until(t, "subscribers to be known", func() bool { return f.subscribers() == n })
}

// subscribers counts the peers whose subscription zmq4 has noted.
func (f *Front) subscribers() (n int) {
	g := f.others[0]
	g.mu.Lock()
	defer g.mu.Unlock()
	for c := range g.conns {
		if c.heard.Load() > 1 {
			n++
		}
	}
	return n
}

// One subscriber never reads while 200 MB are published: the others get all
// of it in order, memory stays bounded, and in the end the stuck one is gone.
func TestStuckSubscriber(t *testing.T) {
	const size, n = 64 << 10, 3200
	f, log := startQuiet(t, tcp(), frontLimits)
	subscribe(t, f)
	var wait sync.WaitGroup
	for range 2 {
		p := subscribe(t, f)
		wait.Go(func() {
			if err := p.count(n); err != nil {
				t.Error(err)
			}
		})
	}
	f.awaitSubscribers(t, 3)
	shell := meet(t, f, f.conn.ShellPort, zmq4.Dealer, "")
	before, most := heap(), uint64(0)
	for i := range n {
		if err := f.Publish(numbered(i, size), ""); err != nil {
			t.Fatal(err)
		}
		if i%200 == 0 {
			most = max(most, heap())
			shell.send(New("x_request", "s", nil, nil).Encode(key)...)
			shell.message()
		}
	}
	wait.Wait()
	if limit := before + uint64(3*frontLimits.queue+2*frontLimits.ahead); most > limit {
		t.Errorf("%d MB were in use, at most %d expected", most>>20, limit>>20)
	}
	until(t, "the stuck subscriber to be closed", func() bool { return log.has(errStuck.Error()) })
}

// A subscriber that takes nothing for too long is dropped also if little waits
// for it.
func TestIdleSubscriber(t *testing.T) {
	l := frontLimits
	l.idle = 200 * time.Millisecond
	f, log := startQuiet(t, tcp(), l)
	subscribe(t, f)
	f.awaitSubscribers(t, 1)
	for i := range 200 {
		f.Publish(numbered(i, 64<<10), "")
	}
	until(t, "the idle subscriber to be closed", func() bool { return log.has(errStuck.Error()) })
}

// A subscriber who reads, but slower than is published, holds the publisher up
// and loses nothing.
func TestSlowSubscriber(t *testing.T) {
	const size, n = 16 << 10, 2000
	l := frontLimits
	l.queue, l.ahead = 128<<10, 64<<10
	f, log := startQuiet(t, tcp(), l)
	p := subscribe(t, f)
	f.awaitSubscribers(t, 1)
	go func() {
		for i := range n {
			f.Publish(numbered(i, size), "")
		}
	}()
	slow := time.NewTicker(100 * time.Microsecond)
	defer slow.Stop()
	p.in.Reset(&ticking{p.Conn, slow.C})
	if err := p.count(n); err != nil {
		t.Fatalf("%v; the log is\n%v", err, log)
	}
}

// A long queue is taken in small parts: that a slow reader takes some of it counts
// at once, and not only when all of it is taken.
func TestLongQueueIsTakenInParts(t *testing.T) {
	o := newOutbox(frontLimits)
	o.put(make([]byte, 3*batchSize/2))
	o.put(make([]byte, 10))
	sizes := []int{}
	for range 2 {
		n := 0
		for _, part := range o.take() {
			n += len(part)
		}
		sizes = append(sizes, n)
		o.took(n)
	}
	if want := []int{batchSize, batchSize/2 + 10}; !slices.Equal(sizes, want) || o.size != 0 {
		t.Errorf("took %v, want %v; %d are left", sizes, want, o.size)
	}
}

// ticking reads a little at every tick.
type ticking struct {
	net.Conn
	tick <-chan time.Time
}

func (c *ticking) Read(p []byte) (int, error) {
	<-c.tick
	return c.Conn.Read(p[:min(len(p), 16<<10)])
}

// A client that does not read its replies is dropped; others on the same
// channel get theirs.
func TestStuckClient(t *testing.T) {
	l := frontLimits
	l.queue, l.stall = 1<<20, 100*time.Millisecond
	f, log := startQuiet(t, tcp(), l)
	stuck := meet(t, f, f.conn.ShellPort, zmq4.Dealer, "stuck")
	steady := meet(t, f, f.conn.ShellPort, zmq4.Dealer, "steady")
	big := New("x_request", "s", nil, map[string]any{"text": strings.Repeat("x", 1<<20)}).Encode(key)
	go func() {
		for range 100 {
			if _, err := stuck.Write(wire(big)); err != nil {
				return
			}
		}
	}()
	until(t, "the stuck client to be closed", func() bool {
		steady.ask()
		return log.has(errStuck.Error())
	})
	steady.ask()
}

// Close sends all that was published and replied, also when it comes at once.
func TestCloseDrains(t *testing.T) {
	const size, n = 32 << 10, 900 // more than the system's own buffers hold, less than our queue
	f, _ := startQuiet(t, tcp(), frontLimits)
	shell := meet(t, f, f.conn.ShellPort, zmq4.Dealer, "me")
	shell.ask()
	p := subscribe(t, f)
	f.awaitSubscribers(t, 1)
	for i := range n {
		f.Publish(numbered(i, size), "")
	}
	last := New("shutdown_reply", "kernel", nil, nil)
	last.Identities = [][]byte{[]byte("me")}
	if err := f.Send(Shell, last); err != nil {
		t.Fatal(err)
	}
	closed := make(chan error)
	go func() { closed <- f.Close() }()
	if err := p.count(n); err != nil {
		t.Error(err)
	}
	if m := shell.message(); m.Header.MsgType != "shutdown_reply" {
		t.Errorf("got %+v", m)
	}
	for _, p := range []*rawPeer{p, shell} {
		if got, _, err := p.recv(); err == nil {
			t.Errorf("got %q after the end", got)
		}
		p.Close()
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
}

// Close does not take what is under way along with what was not read of a peer: a
// connection that is closed with unread input is reset, and the peer's system drops
// what it holds for it.
func TestCloseToTalkers(t *testing.T) {
	const n = 50
	l := frontLimits
	l.drain, l.linger = patience, patience
	for range 10 {
		f, _ := startQuiet(t, tcp(), l)
		p := subscribe(t, f)
		f.awaitSubscribers(t, 1)
		quiet := make(chan struct{})
		go func() {
			defer close(quiet)
			other := wire([][]byte{{0, 'x'}}) // takes back a subscription that there is not
			for _, err := p.Write(other); err == nil; _, err = p.Write(other) {
			}
		}()
		for i := range n {
			f.Publish(numbered(i, 16<<10), "")
		}
		closed := make(chan error)
		go func() { closed <- f.Close() }()
		if err := p.count(n); err != nil {
			t.Error(err)
		}
		p.Close()
		<-quiet
		if err := <-closed; err != nil {
			t.Error(err)
		}
	}
}

// What is published at once after Listen is seen by the tap: what it does not see
// would count as under way for ever, until nobody may publish any more.
func TestPublishAtOnce(t *testing.T) {
	for range 100 {
		f, err := Listen(context.Background(), tcp(), nil)
		if err != nil {
			t.Fatal(err)
		}
		f.Publish(state("starting", nil), "")
		until(t, "the tap to see it", func() bool {
			f.tap.mu.Lock()
			defer f.tap.mu.Unlock()
			return len(f.tap.ahead) == 0
		})
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Close does not wait for those who do not read, and says so.
func TestCloseIsBounded(t *testing.T) {
	l := frontLimits
	l.drain = 100 * time.Millisecond
	f, _ := startQuiet(t, tcp(), l)
	subscribe(t, f)
	f.awaitSubscribers(t, 1)
	for i := range 300 {
		f.Publish(numbered(i, 64<<10), "")
	}
	if err := f.Close(); err == nil {
		t.Error("no error, although a front end did not read")
	}
	if err := f.Publish(numbered(0, 4), ""); !errors.Is(err, ErrClosed) {
		t.Errorf("publishing after Close: %v", err)
	}
	if err := f.Send(Shell, New("x", "s", nil, nil)); !errors.Is(err, ErrClosed) {
		t.Errorf("sending after Close: %v", err)
	}
}

// Also when a publisher waits for somebody who does not read, Close ends both.
func TestCloseEndsPublish(t *testing.T) {
	l := frontLimits
	l.queue, l.ahead, l.stall, l.drain = 1<<20, 64<<10, time.Hour, 100*time.Millisecond
	f, _ := startQuiet(t, tcp(), l)
	subscribe(t, f)
	f.awaitSubscribers(t, 1)
	published := make(chan error)
	go func() {
		for {
			if err := f.Publish(numbered(0, 64<<10), ""); err != nil {
				published <- err
				return
			}
		}
	}()
	until(t, "the subscriber to be stuck", func() bool { return f.others[0].stuck() })
	if err := f.Close(); err == nil {
		t.Error("no error, although a front end did not read")
	}
	if err := <-published; !errors.Is(err, ErrClosed) {
		t.Errorf("publishing: %v", err)
	}
}

// stuck tells whether some peer's queue is full and nothing has moved for a
// while: the system's own buffers are then full as well.
func (g *gate) stuck() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for c := range g.conns {
		c.out.mu.Lock()
		stuck := c.out.size >= c.out.full && time.Since(c.out.moved) > 200*time.Millisecond
		c.out.mu.Unlock()
		if stuck {
			return true
		}
	}
	return false
}

// A peer that never reads its heartbeats does not stop those of others for
// longer than a front end waits for one (a second).
func TestStuckHeartbeat(t *testing.T) {
	f, log := startQuiet(t, tcp(), frontLimits)
	stuck := meet(t, f, f.conn.HBPort, zmq4.Req, "")
	go func() {
		for beat := wire([][]byte{{}, make([]byte, 60<<10)}); ; {
			if _, err := stuck.Write(beat); err != nil {
				return
			}
		}
	}()
	until(t, "the stuck peer to be closed", func() bool {
		began := time.Now()
		heartbeat(t, f)
		if took := time.Since(began); took > frontLimits.stall*4/5 {
			t.Errorf("a heartbeat took %v", took)
		}
		return log.has(errStuck.Error())
	})
}

// 10,000 connections come and go in several ways; no goroutine and no file
// stays behind.
func TestComeAndGo(t *testing.T) {
	const workers = 20
	f, log := start(t, tcp(), frontLimits)
	alive(t, f)
	idle := func() bool { return f.peers() == 0 }
	until(t, "the first clients to be gone", idle)
	goroutines, files := runtime.NumGoroutine(), openFiles(t)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := range 10000 / workers {
				comeAndGo(t, f, w+i)
			}
		})
	}
	wait.Wait()
	until(t, "all connections to be gone", idle)
	until(t, "goroutines to end", func() bool { return runtime.NumGoroutine() <= goroutines+2 })
	until(t, "files to be closed", func() bool { return openFiles(t) <= files+2 })
	alive(t, f)
	if log.has("too many open files") {
		t.Errorf("the log is\n%v", log)
	}
}

// peers counts connections of all sockets, also those in their handshake.
func (f *Front) peers() (n int) {
	for _, g := range append(f.others[:len(f.others):len(f.others)], f.gates[:]...) {
		g.mu.Lock()
		n += len(g.conns) + len(g.pending)
		g.mu.Unlock()
	}
	return n
}

func comeAndGo(t *testing.T, f *Front, way int) {
	ports := []int{f.conn.ShellPort, f.conn.IOPubPort, f.conn.ControlPort, f.conn.HBPort}
	network, address := f.conn.address(ports[way%4])
	c, err := net.Dial(network, address)
	if err != nil {
		t.Error(err)
		return
	}
	defer c.Close()
	typ := zmq4.Dealer
	if way%4 == 1 {
		typ = zmq4.Sub
	}
	switch way / 4 % 4 {
	case 1:
		c.Write(greeting[:10])
	case 2:
		c.Write(append(greeting[:], ready(typ, "x")...))
	case 3:
		c.Write(append(greeting[:], ready(typ, "x")...))
		c.SetReadDeadline(time.Now().Add(patience))
		hearHandshake(bufio.NewReader(c))
	}
}

// crowded is a listener of a process that has too many open files, twice.
type crowded struct {
	net.Listener
	failed int
}

func (l *crowded) Accept() (net.Conn, error) {
	if l.failed++; l.failed <= 2 {
		return nil, syscall.EMFILE
	}
	return l.Listener.Accept()
}

// Too many open files are no reason to stop listening.
func TestAcceptGoesOn(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	log := new(journal)
	g := &gate{name: "shell", typ: zmq4.Router, limits: frontLimits, logf: log.logf, listener: &crowded{Listener: l}}
	g.init()
	go g.accept()
	defer l.Close()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.Write(append(greeting[:], ready(zmq4.Dealer, "")...))
	select {
	case z := <-g.ready:
		z.Close()
	case <-time.After(patience):
		t.Fatal("no connection is taken any more")
	}
	if !log.has("too many open files") {
		t.Errorf("the log is\n%v", log)
	}
}

// After Close nothing is left but the one goroutine that zmq4 keeps for every
// PUB socket for ever.
func TestCloseLeavesNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	files := openFiles(t)
	const rounds = 10
	for range rounds {
		f, err := Listen(context.Background(), tcp(), nil)
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		go func() { serve(f); close(done) }()
		alive(t, f)
		if err := f.Close(); err != nil {
			t.Error(err)
		}
		<-done
	}
	until(t, "goroutines to end", func() bool { return runtime.NumGoroutine() <= before+rounds })
	until(t, "files to be closed", func() bool { return openFiles(t) <= files })
}

// The socket files of a killed kernel are taken over, those of a living one
// are not; after Close none is left.
func TestSocketFiles(t *testing.T) {
	c := ipc(t)
	for _, p := range c.ports() {
		_, path := c.address(p.number)
		l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
		if err != nil {
			t.Fatal(err)
		}
		l.SetUnlinkOnClose(false)
		l.Close()
	}
	f, err := Listen(context.Background(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Listen(context.Background(), c, nil); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("a second kernel: got %v", err)
	}
	go serve(f)
	alive(t, f)
	f.Close()
	if left, _ := os.ReadDir(c.IP[:len(c.IP)-2]); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A port that is taken is an error, and what was opened before is closed.
func TestPortTaken(t *testing.T) {
	f, _ := start(t, tcp(), frontLimits)
	c := tcp()
	c.HBPort = f.conn.HBPort
	files := openFiles(t)
	if _, err := Listen(context.Background(), c, nil); err == nil || !strings.Contains(err.Error(), "heartbeat") {
		t.Errorf("got %v", err)
	}
	until(t, "files to be closed", func() bool { return openFiles(t) <= files })
}

func TestContextCloses(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	f, err := Listen(ctx, tcp(), nil)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	for range f.Requests() {
	}
}
