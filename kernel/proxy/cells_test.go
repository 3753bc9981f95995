//go:build !race

package proxy

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threading101/kernel/jupyter"
)

// TestAgain: a cell that is run once more, with nothing changed, needs neither
// a build nor GoNB, and nobody can tell but by the clock.
func TestAgain(t *testing.T) {
	q := quickKernel(t)
	q.expect(whole, cellGreet, "")
	first := q.expect(whole, cellMain, "one\n")
	second := q.expect(short, cellMain, "one\n")
	if a, b := strings.Join(first.lasting(), ","), strings.Join(second.lasting(), ","); a != b {
		t.Errorf("published\n%s, then\n%s", a, b)
	}
	if n := second.reply["execution_count"]; n != 3.0 || len(second.counts) != 1 || second.counts[0] != 3 {
		t.Errorf("counted %v, %v", n, second.counts)
	}
	if text := fmt.Sprint(second.displays[0]["data"]); !contains(text, "[cell:3 ") || !contains(text, "main:3") || contains(text, "cell 3") {
		t.Errorf("the data are to have cell 3, and the picture the declaration: %s", text)
	}
	q.expect(short, "\n\n"+cellMain+"\n", "one\n")
	q.expect(short, "%picture on\n"+cellMain, "one\n")
	q.expect(whole, "%%\nfmt.Println(1)", "1\n")
	q.expect(short, cellMain, "one\n")
	q.expect(short, "%%\nfmt.Println(1)", "1\n")
	q.expect(short, cellGreet, "")
	q.expect(short, cellMain, "one\n")
}

// TestAgainAndErrors: a program that fails, fails again, with the same words at
// the same line, and the queue behind it is aborted.
func TestAgainAndErrors(t *testing.T) {
	q := quickKernel(t)
	const broken = "func main() {\n\tvar m map[int]int\n\tm[1] = 2\n}"
	for i, want := range []string{"cell 1, line 3", "cell 2, line 3", "cell 3, line 3"} {
		before := q.times()
		r := q.execute(broken)
		if r.status() != "error" || len(r.errors) != 1 || !contains(fmt.Sprint(r.errors[0]["evalue"]), want) {
			t.Errorf("run %d: %v, want %s", i, r.errors, want)
		}
		if (q.times() > before) != (i > 0) {
			t.Errorf("run %d: short way: %v", i, q.times() > before)
		}
	}
	got := q.awaitAll([]string{q.send(broken), q.send("%%\nfmt.Println(1)")})
	if got[0].status() != "error" || got[1].status() != "aborted" {
		t.Errorf("%v, %v", got[0].reply, got[1].reply)
	}
	const loops = "func main() {\n\tfmt.Println(\"begun\")\n\ttime.Sleep(time.Hour)\n}"
	for range 2 {
		id := q.send(loops, map[string]any{"allow_stdin": false})
		q.awaitText(id, "begun")
		if r := q.interrupt(id); r.status() != "error" || r.reply["ename"] != "Interrupted" {
			t.Errorf("%v", r.reply)
		}
	}
	q.expect(whole, "%%\nfmt.Println(2)", "2\n")
}

