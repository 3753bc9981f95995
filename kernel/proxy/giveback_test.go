package proxy

import (
	"os"
	"runtime"
	"testing"
	"time"

	"threading101/kernel/jupyter"
)

// TestMemoryIsGivenBack: after a cell that took much, what it took is the machine's again,
// long before Go would collect the garbage of a process that does nothing.
func TestMemoryIsGivenBack(t *testing.T) {
	const huge = 256 << 20
	k, _ := fakeKernel(t, gonbThat(func(g *fakeGonb, m *jupyter.Message) {
		g.status(m, "busy")
		garbage := make([]byte, huge)
		for i := 0; i < len(garbage); i += os.Getpagesize() { // a page is taken once it is written to
			garbage[i] = 1
		}
		runtime.KeepAlive(garbage)
		g.reply(m, "execute_reply", map[string]any{"status": "ok"})
		g.status(m, "idle")
	}))
	before := held()
	if r := k.client().execute("!huge"); r.status() != "ok" {
		t.Fatalf("%+v", r)
	}
	most := held() - before
	deadline := time.Now().Add(20 * time.Second)
	for held()-before > huge/4 {
		if time.Now().After(deadline) {
			t.Fatalf("%d MB are kept of %d", (held()-before)>>20, most>>20)
		}
		time.Sleep(10 * time.Millisecond)
	}
}
