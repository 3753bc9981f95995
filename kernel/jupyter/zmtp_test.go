package jupyter

import (
	"bytes"
	"net"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// However zmq4 cuts what it writes, the splitter finds the same messages, and
// what belongs to the handshake is not among them.
func TestSplitter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SampledFrom([]int{0, 1, 2, 254, 255, 256, 257, 3000})
		frame := rapid.Map(size, func(n int) []byte { return bytes.Repeat([]byte{byte(n)}, n) })
		messages := rapid.SliceOfN(rapid.SliceOfN(frame, 1, 4), 0, 5).Draw(t, "messages")
		stream := append(greeting[:], ready(zmq4.Pub, "id")...)
		var want, got [][]byte
		for _, m := range messages {
			want = append(want, wire(m))
			stream = append(stream, wire(m)...)
		}
		s := newSplitter(func(m []byte) error { got = append(got, m); return nil })
		cuts := rapid.SliceOfN(rapid.IntRange(1, 5000), 1, 5).Draw(t, "cuts")
		for i := 0; len(stream) > 0; i++ {
			n := min(cuts[i%len(cuts)], len(stream))
			s.write(stream[:n])
			stream = stream[n:]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

// shakeWith does the handshake of a ROUTER with a peer that says that much.
func shakeWith(said []byte) (peer, error) {
	return shake(mute{}, reader(said), zmq4.Router, "", time.Second)
}

// mute is a connection to nobody.
type mute struct{ net.Conn }

func (mute) Write(p []byte) (int, error) { return len(p), nil }
func (mute) SetDeadline(time.Time) error { return nil }

func TestReadyRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := string(rapid.SliceOfN(rapid.Byte(), 0, 255).Draw(t, "id"))
		got, err := shakeWith(append(greeting[:], ready(zmq4.Dealer, id)...))
		if want := (peer{zmq4.Dealer, id}); err != nil || got != want {
			t.Fatalf("got %v, %v", got, err)
		}
	})
}

// FuzzPeer: whatever follows a greeting, reading it neither panics nor hands
// anything on that is not made of whole frames.
func FuzzPeer(f *testing.F) {
	f.Add(ready(zmq4.Dealer, "id"), wire([][]byte{{}, []byte("x")}))
	f.Add(ready(zmq4.Dealer, ""), command("PING", []byte("\x00\x00abc")))
	f.Add(command("READY", []byte("\x0bsOCKET-tYPE\x00\x00\x00\x03SUB")), []byte{0, 1, 1})
	f.Add(longFrame(flagCommand, 1<<62), longFrame(0, 1<<62))
	l := frontLimits
	l.message = 1 << 16
	f.Fuzz(func(t *testing.T, hello, rest []byte) {
		shakeWith(append(greeting[:], hello...))
		for _, typ := range []zmq4.SocketType{zmq4.Router, zmq4.Pub} {
			c := &conn{gate: &gate{typ: typ, limits: l, logf: t.Logf}, in: reader(rest), out: newOutbox(l)}
			for {
				message, err := c.next()
				if err != nil {
					break
				}
				if message == nil {
					continue
				}
				again := &rawPeer{in: reader(message)}
				if _, isCommand, err := again.recv(); err != nil || isCommand {
					t.Fatalf("%q was handed on: %v", message, err)
				}
			}
		}
	})
}
