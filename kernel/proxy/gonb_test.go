package proxy

import (
	"strings"
	"testing"

	"threading101/kernel/jupyter"
)

func TestHelloWorld(t *testing.T) {
	c := startKernel(t).client()
	r := c.ok("func main() { fmt.Println(\"hello, world\") }")
	if r.stdout != "hello, world\n" || r.stderr != "" {
		t.Fatalf("stdout %q, stderr %q", r.stdout, r.stderr)
	}
	want := []string{"status busy", "execute_input", "stream", "status idle"}
	if got := strings.Join(r.kinds, ","); got != strings.Join(want, ",") {
		t.Errorf("published %s", got)
	}
}

func TestDeclarationsAreKeptAndReplaced(t *testing.T) {
	c := startKernel(t).client()
	c.ok("func greet() string { return \"one\" }\nvar who = \"you\"")
	if r := c.ok("%%\nfmt.Println(greet(), who)"); r.stdout != "one you\n" {
		t.Errorf("first: %q", r.stdout)
	}
	c.ok("func greet() string { return \"two\" }")
	if r := c.ok("%%\nfmt.Println(greet(), who)"); r.stdout != "two you\n" {
		t.Errorf("redefined: %q", r.stdout)
	}
}

func TestGonbCommands(t *testing.T) {
	c := startKernel(t).client()
	c.ok("func f() int { return 7 }\nfunc g() int { return 8 }")
	if r := c.ok("%list"); len(r.displays) == 0 {
		t.Errorf("%%list shows nothing: %+v", r)
	}
	if r := c.ok("%rm f"); !strings.Contains(r.stdout, "removed func f") {
		t.Errorf("%%rm: %q", r.stdout)
	}
	if r := c.execute("%%\nfmt.Println(f())"); r.status() != "error" {
		t.Errorf("a removed function is still there: %+v", r)
	}
	if r := c.ok("%%\nfmt.Println(g())"); r.stdout != "8\n" {
		t.Errorf("g: %q", r.stdout)
	}
	c.ok("%reset")
	if r := c.execute("%%\nfmt.Println(g())"); r.status() != "error" {
		t.Errorf("a function survived %%reset: %+v", r)
	}
	if r := c.ok("!echo out; echo err >&2"); r.stdout != "out\n" || r.stderr != "err\n" {
		t.Errorf("shell: %q %q", r.stdout, r.stderr)
	}
	if r := c.ok("%%bash\nfor i in 1 2 3; do echo $i; done"); r.stdout != "1\n2\n3\n" {
		t.Errorf("%%%%bash: %q", r.stdout)
	}
}

func TestCellsThatAreTests(t *testing.T) {
	c := startKernel(t).client()
	c.ok("func double(n int) int { return 2 * n }")
	r := c.ok("%test\nfunc TestDouble(t *testing.T) {\n\tif double(2) != 4 {\n\t\tt.Fatal(\"no\")\n\t}\n}")
	if !strings.Contains(r.stdout, "PASS: TestDouble") {
		t.Errorf("passing: %q", r.stdout)
	}
	r = c.execute("%test\nfunc TestHalf(t *testing.T) { t.Fatal(\"not a half\") }")
	if r.status() != "error" || !strings.Contains(r.stdout, "not a half") || len(r.errors) != 1 {
		t.Errorf("failing: %+v", r)
	}
	if r := c.ok("%%\nfmt.Println(double(4))"); r.stdout != "8\n" {
		t.Errorf("after a failing test: %+v", r)
	}
}

func TestCounts(t *testing.T) {
	c := startKernel(t).client()
	for i := 1; i <= 3; i++ {
		r := c.ok("var n = 1")
		for _, n := range append(r.counts, r.reply["execution_count"].(float64)) {
			if n != float64(i) {
				t.Errorf("execution %d: count %v", i, n)
			}
		}
	}
	if r := c.ok("", map[string]any{"store_history": false}); r.reply["execution_count"] != 3.0 {
		t.Errorf("not stored: %v", r.reply)
	}
	r := c.ok("%%\nfmt.Println(\"unheard\")", map[string]any{"silent": true})
	if r.stdout != "" || strings.Join(r.kinds, ",") != "status busy,status idle" || r.reply["execution_count"] != 3.0 {
		t.Errorf("silent: %+v", r)
	}
}

func TestMissingFields(t *testing.T) {
	c := startKernel(t).client()
	id := c.ask(jupyter.Shell, "execute_request", map[string]any{"code": "%%\nfmt.Println(1)"})
	if r := c.await(id); r.status() != "ok" || r.stdout != "1\n" {
		t.Errorf("code only: %+v", r)
	}
	for _, body := range []map[string]any{{}, {"code": 7}, {"code": nil, "silent": "yes"}} {
		if r := c.await(c.ask(jupyter.Shell, "execute_request", body)); r.status() != "error" {
			t.Errorf("%v: %+v", body, r)
		}
	}
	c.ok("%%\nfmt.Println(2)")
}

func TestErrorStopsTheQueue(t *testing.T) {
	c := startKernel(t).client()
	c.ok("var x = 1")
	ids := []string{c.send("%%\npanic(\"no\")"), c.send("%%\nfmt.Println(1)"), c.send("%%\nfmt.Println(2)")}
	got := c.awaitAll(ids)
	for i, want := range []string{"error", "aborted", "aborted"} {
		if got[i].status() != want {
			t.Errorf("cell %d: %v, want %s", i, got[i].reply, want)
		}
	}
	if len(got[0].errors) != 1 {
		t.Errorf("%d errors for one failure", len(got[0].errors))
	}
	ids = []string{c.send("%%\npanic(\"no\")", map[string]any{"stop_on_error": false}), c.send("%%\nfmt.Println(3)")}
	got = c.awaitAll(ids)
	if got[0].status() != "error" || got[1].status() != "ok" || got[1].stdout != "3\n" {
		t.Errorf("stop_on_error false: %v then %v", got[0].reply, got[1].reply)
	}
}

func TestTwoClients(t *testing.T) {
	k := startKernel(t)
	a, b := k.client(), k.client()
	a.ok("func shared() string { return \"shared\" }")
	ida, idb := a.send("%%\nfmt.Println(shared(), \"a\")"), b.send("%%\nfmt.Println(shared(), \"b\")")
	if r := a.await(ida); r.stdout != "shared a\n" {
		t.Errorf("a: %+v", r)
	}
	if r := b.await(idb); r.stdout != "shared b\n" {
		t.Errorf("b: %+v", r)
	}
}
