package proxy

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// quick is a kernel that tells how often it ran a cell again without GoNB.
type quick struct {
	*client
	log string
}

func quickKernel(t *testing.T) quick {
	t.Helper()
	log := filepath.Join(t.TempDir(), "log")
	t.Cleanup(func() {
		if t.Failed() {
			b, _ := os.ReadFile(log)
			t.Logf("%s", b)
		}
	})
	t.Setenv("PROXY_TEST_LOG", log)
	return quick{startKernel(t).client(), log}
}

func (q quick) times() int {
	text, _ := os.ReadFile(q.log)
	return strings.Count(string(text), " runs again\n")
}

// expect executes a cell and checks what it prints, and whether it took the
// short way.
func (q quick) expect(short bool, code, stdout string) result {
	q.t.Helper()
	before := q.times()
	r := q.ok(code)
	if r.stdout != stdout || r.stderr != "" {
		q.t.Errorf("%q printed %q and %q, want %q", code, r.stdout, r.stderr, stdout)
	}
	if got := q.times() > before; got != short {
		q.t.Errorf("%q took the short way: %v, want %v", code, got, short)
	}
	return r
}

const (
	cellGreet = "func greet() string { return \"one\" }"
	cellMain  = "func main() {\n\tdone := make(chan bool)\n\tgo func() { fmt.Println(greet()); close(done) }()\n\t<-done\n}"
	short     = true
	whole     = false
)

// TestAgainOnlyIfNothingChanged: whatever may decide what a cell does leads to
// the ordinary way.
func TestAgainOnlyIfNothingChanged(t *testing.T) {
	q := quickKernel(t)
	q.expect(whole, cellGreet, "")
	q.expect(whole, cellMain, "one\n")
	for _, c := range []struct{ name, code string }{
		{"a declaration", "var unused = 1"},
		{"an init function", "func init_x() { os.Setenv(\"X\", \"1\") }"},
		{"the environment", "%env GREETING=hello"},
		{"the folder", "%cd /"},
		{"a shell", "!true"},
		{"a module", "!*go mod edit -require=golang.org/x/mod@v0.30.0 && go mod edit -droprequire=golang.org/x/mod"},
		{"another file", "%%writefile " + filepath.Join(t.TempDir(), "x.txt") + "\nhello"},
	} {
		q.expect(short, cellMain, "one\n")
		q.ok(c.code)
		t.Log(c.name)
		q.expect(whole, cellMain, "one\n")
	}
	q.ok(cellGreet + " // the same again, elsewhere")
	q.expect(short, cellMain, "one\n")
	q.ok("func greet() string { return \"two\" }")
	q.expect(whole, cellMain, "two\n")
	q.expect(whole, cellGreet, "") // this cell makes greet what it was
	q.expect(whole, cellMain, "one\n")
	q.expect(short, cellMain, "one\n")
	q.ok("%reset")
	if r := q.execute(cellMain); r.status() != "error" {
		t.Errorf("greet survived %%reset: %+v", r)
	}
	q.expect(whole, cellGreet, "")
	q.expect(whole, cellMain, "one\n")
	q.ok("%rm greet")
	if r := q.execute(cellMain); r.status() != "error" {
		t.Errorf("greet survived %%rm: %+v", r)
	}
}

