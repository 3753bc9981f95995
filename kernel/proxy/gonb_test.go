package proxy

import (
	"fmt"
	"os"
	"path/filepath"
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
	if got := strings.Join(r.lasting(), ","); got != strings.Join(want, ",") {
		t.Errorf("published %s", got)
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

// TestNextAfterError: what is sent at the sight of an error was not waiting
// behind it.
func TestNextAfterError(t *testing.T) {
	c := startKernel(t).client()
	c.ok("var x = 1")
	for i := range 1000 {
		id := c.ask(jupyter.Shell, "execute_request", map[string]any{})
		if r := c.until(id, "answered", func(r result) bool { return r.reply != nil }); r.status() != "error" {
			t.Fatalf("request %d: %v", i, r.reply)
		}
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

// TestGonbui: what cells show through GoNB's own library still arrives, though
// we run the program and GoNB believes it does.
func TestGonbui(t *testing.T) {
	c := startKernel(t).client()
	c.ok("!*go get github.com/janpfeifer/gonb@v0.11.4 2>/dev/null")
	for range 2 { // the second time it must not be run without GoNB
		r := c.ok("import \"github.com/janpfeifer/gonb/gonbui\"\nfunc main() {\n\tgonbui.DisplayHtml(\"<b>bold</b>\")\n\tgonbui.Sync()\n\tfmt.Println(\"done\")\n}")
		if len(r.displays) == 0 || !contains(fmt.Sprint(r.displays), "<b>bold</b>") || r.stdout != "done\n" {
			t.Errorf("%+v", r)
		}
	}
}

// TestCapture: the program's output also goes to a file, which only GoNB can do.
func TestCapture(t *testing.T) {
	c := startKernel(t).client()
	file := filepath.Join(t.TempDir(), "captured")
	r := c.ok("%capture " + file + "\n%%\nfmt.Println(\"kept\")")
	text, err := os.ReadFile(file)
	if err != nil || string(text) != "kept\n" || r.stdout != "kept\n" {
		t.Errorf("file %q (%v), %+v", text, err, r)
	}
	if r := c.execute("%capture " + file + "\n%%\nvar m map[int]int\nm[1] = 2"); r.status() != "error" || len(r.errors) != 1 {
		t.Errorf("%+v", r)
	}
	if r := c.ok("%%\nfmt.Println(\"later\")"); r.stdout != "later\n" {
		t.Errorf("%+v", r)
	}
}

func TestArguments(t *testing.T) {
	c := startKernel(t).client()
	if r := c.ok("%args -x \"a b\"\nfunc main() { fmt.Printf(\"%q\", os.Args[1:]) }"); r.stdout != "[\"-x\" \"a b\"]" {
		t.Errorf("%+v", r)
	}
	if r := c.ok("%real\n%procs 1\n%%\nfmt.Println(runtime.GOMAXPROCS(0))"); r.stdout != "1\n" {
		t.Errorf("%+v", r)
	}
}

// TestPicture: one for each run with goroutines, and a word on the last run.
func TestPicture(t *testing.T) {
	c := startKernel(t).client()
	const cell = "func main() {\n\tvar wg sync.WaitGroup\n\tfor range 2 {\n\t\twg.Go(func() {})\n\t}\n\twg.Wait()\n}"
	for i := range 2 {
		r := c.ok(cell)
		if len(r.displays) != 1 {
			t.Fatalf("%d pictures", len(r.displays))
		}
		data := r.displays[0]["data"].(map[string]any)
		for _, form := range []string{"text/plain", "text/html", "image/svg+xml", "application/vnd.threading101.run+json"} {
			if data[form] == nil {
				t.Errorf("no %s", form)
			}
		}
		if text := data["text/plain"].(string); contains(text, "previous run") != (i > 0) {
			t.Errorf("run %d: %s", i, text)
		}
	}
	if r := c.ok("%picture off\n" + cell); len(r.displays) != 0 {
		t.Errorf("a picture in spite of %%picture off")
	}
	if r := c.ok(cell); len(r.displays) != 0 {
		t.Errorf("%%picture off does not last")
	}
	if r := c.ok("%picture on\n" + cell); len(r.displays) != 1 {
		t.Errorf("no picture after %%picture on")
	}
	if r := c.ok("%%\nfmt.Println(1)"); len(r.displays) != 0 {
		t.Errorf("a picture of main alone")
	}
}

// TestErrorsNameCellAndLine, whatever else the cell holds, and whichever cell
// the line is in.
func TestErrorsNameCellAndLine(t *testing.T) {
	c := startKernel(t).client()
	c.ok("// A comment.\n\nfunc broken(m map[int]int) {\n\tm[1] = 1\n}")
	c.ok("%t101")
	for code, want := range map[string]string{
		"%real\n\n%%\nbroken(nil)":                       "cell 1, line 4",
		"%real\n%%\nvar x int = \"no\"\n_ = x":           "line 3",
		"!echo hello\nfunc main() {\n\tundefined()\n}":   "line 3",
		"func main() {\n\tx := \n}":                      "line 3",
		"!true\nfunc main() {\n\tx := \n}":               "line 4",
		"import \"no.such.host.invalid/x\"\nvar _ = x.Y": "no.such.host.invalid/x",
	} {
		r := c.execute(code)
		if r.status() != "error" || len(r.errors) != 1 || r.stderr != "" {
			t.Errorf("%q: %+v", code, r)
			continue
		}
		text := fmt.Sprint(r.errors[0]["evalue"], r.errors[0]["traceback"])
		if !contains(text, want) {
			t.Errorf("%q: %s does not hold %q", code, text, want)
		}
	}
}
