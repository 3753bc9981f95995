package jupyter

import (
	"context"
	"testing"
	"time"
)

func within(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// serve answers every request with a reply between busy and idle.
func serve(f *Front) {
	for r := range f.Requests() {
		m := r.Message
		f.Publish(New("status", "kernel", m, map[string]any{"execution_state": "busy"}), "")
		f.Send(r.Channel, New(replyType(m.Header.MsgType), "kernel", m, m.Content))
		f.Publish(New("status", "kernel", m, map[string]any{"execution_state": "idle"}), "")
	}
}

func replyType(request string) string { return request[:len(request)-len("request")] + "reply" }

func local() *Connection {
	return &Connection{Transport: "tcp", IP: "127.0.0.1", Key: "secret", SignatureScheme: scheme}
}

func TestFirst(t *testing.T) {
	f, err := Listen(within(t), local(), t.Logf)
	if err != nil {
		t.Fatal(err)
	}
	go serve(f)
	b, err := Dial(within(t), f.Connection(), t.Logf)
	if err != nil {
		t.Fatal(err)
	}
	info, err := b.Ready(within(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Log(info.Header)
	b.Close()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
