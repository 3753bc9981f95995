package proxy

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"threading101/kernel/jupyter"
)

// fakeGonb speaks the protocol as GoNB does, and says what a test tells it to.
type fakeGonb struct {
	front *jupyter.Front
	gone  chan struct{}
	once  sync.Once

	execute func(g *fakeGonb, m *jupyter.Message)
	seen    func(m *jupyter.Message)
	signals *atomic.Int32
	busy    atomic.Bool
}

func (g *fakeGonb) Interrupt()             { g.signals.Add(1) }
func (g *fakeGonb) Resume()                {}
func (g *fakeGonb) Kill()                  { g.once.Do(func() { g.front.Close(); close(g.gone) }) }
func (g *fakeGonb) Ended() <-chan struct{} { return g.gone }
func (g *fakeGonb) Descendants(bool)       {}
func (g *fakeGonb) Rests() bool            { return !g.busy.Load() }

func (g *fakeGonb) publish(parent *jupyter.Message, kind string, body any) {
	g.front.Publish(jupyter.New(kind, "gonb", parent, body), kind)
}

func (g *fakeGonb) status(parent *jupyter.Message, state string) {
	g.publish(parent, "status", map[string]any{"execution_state": state})
}

func (g *fakeGonb) reply(m *jupyter.Message, kind string, body any) {
	g.front.Send(jupyter.Shell, jupyter.New(kind, "gonb", m, body))
}

func (g *fakeGonb) serve() {
	for r := range g.front.Requests() {
		m := r.Message
		if g.seen != nil {
			g.seen(m)
		}
		switch m.Header.MsgType {
		case "kernel_info_request":
			g.status(m, "busy")
			g.reply(m, "kernel_info_reply", map[string]any{"status": "ok"})
			g.status(m, "idle")
		case "execute_request":
			g.execute(g, m)
		}
	}
}

// fakeKernel is a kernel in this process with such a GoNB behind it.
func fakeKernel(t *testing.T, launch func(file string) (process, error)) (*kernelProcess, *proxy) {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "pf")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	p := newProxy(Config{}, stop)
	conn := jupyter.NewConnection(dir)
	p.conn = conn
	if p.front, err = jupyter.Listen(context.Background(), conn, nil); err != nil {
		t.Fatal(err)
	}
	back := filepath.Join(dir, "back")
	os.Mkdir(back, 0o700)
	p.stage = &stage{dir: back, key: conn.Key, kernelID: "1", log: p.log, launch: launch, changed: make(chan struct{}), recall: p.recall}
	if err := p.stage.start(); err != nil {
		p.stage.giveUp(err)
	}
	close(p.staged)
	done := make(chan struct{})
	go func() { defer close(done); p.executeAll(ctx) }()
	go p.answerAll(ctx, nil)
	t.Cleanup(func() {
		stop()
		<-done
		p.closeStage()
		p.front.Close()
		os.RemoveAll(dir)
	})
	return &kernelProcess{t: t, conn: conn, ended: make(chan struct{})}, p
}

// gonbThat makes a launcher of GoNBs that execute cells in that way.
func gonbThat(execute func(g *fakeGonb, m *jupyter.Message), more ...func(*fakeGonb)) launcher {
	return func(file string) (process, error) {
		conn, err := jupyter.ReadConnection(file)
		if err != nil {
			return nil, err
		}
		g := &fakeGonb{execute: execute, gone: make(chan struct{}), signals: &atomic.Int32{}}
		for _, change := range more {
			change(g)
		}
		if g.front, err = jupyter.Listen(context.Background(), conn, nil); err != nil {
			return nil, err
		}
		go g.serve()
		return g, nil
	}
}