// TestAgainWhenFilesChange: they may also change behind the notebook's back.
func TestAgainWhenFilesChange(t *testing.T) {
	q := quickKernel(t)
	dir := strings.TrimSpace(q.ok("!*pwd").stdout)
	// No other kernel has built this one.
	main := strings.Replace(cellMain, "close(done)", fmt.Sprintf("_ = %d; close(done)", time.Now().UnixNano()), 1)
	q.expect(whole, cellGreet, "")
	q.expect(whole, main, "one\n")
	q.expect(short, main, "one\n")
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(filepath.Join(dir, "go.mod"), append(mod, "\n// changed\n"...), 0o600)
	q.expect(whole, main, "one\n")
	q.expect(short, main, "one\n")
	os.WriteFile(filepath.Join(dir, "more.go"), []byte("package main\n\nimport \"os\"\n\nfunc init() { os.Stdout.WriteString(\"more\\n\") }\n"), 0o600)
	q.expect(whole, main, "more\none\n")
	os.Remove(filepath.Join(dir, "more.go"))
	q.expect(short, main, "one\n") // as it was: the builder still has that program
	q.expect(short, main, "one\n")
	os.Remove(filepath.Join(dir, "main.go"))
	os.Remove(filepath.Join(dir, filepath.Base(dir)+programSuffix))
	q.expect(short, main, "one\n")
	built := func() []string {
		programs, _ := filepath.Glob(filepath.Join(filepath.Dir(filepath.Dir(dir)), "work", "bin", "*"))
		return programs
	}
	for len(kept(t, dir)) < 3 { // all that were built, a moment later
		time.Sleep(20 * time.Millisecond)
	}
	removeFiles(t, built())
	q.expect(short, main, "one\n") // other kernels find it, and so does this one
	removeFiles(t, kept(t, dir))
	removeFiles(t, built())
	q.expect(whole, main, "one\n")
	q.expect(short, main, "one\n")
	q.expect(whole, "%%\nfmt.Println(os.Args[0])", filepath.Join(dir, filepath.Base(dir))+programSuffix+"\n")
	q.expect(short, "%%\nfmt.Println(os.Args[0])", filepath.Join(dir, filepath.Base(dir))+programSuffix+"\n")
	if r := q.ok("!*cat main.go"); !contains(r.stdout, "os.Args[0]") {
		t.Errorf("main.go is not that of the last cell: %s", r.stdout)
	}
}

func removeFiles(t *testing.T, files []string) {
	t.Helper()
	if len(files) == 0 {
		t.Error("no programs found to remove")
	}
	for _, file := range files {
		os.Remove(file)
	}
}

// kept are the programs that were built in a folder and that any kernel finds.
func kept(t *testing.T, dir string) (own []string) {
	t.Helper()
	cache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(strings.TrimSpace(string(cache)), "threading101", "programs", "*"))
	return slices.DeleteFunc(files, func(file string) bool {
		f, err := os.Open(file)
		if err != nil {
			return true
		}
		defer f.Close()
		head, err := io.ReadAll(io.LimitReader(f, 16<<10))
		return err != nil || !strings.Contains(string(head), strconv.Quote(dir))
	})
}

// TestAgainIsForGoOnly: what GoNB carries out in a cell, it carries out each time.
func TestAgainIsForGoOnly(t *testing.T) {
	q := quickKernel(t)
	file := filepath.Join(t.TempDir(), "kept")
	for range 2 {
		q.expect(whole, "!echo shell\n%%\nfmt.Println(\"go\")", "shell\ngo\n")
		q.expect(whole, "%args -x\nfunc main() { fmt.Println(os.Args[1:]) }", "[-x]\n")
		q.expect(whole, "%% x\nfmt.Println(os.Args[1:])", "[x]\n")
		q.expect(whole, "%capture -a "+file+"\n%%\nfmt.Println(3)", "3\n")
	}
	if text, _ := os.ReadFile(file); string(text) != "3\n3\n" {
		t.Errorf("captured %q", text)
	}
	q.expect(whole, "var _ = func() int { fmt.Println(\"made\"); return 1 }()", "made\nmade\n")
	q.expect(whole, "var _ = func() int { fmt.Println(\"made\"); return 1 }()", "made\nmade\nmade\nmade\n") // GoNB keeps each, twice
}

// TestAgainWithInput: the program may ask for a line each time.
func TestAgainWithInput(t *testing.T) {
	q := quickKernel(t)
	n := 0
	q.answer = func() string { n++; return fmt.Sprint("line ", n) }
	for i, want := range []string{"line 1\n", "line 2\n"} {
		before := q.times()
		r := q.ok("%%\nvar s string\nfmt.Sscanln(\"\", &s)\nline, _ := bufio.NewReader(os.Stdin).ReadString('\\n')\nfmt.Print(line)", map[string]any{"allow_stdin": true})
		if r.stdout != want || (q.times() > before) != (i > 0) {
			t.Errorf("%q, short %v", r.stdout, q.times() > before)
		}
	}
}

