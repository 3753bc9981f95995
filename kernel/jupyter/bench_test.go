package jupyter

import (
	"testing"

	"github.com/go-zeromq/zmq4"
)

// One request and its reply, through a Front and a Back.
func BenchmarkRoundTrip(b *testing.B) {
	for name, c := range map[string]*Connection{"tcp": tcp(), "ipc": ipc(b)} {
		b.Run(name, func(b *testing.B) {
			f, _ := startQuiet(b, c, frontLimits)
			back, err := Dial(within(b), f.Connection(), nil)
			if err != nil {
				b.Fatal(err)
			}
			defer back.Close()
			for b.Loop() {
				back.Send(Shell, New("x_request", "s", nil, nil))
				<-back.Replies()
			}
		})
	}
}

// One published message of 1 KB, to two subscribers who read.
func BenchmarkPublish(b *testing.B) {
	f, _ := startQuiet(b, tcp(), frontLimits)
	for range 2 {
		p := subscribe(b, f)
		go func() {
			for {
				if _, _, err := p.recv(); err != nil {
					return
				}
			}
		}()
	}
	f.awaitSubscribers(b, 2)
	m := numbered(0, 1000)
	b.SetBytes(1000)
	for b.Loop() {
		f.Publish(m, "stream")
	}
}

func BenchmarkDecode(b *testing.B) {
	frames := New("execute_request", "s", nil, map[string]any{"code": "fmt.Println(1)"}).Encode(key)
	for b.Loop() {
		if _, err := Decode(frames, key); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHandshake(b *testing.B) {
	f, _ := startQuiet(b, tcp(), frontLimits)
	for b.Loop() {
		meet(b, f, f.conn.ShellPort, zmq4.Dealer, "").Close()
	}
}