// TestWhatGonbSaysIsMadeOurs: its own status, input and error are replaced, the
// rest is passed on about the front end's request, in order, also what comes
// after the reply but before it is idle.
func TestWhatGonbSaysIsMadeOurs(t *testing.T) {
	got := make(chan executeRequest, 1)
	k, _ := fakeKernel(t, gonbThat(func(g *fakeGonb, m *jupyter.Message) {
		got <- jupyter.Content(m, executeRequest{})
		g.status(m, "busy")
		g.publish(m, "execute_input", map[string]any{"code": "x", "execution_count": 99})
		g.publish(m, "stream", map[string]any{"name": "stdout", "text": "a"})
		g.publish(m, "display_data", map[string]any{"data": map[string]any{"text/plain": "b"}, "metadata": map[string]any{}})
		g.publish(m, "error", map[string]any{"ename": "ERROR", "evalue": "no", "traceback": []string{"no"}})
		g.reply(m, "execute_reply", map[string]any{"status": "error", "ename": "ERROR", "evalue": "no", "traceback": []string{"no"}, "execution_count": 99})
		g.publish(m, "stream", map[string]any{"name": "stdout", "text": "c"})
		g.status(m, "idle")
	}))
	c := k.client()
	r := c.execute("!x")
	want := "status busy,execute_input,stream,display_data,stream,error,status idle"
	if got := strings.Join(r.kinds, ","); got != want {
		t.Errorf("published %s, want %s", got, want)
	}
	if r.stdout != "ac" || r.status() != "error" || r.reply["execution_count"] != 1.0 || len(r.counts) != 1 || r.counts[0] != 1 {
		t.Errorf("%+v", r)
	}
	if sent := <-got; *sent.Code != "!x" || !sent.Silent || sent.Store == nil || !*sent.Store {
		t.Errorf("GoNB got %+v", sent)
	}
}

// TestStrangeAnswersOfGonb: whatever GoNB sends, the cell gets one reply.
func TestStrangeAnswersOfGonb(t *testing.T) {
	bodies := []string{`{}`, `{"status":7}`, `{"status":"error"}`, `{"status":"error","evalue":3,"traceback":"x"}`, `{"status":"ok"}`}
	n := 0
	k, _ := fakeKernel(t, gonbThat(func(g *fakeGonb, m *jupyter.Message) {
		g.status(m, "busy")
		stranger := jupyter.New("execute_request", "other", nil, nil)
		g.publish(stranger, "stream", map[string]any{"name": "stdout", "text": "about nothing"})
		g.publish(nil, "stream", map[string]any{"name": "stdout", "text": "about nothing"})
		g.publish(m, "stream", map[string]any{})
		g.reply(stranger, "execute_reply", map[string]any{"status": "ok"})
		g.reply(m, "execute_reply", json.RawMessage(bodies[n]))
		g.reply(m, "execute_reply", map[string]any{"status": "ok"})
		g.status(stranger, "idle")
		g.status(m, "idle")
		g.status(m, "idle")
		n++
	}))
	c := k.client()
	for range bodies {
		if r := c.execute("!x"); r.stdout != "" || len(r.errors) > 1 {
			t.Errorf("%+v", r)
		}
	}
}

// TestExitStatusIsSaidOnce: GoNB prints the status of a program it ran and
// answers with it; a shell's status is only printed.
func TestExitStatusIsSaidOnce(t *testing.T) {
	var status atomic.Value
	status.Store("error")
	k, _ := fakeKernel(t, gonbThat(func(g *fakeGonb, m *jupyter.Message) {
		g.status(m, "busy")
		g.publish(m, "stream", map[string]any{"name": "stderr", "text": "exit status 3\n"})
		g.reply(m, "execute_reply", map[string]any{"status": status.Load(), "ename": "ERROR", "evalue": "exit status 3"})
		g.status(m, "idle")
	}))
	c := k.client()
	if r := c.execute("!x"); r.stderr != "" || len(r.errors) != 1 {
		t.Errorf("error: %+v", r)
	}
	status.Store("ok")
	if r := c.execute("!x"); r.stderr != "exit status 3\n" {
		t.Errorf("ok: %+v", r)
	}
}

