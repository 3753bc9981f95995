package proxy

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"threading101/kernel/jupyter"
)

// interrupt asks for an interrupt, and waits for its reply and for that of the
// cell.
func (c *client) interrupt(cell string) result {
	c.t.Helper()
	start := time.Now()
	r := c.until(c.ask(jupyter.Control, "interrupt_request", map[string]any{}), "interrupted", func(r result) bool { return r.reply != nil })
	if r.channel != jupyter.Control || r.kind != "interrupt_reply" || time.Since(start) > 2*time.Second {
		c.t.Errorf("%s on %v after %v", r.kind, r.channel, time.Since(start))
	}
	return c.await(cell)
}

func TestInterruptOfAProgram(t *testing.T) {
	c := startKernel(t).client()
	id := c.send("%%\nfmt.Println(\"looping\")\nfor {\n}")
	c.awaitText(id, "looping")
	queued := c.send("%%\nfmt.Println(1)")
	if r := c.interrupt(id); r.status() != "error" {
		t.Errorf("%+v", r)
	}
	if r := c.await(queued); r.status() != "aborted" {
		t.Errorf("what was queued: %+v", r.reply)
	}
	if r := c.ok("%%\nfmt.Println(2)"); r.stdout != "2\n" {
		t.Errorf("after the interrupt: %+v", r)
	}
}

func TestInterruptOfAShell(t *testing.T) {
	c := startKernel(t).client()
	for _, code := range []string{"!echo waiting; sleep 1000; echo after", "!trap '' INT; echo waiting; while true; do sleep 1; done"} {
		id := c.send(code)
		c.awaitText(id, "waiting")
		if r := c.interrupt(id); r.status() != "error" {
			t.Errorf("%q: %+v", code, r)
		}
		if r := c.ok("%%\nfmt.Println(2)"); r.stdout != "2\n" {
			t.Errorf("after the interrupt: %+v", r)
		}
	}
}

func TestInterruptOfNothing(t *testing.T) {
	c := startKernel(t).client()
	c.ok("var x = 1")
	c.await(c.ask(jupyter.Control, "interrupt_request", map[string]any{}))
	c.ok("%%\nfmt.Println(x)")
}

func TestGonbIsKilled(t *testing.T) {
	k := startKernel(t)
	c := k.client()
	c.ok("func kept() string { return \"kept\" }\nconst answer = 42\ntype pair struct{ a, b int }\nvar list = []int{1, 2}")
	c.ok("%env COLOUR=green")
	for range 2 {
		id := c.send("%%\nfmt.Println(\"looping\")\nfor {\n}")
		c.awaitText(id, "looping")
		for _, pid := range k.processes("-raw_error") {
			syscall.Kill(pid, syscall.SIGKILL)
		}
		if r := c.await(id); r.status() != "error" || !strings.Contains(r.errors[0]["evalue"].(string), "GoNB") {
			t.Fatalf("the running cell: %+v", r)
		}
		start := time.Now()
		r := c.ok("%%\nfmt.Println(kept(), answer, pair{1, 2}, list, os.Getenv(\"COLOUR\"))")
		if r.stdout != "kept 42 {1 2} [1 2] green\n" {
			t.Fatalf("afterwards: %+v", r)
		}
		t.Logf("next cell answered after %v", time.Since(start))
	}
}

func TestGonbIsKilledWhileIdle(t *testing.T) {
	k := startKernel(t)
	c := k.client()
	c.ok("func kept() string { return \"kept\" }")
	for _, pid := range k.processes("-raw_error") {
		syscall.Kill(pid, syscall.SIGKILL)
	}
	if r := c.ok("%%\nfmt.Println(kept())"); r.stdout != "kept\n" {
		t.Fatalf("afterwards: %+v", r)
	}
}

// TestGonbIsStopped: an interrupt ends a cell whose GoNB somebody has stopped, and the next
// cell finds it going on.
func TestGonbIsStopped(t *testing.T) {
	k := startKernel(t)
	c := k.client()
	id := c.send("%%\nfmt.Println(\"looping\")\nfor {\n}")
	c.awaitText(id, "looping")
	for _, pid := range k.processes("-raw_error") {
		syscall.Kill(pid, syscall.SIGSTOP)
	}
	if r := c.interrupt(id); r.status() != "error" {
		t.Errorf("%+v", r)
	}
	if r := c.ok("//line x.go:7\nfunc main() {\n\tfmt.Println(2)\n}"); r.stdout != "2\n" {
		t.Errorf("afterwards, with places of its own: %+v", r)
	}
}

