package proxy

import (
	"strings"
	"testing"
	"time"

	"threading101/kernel/jupyter"
)

const adder = `%%
var a, b int
fmt.Scan(&a)
fmt.Println("one")
fmt.Scan(&b)
fmt.Println(a + b)`

func TestStdinIsAsked(t *testing.T) {
	c := startKernel(t).client()
	n := 0
	c.answer = func() string { n++; return []string{"19", "23"}[(n-1)%2] }
	r := c.ok(adder, map[string]any{"allow_stdin": true})
	if r.stdout != "one\n42\n" || len(c.questions) != 2 {
		t.Errorf("%q after %d questions", r.stdout, len(c.questions))
	}
}

func TestStdinEndsWhereNobodyCanBeAsked(t *testing.T) {
	c := startKernel(t).client()
	r := c.ok(adder)
	if r.stdout != "one\n0\n" || !strings.Contains(r.stderr, "standard input") || len(c.questions) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestInterruptWhileAsked(t *testing.T) {
	c := startKernel(t).client()
	id := c.send(adder, map[string]any{"allow_stdin": true})
	c.until(id, "asked", func(result) bool { return len(c.questions) > 0 })
	if r := c.interrupt(id); r.status() != "error" {
		t.Errorf("%+v", r)
	}
	if r := c.ok("%%\nfmt.Println(2)"); r.stdout != "2\n" {
		t.Errorf("afterwards: %+v", r)
	}
}

func TestGonbsOwnQuestions(t *testing.T) {
	c := startKernel(t).client()
	c.answer = func() string { return "blue" }
	r := c.ok("%with_inputs\n!read colour; echo \"it is $colour\"", map[string]any{"allow_stdin": true})
	if !strings.Contains(r.stdout, "it is blue") {
		t.Errorf("%+v", r)
	}
	if r := c.execute("%with_inputs\n!read colour"); r.status() != "error" {
		t.Errorf("without stdin: %+v", r)
	}
}

// TestGonbGetsAnAnswerWhenItRests: GoNB dropped an answer that came before it had noted
// who was to get it, which it does behind the question, and the cell never ended.
func TestGonbGetsAnAnswerWhenItRests(t *testing.T) {
	k, _ := fakeKernel(t, gonbThat(func(g *fakeGonb, m *jupyter.Message) {
		g.status(m, "busy")
		g.busy.Store(true)
		g.front.Send(jupyter.Stdin, jupyter.New("input_request", "gonb", m, map[string]any{"prompt": " ", "password": false}))
		early := ""
		select {
		case <-g.front.Requests():
			early = "too early"
		case <-time.After(100 * time.Millisecond): // nothing came
		}
		g.busy.Store(false)
		if early == "" {
			<-g.front.Requests()
		}
		g.publish(m, "stream", map[string]any{"name": "stdout", "text": early})
		g.reply(m, "execute_reply", map[string]any{"status": "ok", "execution_count": 1})
		g.status(m, "idle")
	}))
	c := k.client()
	c.answer = func() string { return "blue" }
	if r := c.ok("%with_inputs\n!read colour", map[string]any{"allow_stdin": true}); r.stdout != "" || len(c.questions) != 1 {
		t.Errorf("%q after %d questions", r.stdout, len(c.questions))
	}
}