// TestTextIsCoalesced: front ends take a thousand messages a second at most.
func TestTextIsCoalesced(t *testing.T) {
	const lines = 5000
	k, _ := fakeKernel(t, gonbThat(func(g *fakeGonb, m *jupyter.Message) {
		for range lines {
			g.publish(m, "stream", map[string]any{"name": "stdout", "text": "line\n"})
		}
		g.reply(m, "execute_reply", map[string]any{"status": "ok"})
		g.status(m, "idle")
	}))
	r := k.client().ok("!x")
	if r.stdout != strings.Repeat("line\n", lines) || len(r.kinds) > 500 {
		t.Errorf("%d bytes in %d messages", len(r.stdout), len(r.kinds))
	}
}

// TestNoGonb: without GoNB the kernel lives, answers, and says what is wrong.
func TestNoGonb(t *testing.T) {
	for name, launch := range map[string]launcher{
		"cannot be started": func(string) (process, error) { return nil, errors.New("no such file") },
		"ends at once": func(string) (process, error) {
			g := &fakeGonb{gone: make(chan struct{}), front: new(jupyter.Front)}
			close(g.gone)
			return deadGonb{g}, nil
		},
	} {
		k, _ := fakeKernel(t, launch)
		c := k.client()
		if r := c.execute("!x"); r.status() != "error" || !contains(r.errors[0]["evalue"].(string), "GoNB") {
			t.Errorf("%s: %+v", name, r)
		}
		c.ok("%t101")
	}
}

type deadGonb struct{ *fakeGonb }

func (deadGonb) Kill() {}

// TestInterruptBeforeGonbIsReady: nobody waits for a GoNB that does not come.
func TestInterruptBeforeGonbIsReady(t *testing.T) {
	k, _ := fakeKernel(t, gonbThat(nil, func(g *fakeGonb) {
		g.seen = func(*jupyter.Message) { <-g.gone }
	}))
	c := k.client()
	id := c.send("!x")
	c.until(id, "begun", func(r result) bool { return len(r.counts) > 0 })
	if r := c.interrupt(id); r.status() != "error" {
		t.Errorf("%+v", r)
	}
}

// TestOwnWordsNeedNoGonb: the cell does not get there.
func TestOwnWordsNeedNoGonb(t *testing.T) {
	k, _ := fakeKernel(t, gonbThat(func(g *fakeGonb, m *jupyter.Message) { t.Errorf("GoNB got %s", m.Content) }))
	c := k.client()
	if r := c.ok("%t101\n%picture off\n\n"); len(r.displays) != 1 {
		t.Errorf("%+v", r)
	}
	if r := c.execute("var x = 1\n%pcture off"); r.status() != "error" || !contains(r.errors[0]["evalue"].(string), "line 2") {
		t.Errorf("%+v", r)
	}
	if r := c.execute("func main() { ) }"); r.status() != "error" || r.errors[0]["ename"] != "SyntaxError" {
		t.Errorf("%+v", r)
	}
}

func TestMemoryIsGivenBackOnce(t *testing.T) {
	var mu sync.Mutex
	var codes []string
	var current *fakeGonb
	k, p := fakeKernel(t, gonbThat(func(g *fakeGonb, m *jupyter.Message) {
		mu.Lock()
		codes = append(codes, *jupyter.Content(m, executeRequest{}).Code)
		current = g
		mu.Unlock()
		g.publish(m, "stream", map[string]any{"name": "stdout", "text": "said by GoNB"})
		g.reply(m, "execute_reply", map[string]any{"status": "ok"})
		g.status(m, "idle")
	}))
	c := k.client()
	c.ok("func f() {}")
	c.ok("%env A=1\nvar v int")
	first := p.child()
	mu.Lock()
	dying := current
	mu.Unlock()
	dying.Kill()
	until(t, "another GoNB", func() bool { return p.child() != nil && p.child() != first })
	c.ok("!x")
	mu.Lock()
	defer mu.Unlock()
	if len(codes) != 5 || codes[2] != "%env A=1" || !contains(codes[3], "func f() {}") || !contains(codes[3], "v int") || codes[4] != "!x" {
		t.Errorf("%q", codes)
	}
}