// TestAgainAfterGonbDied: a new GoNB has composed nothing yet. One that dies while
// a program runs takes it along, though it has nothing to do with it.
func TestAgainAfterGonbDied(t *testing.T) {
	q := quickKernel(t)
	q.expect(whole, cellGreet, "")
	q.expect(whole, cellMain, "one\n")
	q.expect(short, cellMain, "one\n")
	q.killGonb()
	q.expect(whole, cellMain, "one\n")
	q.expect(short, cellMain, "one\n")
	const waits = "%real\nfunc main() {\n\tfmt.Println(greet())\n\ttime.Sleep(time.Hour)\n}"
	for range 2 {
		id := q.send(waits)
		q.awaitText(id, "one")
		q.interrupt(id)
	}
	before := q.times()
	id := q.send(waits)
	q.awaitText(id, "one")
	q.killGonb()
	if r := q.await(id); r.status() != "error" || r.reply["ename"] != "KernelError" || q.times() != before+1 {
		t.Errorf("%v", r.reply)
	}
	q.expect(whole, cellMain, "one\n")
}

// killGonb kills GoNB and waits for the next one.
func (q quick) killGonb() {
	q.t.Helper()
	pids := q.k.processes(tools.gonb)
	if len(pids) != 1 {
		q.t.Fatalf("GoNBs: %v", pids)
	}
	p, _ := os.FindProcess(pids[0])
	p.Kill()
	until(q.t, "another GoNB", func() bool {
		now := q.k.processes(tools.gonb)
		return len(now) == 1 && now[0] != pids[0]
	})
}

// notebook is a session of cells, many of them run again, in all the ways that
// may be told apart.
var notebook = []string{
	cellGreet, cellMain, cellMain,
	"type Worker struct{ name string }\n\nfunc (w *Worker) Run(wg *sync.WaitGroup) { defer wg.Done(); fmt.Println(w.name) }",
	"%%\nvar wg sync.WaitGroup\nwg.Add(1)\ngo (&Worker{\"A\"}).Run(&wg)\nwg.Wait()",
	"%%\nvar wg sync.WaitGroup\nwg.Add(1)\ngo (&Worker{\"A\"}).Run(&wg)\nwg.Wait()",
	"var counter = func() int { fmt.Println(\"counted\"); return 1 }()",
	"var counter = func() int { fmt.Println(\"counted\"); return 1 }()",
	cellMain, cellMain,
	"%%\ncounter++\nfmt.Println(counter)", "%%\ncounter++\nfmt.Println(counter)",
	"const (\n\ta = iota\n\tb\n)", "const b = 7", "%%\nfmt.Println(a, b)", "const (\n\ta = iota\n\tb\n)", "%%\nfmt.Println(a, b)", "%%\nfmt.Println(a, b)",
	"var x, y = func() (int, int) { return 1, 2 }()", "var x, y = func() (int, int) { return 1, 2 }()", "%%\nfmt.Println(x, y)", "%%\nfmt.Println(x, y)",
	"%%\nundefined()", "%%\nundefined()", cellMain,
	"%env AB=1", "%%\nfmt.Println(os.Getenv(\"AB\"))", "%%\nfmt.Println(os.Getenv(\"AB\"))", "%env AB=2", "%%\nfmt.Println(os.Getenv(\"AB\"))",
	"func main() {\n\tpanic(\"no\")\n}", "func main() {\n\tpanic(\"no\")\n}",
	"func main() {\n\tvar mu sync.Mutex\n\tmu.Lock()\n\tmu.Lock()\n}", "func main() {\n\tvar mu sync.Mutex\n\tmu.Lock()\n\tmu.Lock()\n}",
	"%rm greet", cellMain, cellMain, cellGreet, cellMain,
	"import crand \"crypto/rand\"\n%%\nfmt.Println(len(crand.Text()))", "import crand \"crypto/rand\"\n%%\nfmt.Println(len(crand.Text()))",
	"%list", "func greet() string { return \"three\" }", cellMain, cellMain, cellGreet, cellMain, "%list",
}

// random is what may differ from run to run: seeds, tokens, times.
var random = regexp.MustCompile(`goroutine \d+|gonb_[0-9a-f]+|/tmp/[^/ ]*`)

// shown is all that a front end got for a cell, pictures aside: their schedules
// differ by chance.
func shown(r result) string {
	// How text is cut into messages is a matter of when it comes.
	kinds := slices.CompactFunc(r.lasting(), func(a, b string) bool { return a == b && a == "stream" })
	text := fmt.Sprintf("%s | %q %q %v %v %d pictures", strings.Join(kinds, ","), r.stdout, r.stderr, r.errors, r.reply, len(r.displays))
	return random.ReplaceAllString(text, "…")
}