// TestAgainIsNoDifferent: the same notebook with and without the short way
// shows the same.
func TestAgainIsNoDifferent(t *testing.T) {
	q := quickKernel(t)
	t.Setenv("PROXY_TEST_ALWAYS", "1")
	always := startKernel(t).client()
	for i, code := range notebook {
		a, b := shown(q.execute(code)), shown(always.execute(code))
		if a != b {
			t.Errorf("cell %d: %q\nshort way: %s\nordinary:  %s", i+1, code, a, b)
		}
	}
	if n := q.times(); n < 15 {
		t.Errorf("only %d cells took the short way", n)
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
	r = c.execute("%test\nfunc TestNope(t *testing.T) {\n\tnope()\n}")
	if want := "line 3: undefined: nope"; r.status() != "error" || !strings.Contains(fmt.Sprint(r.reply["evalue"]), want) {
		t.Errorf("one that does not compile: %v, want %s", r.reply["evalue"], want)
	}
	if r := c.ok("%%\nfmt.Println(double(4))"); r.stdout != "8\n" {
		t.Errorf("after a failing test: %+v", r)
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

// TestReplayedPicture: the picture that a token gives is the one it came from, in
// another kernel, too. Only the cell's number is another.
func TestReplayedPicture(t *testing.T) {
	a, b := startKernel(t).client(), startKernel(t).client()
	first := a.ok("\n" + cellTwo)
	_, want := first.picture(t)
	b.ok("var unused = 1")
	for name, c := range map[string]*client{"the same kernel": a, "another kernel": b} {
		r := c.ok("%replay " + first.token(t) + "\n" + cellTwo)
		_, got := r.picture(t)
		if d := cmp.Diff(strings.Split(anyCell(want), "<"), strings.Split(anyCell(got), "<")); d != "" {
			t.Errorf("%s draws another picture:\n%s", name, d)
		}
		r = c.ok("%replay " + first.token(t) + "\n" + strings.ReplaceAll(cellTwo, "{\n", "{ // as it was\n"))
		if r.stdout != first.stdout || r.token(t) != first.token(t) {
			t.Errorf("%s ran %q %s, not %q %s", name, r.stdout, r.token(t), first.stdout, first.token(t))
		}
	}
}

// TestClock: free, a sleep promises no order. Alone in a cell it holds from then on.
func TestClock(t *testing.T) {
	c := startKernel(t).client()
	const cell = "func main() {\n\tvar wg sync.WaitGroup\n\tfor i := range 4 {\n\t\twg.Go(func() {\n\t\t\ttime.Sleep(time.Duration(i) * time.Hour)\n\t\t\tfmt.Print(i)\n\t\t})\n\t}\n\twg.Wait()\n}"
	outputs := func(head, clock string) map[string]bool {
		seen := map[string]bool{}
		for range 8 {
			r := c.ok(head + cell)
			if data, _ := r.picture(t); data.Clock != clock {
				t.Errorf("%q: the clock is %s, want %s", head, data.Clock, clock)
			}
			seen[r.stdout] = true
		}
		return seen
	}
	if seen := outputs("", "virtual"); len(seen) != 1 || !seen["0123"] {
		t.Errorf("virtual: %v", seen)
	}
	if seen := outputs("%clock free\n", "free"); len(seen) < 3 {
		t.Errorf("free: %v", seen)
	}
	outputs("", "virtual")
	c.ok("%clock free")
	outputs("", "free")
	outputs("%clock virtual\n", "virtual")
	r := c.ok(cell)
	c.ok("%clock virtual")
	if got := c.ok("%replay " + r.token(t) + "\n" + cell); got.stdout != r.stdout {
		t.Errorf("a token keeps its clock: %q, want %q", got.stdout, r.stdout)
	}
}

// TestEndsUnderControl: what ends a program is told at its cell and line, as ever;
// what would never end, ends.
func TestEndsUnderControl(t *testing.T) {
	c := startKernel(t).client()
	for _, e := range []struct{ name, code, ename, at string }{
		{"deadlock", "func main() {\n\tvar mu sync.Mutex\n\tgo func() {}()\n\tmu.Lock()\n\tmu.Lock()\n}", "Deadlock", "line 5"},
		{"deadlock of two", "func main() {\n\tch := make(chan int)\n\tvar wg sync.WaitGroup\n\twg.Go(func() {\n\t\tch <- 1\n\t})\n\twg.Wait()\n}", "Deadlock", "line 5"},
		{"panic", "func main() {\n\tdone := make(chan bool)\n\tgo func() {\n\t\tpanic(\"no\")\n\t}()\n\t<-done\n}", "Panic", "line 4"},
		{"exit", "func main() {\n\tdone := make(chan bool)\n\tgo func() {\n\t\tos.Exit(3)\n\t}()\n\t<-done\n}", "ExitStatus", "line 4"},
		{"fatal error", "func main() {\n\tvar mu sync.Mutex\n\tgo func() {}()\n\tmu.Unlock()\n}", "FatalError", "line 4"},
		{"spinning", "func main() {\n\tvar ready atomic.Bool\n\tgo func() { ready.Store(false) }()\n\tfor !ready.Load() {\n\t}\n}", "LimitReached", "line 4"},
		{"endless", "func main() {\n\tch := make(chan int, 1)\n\tgo func() {}()\n\tfor {\n\t\tch <- 1\n\t\t<-ch\n\t}\n}", "LimitReached", ""},
	} {
		r := c.execute(e.code)
		text := fmt.Sprint(r.errors)
		if r.status() != "error" || len(r.errors) != 1 || r.errors[0]["ename"] != e.ename || !contains(text, e.at) || r.stderr != "" {
			t.Errorf("%s: want %s at %s, got %s, %q", e.name, e.ename, e.at, text, r.stderr)
		}
		if data, _ := r.picture(t); data.Mode != "controlled" {
			t.Errorf("%s: %+v", e.name, data)
		}
	}
	c.ok("%%\nfmt.Println(1)")
}

// TestExploreCannot: what cannot be explored says why, and is not run.
func TestExploreCannot(t *testing.T) {
	c := startKernel(t).client()
	for _, e := range []struct{ code, name, says string }{
		{"%explore\nfunc f() {}", "ExploreError", "only declares, it has no main"},
		{"%explore\n%%\nfmt.Println(1)", "ExploreError", "one goroutine"},
		{"%check race-free\nimport \"os/exec\"\nfunc main() {\n\tdone := make(chan bool)\n\tgo func() {\n\t\texec.Command(\"true\").Run()\n\t\tclose(done)\n\t}()\n\t<-done\n}", "ExploreError", "os/exec"},
		{"%explore\nimport \"C\"\nfunc main() {\n\tdone := make(chan bool)\n\tgo close(done)\n\t<-done\n}", "ExploreError", "cannot be recorded: it could only be built unchanged (it uses cgo)"},
		{"%explore\n%test\nfunc TestX(t *testing.T) {}", "WordError", "without %test"},
		{"%explore\n%seed 3\n" + cellLost, "WordError", "leave out %seed"},
		{"%check\n" + cellLost, "WordError", "no goroutine writes a variable while"},
		{"%check deadlok-free\n" + cellLost, "WordError", "did you mean deadlock-free?"},
		{"%check joined\n%check order\n" + cellLost, "WordError", "line 2"},
		{"%outcome n", "WordError", "nothing to run"},
		{"%explore\nfunc main() {\n\tundefined()\n}", "CompileError", "undefined"},
	} {
		c.wantError(e.code, e.name, e.says)
	}
	c.ok("%%\nfmt.Println(1)")
	c.ok("%goflags -race")
	c.wantError("%explore\n"+cellLost, "ExploreError", "race detector", "%goflags without -race")
}
