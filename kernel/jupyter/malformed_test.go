package jupyter

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
)

func reader(b []byte) *bufio.Reader { return bufio.NewReader(bytes.NewReader(b)) }

// Whatever a peer sends within the frames of ZMTP is ignored and logged, and
// the same connection still works.
func TestMalformedMessages(t *testing.T) {
	f, log := start(t, tcp(), frontLimits)
	for name, kind := range bad() {
		for _, port := range []int{f.conn.ShellPort, f.conn.ControlPort, f.conn.StdinPort} {
			t.Run(name, func(t *testing.T) {
				p := meet(t, f, port, zmq4.Dealer, "id")
				p.send(kind.frames...)
				p.ask()
			})
		}
	}
	if !log.has("ignored a message") {
		t.Errorf("not logged; the log is\n%v", log)
	}
	alive(t, f)
}

// alive proves that all five sockets serve new peers.
func alive(t testing.TB, f *Front) {
	t.Helper()
	c, err := Connect(within(t), f.Connection(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, ch := range []Channel{Shell, Control} {
		if _, err := c.Request(within(t), ch, "any_request", nil); err != nil {
			t.Fatal(err)
		}
	}
	stdin := meet(t, f, f.conn.StdinPort, zmq4.Dealer, "")
	defer stdin.Close()
	stdin.ask()
	heartbeat(t, f)
}

func heartbeat(t testing.TB, f *Front) {
	t.Helper()
	p := meet(t, f, f.conn.HBPort, zmq4.Req, "")
	defer p.Close()
	p.send(nil, []byte("ping"))
	if got, _, err := p.recv(); err != nil || len(got) != 2 || string(got[1]) != "ping" {
		t.Fatalf("heartbeat: got %q, %v", got, err)
	}
}

func longFrame(flags byte, size uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte{flags | flagLong}, size)
}

// Whatever breaks ZMTP itself ends that connection, and only that one.
func TestBrokenPeers(t *testing.T) {
	greet := func(change func(g []byte)) []byte {
		g := bytes.Clone(greeting[:])
		change(g)
		return g
	}
	hello := func(b []byte) []byte { return append(bytes.Clone(greeting[:]), b...) }
	body := func(text string) []byte {
		return appendFrame(nil, flagCommand, append([]byte("\x05READY"), text...))
	}
	well := func(b []byte) []byte { return append(hello(ready(zmq4.Dealer, "x")), b...) }
	kinds := map[string][]byte{
		"HTTP":                   []byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
		"zeros":                  make([]byte, 4096),
		"ones":                   bytes.Repeat([]byte{0xFF}, 4096),
		"no footer":              greet(func(g []byte) { g[9] = 0 }),
		"ZMTP 2":                 greet(func(g []byte) { g[10] = 1 }),
		"PLAIN":                  greet(func(g []byte) { copy(g[12:], "PLAIN") }),
		"message for READY":      hello(appendFrame(nil, 0, []byte("\x05READY"))),
		"READY with more":        hello(appendFrame(nil, flagCommand|flagMore, []byte("\x05READY"))),
		"HELLO for READY":        hello(command("HELLO", nil)),
		"empty command":          hello(appendFrame(nil, flagCommand, nil)),
		"command without name":   hello(appendFrame(nil, flagCommand, []byte{200})),
		"huge READY":             hello(longFrame(flagCommand, 1<<62)),
		"property without value": hello(body("\x0bSocket-Type")),
		"property is cut":        hello(body("\x0bSocket-Type\x00\x00\x00\x06DEA")),
		"property of 4 GB":       hello(body("\x0bSocket-Type\xff\xff\xff\xffDEALER")),
		"property name is cut":   hello(body("\xffSock")),
		"no socket type":         hello(body("")),
		"wrong socket type":      hello(ready(zmq4.Pub, "")),
		"unknown socket type":    hello(ready("NONSENSE", "")),
		"identity of 300 bytes":  hello(ready(zmq4.Dealer, strings.Repeat("i", 300))),
		"huge frame":             well(longFrame(0, 1<<62)),
		"negative frame":         well(longFrame(0, 1<<63)),
		"huge command":           well(longFrame(flagCommand, 1<<62)),
		"frame above the limit":  well(longFrame(0, uint64(frontLimits.message)+1)),
		"huge second frame":      well(append(appendFrame(nil, flagMore, nil), longFrame(0, 1<<62)...)),
		"reserved flags":         well([]byte{0xF8, 0}),
		"command within message": well(append(appendFrame(nil, flagMore, []byte("a")), command("PING", nil)...)),
		"command with more":      well(appendFrame(nil, flagCommand|flagMore, []byte("\x04PING\x00\x00"))),
		"PING of 100 bytes":      well(command("PING", make([]byte, 100))),
		"too many frames":        well(bytes.Repeat(appendFrame(nil, flagMore, nil), frontLimits.frames+1)),
	}
	l := frontLimits
	l.handshake = time.Hour // nobody has to wait to know that a peer is broken
	f, log := start(t, tcp(), l)
	steady := meet(t, f, f.conn.ShellPort, zmq4.Dealer, "steady")
	for name, bytes := range kinds {
		t.Run(name, func(t *testing.T) {
			p := dialRaw(t, f, f.conn.ShellPort)
			p.Write(bytes) // the other side may be gone before the end of it
			p.closedByFront()
			steady.t = t
			steady.ask()
		})
	}
	alive(t, f)
	// The last of them may be logged a moment after its connection was closed.
	until(t, "a broken greeting to be logged", func() bool { return log.has(errGreeting.Error()) })
}

// A peer that breaks ZMTP is taken out of zmq4's lists, too: there it would stay
// for ever if the error did not tell that its connection is over.
func TestBrokenPeersAreForgotten(t *testing.T) {
	f, _ := start(t, tcp(), frontLimits)
	p := subscribeTo(t, f, "broken")
	topics := f.iopub.(zmq4.Topics).Topics
	until(t, "the subscription to be noted", func() bool { return slices.Contains(topics(), "broken") })
	p.write(longFrame(0, 1<<62))
	p.closedByFront()
	until(t, "the peer to be forgotten", func() bool { return !slices.Contains(topics(), "broken") })
}

// A huge frame is refused by its header: no memory is taken for it, and none
// for one that is allowed but does not come.
func TestFrameSizeTakesNoMemory(t *testing.T) {
	f, _ := start(t, tcp(), frontLimits)
	before := heap()
	for range 50 {
		p := meet(t, f, f.conn.ShellPort, zmq4.Dealer, "")
		p.write(longFrame(0, uint64(frontLimits.message)))
		p.write(make([]byte, 1000))
	}
	until(t, "50 peers to be connected", func() bool { return f.gates[Shell].joinedPeers() == 50 })
	alive(t, f)
	if grown := int64(heap()) - int64(before); grown > 64<<20 {
		t.Errorf("50 frames that did not come took %d MB", grown>>20)
	}
}

// A peer that is silent in its handshake blocks nobody and is closed in time.
func TestHalfOpen(t *testing.T) {
	l := frontLimits
	l.handshake = 200 * time.Millisecond
	f, log := start(t, tcp(), l)
	silent := []*rawPeer{dialRaw(t, f, f.conn.ShellPort), dialRaw(t, f, f.conn.IOPubPort)}
	greeted := dialRaw(t, f, f.conn.ShellPort)
	greeted.write(greeting[:])
	meet(t, f, f.conn.ShellPort, zmq4.Dealer, "").ask()
	for _, p := range append(silent, greeted) {
		p.closedByFront()
	}
	until(t, "a log line", func() bool { return log.has("no handshake") })
}

// When too many peers are silent in their handshake, the oldest goes.
func TestManyHalfOpen(t *testing.T) {
	l := frontLimits
	l.handshake, l.pending = patience, 10
	f, _ := start(t, tcp(), l)
	first := dialRaw(t, f, f.conn.ShellPort)
	for range l.pending + 5 {
		dialRaw(t, f, f.conn.ShellPort)
	}
	first.closedByFront()
	meet(t, f, f.conn.ShellPort, zmq4.Dealer, "").ask()
}

func TestManyConnections(t *testing.T) {
	l := frontLimits
	l.connections = 10
	f, log := start(t, tcp(), l)
	steady := meet(t, f, f.conn.ShellPort, zmq4.Dealer, "")
	steady.ask()
	until(t, "a refusal", func() bool {
		p := dialRaw(t, f, f.conn.ShellPort)
		p.Write(append(greeting[:], ready(zmq4.Dealer, "")...))
		return log.has("refused a connection")
	})
	steady.ask()
}

// PING is answered with its context by PONG, on every socket and also between
// requests, and zmq4, which would take it for a message, does not see it.
func TestPing(t *testing.T) {
	f, log := start(t, tcp(), frontLimits)
	for _, port := range []int{f.conn.ShellPort, f.conn.HBPort, f.conn.IOPubPort} {
		typ := zmq4.Dealer
		if port == f.conn.IOPubPort {
			typ = zmq4.Sub
		}
		p := meet(t, f, port, typ, "pinging")
		for range 20 {
			p.write(command("PING", []byte("\x00\x10context")))
		}
		p.write(command("SUBSCRIBE", []byte("x")))
		p.write(command("PONG", nil))
		for range 20 {
			got, isCommand, err := p.recv()
			if err != nil || !isCommand || string(got[0]) != "\x04PONGcontext" {
				t.Fatalf("got %q, %v", got, err)
			}
		}
		if port == f.conn.ShellPort {
			p.ask()
		}
	}
	if log.String() != "" {
		t.Errorf("the log is\n%v", log)
	}
	alive(t, f)
}

// A message that is cut off by the end of its connection is not delivered.
func TestCutOff(t *testing.T) {
	f, log := start(t, tcp(), frontLimits)
	whole := wire(New("kernel_info_request", "test", nil, nil).Encode(key))
	steady := meet(t, f, f.conn.ShellPort, zmq4.Dealer, "")
	for _, n := range []int{1, 2, 5, 11, 12, 50, len(whole) - 1} {
		p := meet(t, f, f.conn.ShellPort, zmq4.Dealer, "cut")
		p.write(whole[:n])
		until(t, "the peer to be connected", func() bool { return f.gates[Shell].has([]byte("cut")) })
		p.Close()
		until(t, "the peer to be gone", func() bool { return !f.gates[Shell].has([]byte("cut")) })
		steady.ask()
	}
	if log.String() != "" {
		t.Errorf("the log is\n%v", log)
	}
}

// What a subscriber sends besides subscriptions is dropped; zmq4 would queue
// ten such messages and then stop listening to anyone.
func TestTalkativeSubscriber(t *testing.T) {
	f, log := start(t, tcp(), frontLimits)
	p := meet(t, f, f.conn.IOPubPort, zmq4.Sub, "")
	for range 100 {
		p.send([]byte("hello"), []byte{1})
		p.send(nil)
		p.send([]byte{7})
	}
	p.send([]byte("\x01mine"))
	meetAndWait(t, f, p, "mine")
	if !log.has("no subscription") {
		t.Errorf("the log is\n%v", log)
	}
	greedy := meet(t, f, f.conn.IOPubPort, zmq4.Sub, "")
	topic := append([]byte{1}, make([]byte, 40<<10)...)
	greedy.send(topic)
	greedy.send(topic)
	greedy.closedByFront()
	alive(t, f)
}

// meetAndWait publishes until the subscriber gets something.
func meetAndWait(t testing.TB, f *Front, p *rawPeer, topic string) {
	t.Helper()
	got := make(chan error, 1)
	go func() {
		_, _, err := p.recv()
		got <- err
	}()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		f.Publish(state("starting", nil), topic)
		select {
		case err := <-got:
			if err != nil && err != io.EOF {
				t.Fatal(err)
			}
			return
		case <-tick.C:
		}
	}
}
