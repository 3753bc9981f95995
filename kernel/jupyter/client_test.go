package jupyter

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
)

// pretend runs a kernel whose code is a script of the test's.
func pretend(t *testing.T, execute func(f *Front, m *Message) map[string]any) *Front {
	t.Helper()
	f, _ := startServing(t, ipc(t), frontLimits, func(f *Front) {
		for r := range f.Requests() {
			m := r.Message
			if m.Header.MsgType != "execute_request" {
				f.Publish(state("idle", m), "")
				f.Send(r.Channel, New(replyType(m), "kernel", m, m.Content))
				continue
			}
			f.Publish(state("busy", m), "")
			f.Send(r.Channel, New("execute_reply", "kernel", m, execute(f, m)))
			f.Publish(state("idle", m), "")
		}
	})
	return f
}

func connect(t *testing.T, f *Front) *Client {
	t.Helper()
	c, err := Connect(within(t), f.Connection(), t.Logf)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func TestExecute(t *testing.T) {
	f := pretend(t, func(f *Front, m *Message) map[string]any {
		for range 3 {
			f.Publish(New("stream", "kernel", m, map[string]any{"name": "stdout", "text": "hi\n"}), "")
			f.Publish(New("stream", "kernel", nil, map[string]any{"name": "stdout", "text": "not yours\n"}), "")
		}
		return map[string]any{"status": "error", "execution_count": 7, "ename": "panic", "evalue": "boom", "traceback": []string{"a", "b"}}
	})
	var seen []string
	r, err := connect(t, f).Execute(within(t), Execute{Code: "x", OnPublished: func(m *Message) {
		seen = append(seen, m.Header.MsgType)
	}})
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != "error" || r.Count != 7 || r.EName != "panic" || r.EValue != "boom" || len(r.Traceback) != 2 || len(r.Published) != 3 {
		t.Errorf("got %+v", r)
	}
	if got := strings.Join(seen, " "); got != "status stream stream stream status" {
		t.Errorf("published: %s", got)
	}
}

func TestExecuteInput(t *testing.T) {
	f := pretend(t, func(f *Front, m *Message) map[string]any {
		// The client's own end of the socket is ready before ours.
		question := New("input_request", "kernel", m, map[string]any{"prompt": "name? ", "password": true})
		until(t, "the client's stdin to be connected", func() bool { return f.Send(Stdin, question) == nil })
		r, open := <-f.Requests()
		if !open { // the last of these gets no answer
			return nil
		}
		return map[string]any{"status": "ok", "got": string(r.Message.Content)}
	})
	c := connect(t, f)
	r, err := c.Execute(within(t), Execute{OnInputRequest: func(prompt string, password bool) (string, error) {
		if prompt != "name? " || !password {
			t.Errorf("asked %q, %v", prompt, password)
		}
		return "Ada", nil
	}})
	if err != nil || !strings.Contains(string(r.Reply.Content), `Ada`) {
		t.Fatalf("got %+v, %v", r, err)
	}
	wrong := errors.New("no")
	_, err = c.Execute(within(t), Execute{OnInputRequest: func(string, bool) (string, error) { return "", wrong }})
	if !errors.Is(err, wrong) {
		t.Errorf("got %v", err)
	}
	c.back.Send(Stdin, New("input_reply", "s", nil, nil)) // let the pretended kernel go on
}

// While code runs another goroutine interrupts it.
func TestInterrupt(t *testing.T) {
	started := make(chan struct{})
	f := pretend(t, func(f *Front, m *Message) map[string]any {
		close(started)
		r := <-f.Requests()
		f.Publish(state("idle", r.Message), "")
		f.Send(r.Channel, New(replyType(r.Message), "kernel", r.Message, nil))
		return map[string]any{"status": "error", "ename": r.Message.Header.MsgType}
	})
	c := connect(t, f)
	go func() {
		<-started
		if err := c.Interrupt(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	if r, err := c.Execute(within(t), Execute{}); err != nil || r.EName != "interrupt_request" {
		t.Fatalf("got %+v, %v", r, err)
	}
	if err := c.Shutdown(within(t), false); err != nil {
		t.Error(err)
	}
}

// A kernel that ends in the middle of a cell is an error, not a wait, and
// what it said before is there.
func TestKernelEnds(t *testing.T) {
	f := pretend(t, func(f *Front, m *Message) map[string]any {
		f.Publish(New("stream", "kernel", m, nil), "")
		go f.Close()
		<-f.closing
		return nil
	})
	c := connect(t, f)
	r, err := c.Execute(within(t), Execute{})
	if !errors.Is(err, ErrClosed) || len(r.Published) != 1 {
		t.Fatalf("got %+v, %v", r, err)
	}
	<-c.Done()
	if _, err := c.Execute(within(t), Execute{}); !errors.Is(err, ErrClosed) {
		t.Errorf("the next: got %v", err)
	}
}

func TestExecuteDeadline(t *testing.T) {
	stop := make(chan struct{})
	f := pretend(t, func(*Front, *Message) map[string]any { <-stop; return nil })
	t.Cleanup(func() { close(stop) })
	c := connect(t, f)
	ctx, cancel := context.WithCancel(context.Background())
	_, err := c.Execute(ctx, Execute{OnPublished: func(*Message) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Dial waits for a kernel that is not there yet, also where somebody else listens
// before it; and it does not wait for ever.
func TestDialWaits(t *testing.T) {
	c := ipc(t)
	ctx, cancel := context.WithCancel(context.Background())
	failed := make(chan error)
	go func() {
		_, err := Dial(ctx, c, nil)
		failed <- err
	}()
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	connected := make(chan error)
	go func() {
		b, err := Connect(within(t), c, nil)
		if err == nil {
			b.Close()
		}
		connected <- err
	}()
	network, address := c.address(c.ShellPort)
	early, err := net.Listen(network, address)
	if err != nil {
		t.Fatal(err)
	}
	hasty, err := early.Accept()
	if err != nil {
		t.Fatal(err)
	}
	hasty.Close() // this attempt has failed
	early.Close()
	start(t, c, frontLimits)
	if err := <-connected; err != nil {
		t.Error(err)
	}
}

// Our child may send more in one message than a stranger.
func TestLargeFromKernel(t *testing.T) {
	size := frontLimits.message + 1<<20
	f := pretend(t, func(f *Front, m *Message) map[string]any {
		p := New("display_data", "kernel", m, nil)
		p.Buffers = [][]byte{make([]byte, size)}
		f.Publish(p, "")
		return nil
	})
	r, err := connect(t, f).Execute(within(t), Execute{})
	if err != nil || len(r.Published) != 1 || len(r.Published[0].Buffers[0]) != size {
		t.Fatalf("got %v", err)
	}
}