func TestShutdown(t *testing.T) {
	for _, ch := range []jupyter.Channel{jupyter.Control, jupyter.Shell} {
		k := startKernel(t)
		c := k.client()
		c.ok("!setsid sleep 1000 >/dev/null 2>&1 &")
		c.send("%%\nfmt.Println(\"looping\")\nfor {\n}")
		until(t, "a program", func() bool { return len(k.processes("gonb_")) > 1 || len(k.processes(".bin")) > 0 })
		id := c.ask(ch, "shutdown_request", map[string]any{"restart": true})
		for m := range c.back.Replies() {
			if parentID(m.Message) == id {
				if body := object(m.Message); m.Channel != ch || body["restart"] != true || body["status"] != "ok" {
					t.Errorf("%v: %v", m.Channel, body)
				}
			}
		}
		select {
		case <-k.ended:
		case <-time.After(patience):
			t.Fatal("the kernel does not end")
		}
		if !k.cmd.ProcessState.Success() {
			t.Errorf("ended with %v: %s", k.cmd.ProcessState, k.stderr.String())
		}
		k.awaitNothingLeft()
	}
}

func TestKernelIsKilled(t *testing.T) {
	k := startKernel(t)
	c := k.client()
	c.ok("!setsid sleep 1000 >/dev/null 2>&1 &")
	id := c.send("%%\nfmt.Println(\"looping\")\nfor {\n}")
	c.awaitText(id, "looping")
	k.cmd.Process.Kill()
	<-k.ended
	k.awaitNothingLeft()
}

func TestTerminated(t *testing.T) {
	k := startKernel(t)
	k.client().ok("var x = 1")
	k.cmd.Process.Signal(syscall.SIGTERM)
	<-k.ended
	k.awaitNothingLeft()
}

// TestInterruptOfABuild: a build that does not end is ended, with all that it
// started, and nothing is remembered of its cell.
func TestInterruptOfABuild(t *testing.T) {
	k := startKernel(t)
	c := k.client()
	c.ok("var before = 1")
	slow := filepath.Join(k.temp, "slow")
	if err := os.WriteFile(slow, []byte("#!/bin/sh\ncase \"$*\" in *-V=full*) exec \"$@\";; esac\nsleep 1234\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	c.ok("%goflags -toolexec=" + slow)
	id := c.send("var after = 2\nfunc main() { fmt.Println(before) }")
	until(t, "the build", func() bool { return len(k.processes("sleep 1234")) > 0 })
	start := time.Now()
	if r := c.interrupt(id); r.status() != "error" || r.errors[0]["ename"] != "Interrupted" {
		t.Errorf("%+v", r)
	}
	t.Logf("ended after %v", time.Since(start))
	until(t, "the end of what the build started", func() bool { return len(k.processes("sleep 1234")) == 0 })
	c.ok("%goflags \"\"")
	if r := c.ok("func main() { fmt.Println(before) }"); r.stdout != "1\n" {
		t.Errorf("afterwards: %+v", r)
	}
	if r := c.execute("func main() { fmt.Println(after) }"); r.status() != "error" {
		t.Errorf("remembered: %+v", r)
	}
}

// TestTwoKernels: the end of one is not the other's.
func TestTwoKernels(t *testing.T) {
	a, b := startKernel(t), startKernel(t)
	ca, cb := a.client(), b.client()
	ca.ok("var who = \"a\"")
	cb.ok("var who = \"b\"")
	id := cb.send("%%\nfmt.Println(\"looping\")\nfor {\n}")
	cb.awaitText(id, "looping")
	a.cmd.Process.Kill()
	<-a.ended
	a.awaitNothingLeft()
	cb.interrupt(id)
	if r := cb.ok("%%\nfmt.Println(who)"); r.stdout != "b\n" {
		t.Errorf("%+v", r)
	}
}
