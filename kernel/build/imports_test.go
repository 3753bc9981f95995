package build

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"threading101/kernel/build/modules"
)

// buildTool builds a tool of go.mod once for all tests.
func buildTool(t testing.TB, pkg string) string {
	t.Helper()
	path, err := builtTool(pkg)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

var builtTools sync.Map // package → func() (string, error)

func builtTool(pkg string) (string, error) {
	once, _ := builtTools.LoadOrStore(pkg, sync.OnceValues(func() (string, error) {
		dir, err := os.MkdirTemp(toolDir, "tool-")
		if err != nil {
			return "", err
		}
		path := filepath.Join(dir, filepath.Base(pkg))
		_, err = exec.Command("go", "build", slim, "-o", path, pkg).Output()
		return path, err
	}))
	return once.(func() (string, error))()
}

var toolDir string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "build-test-")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		toolDir = dir
		return m.Run()
	}())
}

// importCases are programs as GoNB writes them, and whether the shortcut is
// to decide on its own.
var importCases = []struct {
	name, text string
	decided    bool
}{
	{"nothing missing", "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println()\n}\n", true},
	{"no imports", "package main\n\nfunc main() {\n\tprintln()\n}\n", true},
	{"one missing", "package main\n\nfunc main() {\n\tfmt.Println()\n}\n", true},
	{"several missing", "package main\n\nvar mu sync.Mutex\n\nfunc main() {\n\tfmt.Println(time.Now(), atomic.LoadInt32(nil), strings.ToUpper(\"x\"))\n}\n", true},
	{"missing beside others", "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n\nfunc main() {\n\tfmt.Println(os.Args, sync.Mutex{})\n}\n", true},
	{"unused", "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n\nfunc main() {\n\tfmt.Println()\n}\n", true},
	{"all unused", "package main\n\nimport \"os\"\nimport \"fmt\"\n\nfunc main() {}\n", true},
	{"unused and missing", "package main\n\nimport \"os\"\n\nfunc main() {\n\tfmt.Println()\n}\n", false},
	{"GoNB's form", "package main\n\nimport \"sync\"\nimport \"fmt\"\n\n\n\nvar (\n    mu sync.Mutex\n)\n\nfunc main() {\n\tflag.Parse()\nmu.Lock()\n  fmt.Println(\"x\")\n}\n", true},
	{"named", "package main\n\nimport f \"fmt\"\nimport _ \"embed\"\nimport . \"os\"\n\nfunc main() {\n\tf.Println(Args)\n}\n", true},
	{"named unused", "package main\n\nimport f \"fmt\"\n\nfunc main() {\n}\n", true},
	{"rand", "package main\n\nfunc main() {\n\tprintln(rand.IntN(3))\n}\n", true},
	{"old rand", "package main\n\nfunc main() {\n\tprintln(rand.Intn(3), rand.Seed)\n}\n", true},
	{"rand v2 there", "package main\n\nimport \"math/rand/v2\"\n\nfunc main() {\n\tprintln(rand.IntN(3))\n}\n", true},
	{"not of the library", "package main\n\nfunc main() {\n\tnosuch.Do()\n}\n", false},
	{"wrong name in a package", "package main\n\nfunc main() {\n\tfmt.Printline()\n}\n", false},
	{"shadowed", "package main\n\ntype t struct{ Println int }\n\nfunc main() {\n\tfmt := t{}\n\tfmt.Println++\n}\n", true},
	{"comments", "// Head.\npackage main\n\nimport (\n\t// formats\n\t\"fmt\" // really\n\n\t\"os\"\n)\n\n// main is it.\nfunc main() {\n\t// here\n\tfmt.Println(os.Args, errors.New(\"x\")) // there\n}\n", true},
	{"goroutines", "package main\n\nfunc worker(ctx context.Context, wg *sync.WaitGroup, c chan<- int) {\n\tdefer wg.Done()\n\tselect {\n\tcase <-ctx.Done():\n\tcase c <- 1:\n\tcase <-time.After(time.Second):\n\t}\n}\n\nfunc main() {\n\tlog.Println(runtime.NumCPU())\n}\n", true},
	{"third-party", "package main\n\nfunc main() {\n\tvar g errgroup.Group\n\tg.Wait()\n}\n", false},
	{"syntax error", "package main\n\nfunc main() {\n\tx := \n\ty = = 3\n}\n", false},
	{"many syntax errors", "package main\n\nfunc main() {\n" + strings.Repeat("\t) = (\n", 15) + "}\n", false},
	{"not Go", "hello\n", false},
}

// TestImports compares the shortcut, and what stands behind it, with the real
// goimports, byte for byte.
func TestImports(t *testing.T) {
	b := newBuilder(t)
	goimports := buildTool(t, "golang.org/x/tools/cmd/goimports")
	for _, c := range importCases {
		t.Run(c.name, func(t *testing.T) {
			dir := importFolder(t, c.text)
			t.Chdir(dir)
			file := filepath.Join(dir, "main.go")

			cmd := exec.Command(goimports, "-w", file)
			said, _ := cmd.CombinedOutput()
			want := take(t, file, c.text)

			out, exit := b.Imports(context.Background(), file)
			if decided := exit != Undecided; decided != c.decided {
				t.Errorf("decided: %v", decided)
			}
			if exit == Undecided {
				if got := take(t, file, c.text); got != c.text || out != nil {
					t.Errorf("undecided, but wrote\n%s\nand said %s", got, out)
				}
				out, exit = Goimports(file)
			}
			if got := take(t, file, c.text); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
			if !bytes.Equal(out, said) || exit != cmd.ProcessState.ExitCode() {
				t.Errorf("exit %d: %s\nwant %d: %s", exit, out, cmd.ProcessState.ExitCode(), said)
			}
		})
	}
}

// TestImportsAmbiguous: goimports tosses a coin between text/template and
// html/template; that is not for us to do.
func TestImportsAmbiguous(t *testing.T) {
	dir := importFolder(t, "package main\n\nfunc main() {\n\t_ = template.New(\"x\")\n}\n")
	if _, exit := newBuilder(t).Imports(context.Background(), filepath.Join(dir, "main.go")); exit != Undecided {
		t.Errorf("exit %d", exit)
	}
}

// TestImportsOfEverything: on every example of the standard library that stands
// alone, the shortcut either leaves the decision to goimports or agrees with it.
func TestImportsOfEverything(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	b := newBuilder(t)
	goimports := buildTool(t, "golang.org/x/tools/cmd/goimports")
	files, err := filepath.Glob(filepath.Join(goroot(t), "src", "s*", "example*_test.go"))
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	decided := 0
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		source := withoutImports(string(text))
		dir := importFolder(t, source)
		file := filepath.Join(dir, "main.go")
		if _, exit := b.Imports(context.Background(), file); exit == Undecided {
			continue
		}
		decided++
		got := take(t, file, source)
		cmd := exec.Command(goimports, "-w", file)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if want := take(t, file, source); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", path, got, want)
		}
	}
	t.Logf("decided %d of %d", decided, len(files))
	if decided == 0 {
		t.Error("nothing decided")
	}
}

func withoutImports(text string) string {
	before, rest, ok := strings.Cut(text, "\nimport (\n")
	if !ok {
		return text
	}
	_, after, _ := strings.Cut(rest, "\n)\n")
	return before + "\n" + after
}

func goroot(t testing.TB) string {
	t.Helper()
	out, err := exec.Command(realGo(t), "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func importFolder(t *testing.T, text string) string {
	t.Helper()
	return folder(t, "go.mod", "module gonb_x\n\ngo 1.26.0\n\nrequire golang.org/x/sync v0.24.0\n", "go.sum", errgroupSum, "main.go", text)
}

const errgroupSum = "golang.org/x/sync v0.24.0 h1:iqiDrGoDgyuvAKrhLQthUEzU/R378N78gXbBjxed7oA=\n" +
	"golang.org/x/sync v0.24.0/go.mod h1:sUUOizhqBxiL6pEWpqNLUiaJn1ShEbZ6BBqskPbjZm0=\n"

// take returns the text of the file and puts another one there.
func take(t *testing.T, file, next string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write(t, file, next)
	return string(text)
}

// TestGet: what is there needs nobody to be asked, what is not is an error at
// its import, soon.
func TestGet(t *testing.T) {
	const use = "package main\n\nimport _ \"%s\"\n\nfunc main() {}\n"
	const foreign = "example.com/nosuch/thing"
	for _, c := range []struct {
		name, path, proxy, sum, want string
		exit                         int
	}{
		{name: "standard library", path: "sync", proxy: "https://127.0.0.1:1"},
		{name: "provided", path: "golang.org/x/sync/errgroup", sum: errgroupSum, proxy: "https://127.0.0.1:1"},
		{name: "in the module cache", path: "golang.org/x/sync/errgroup", proxy: "https://127.0.0.1:1"},
		{name: "pinned", path: "github.com/jackc/pgx/v5/stdlib", proxy: "https://127.0.0.1:1"},
		{name: "pinned, too", path: "modernc.org/sqlite", proxy: "https://127.0.0.1:1"},
		{name: "nowhere, offline", path: foreign, proxy: "https://127.0.0.1:1", exit: 1, want: "./main.go:3:10: package " + foreign + " is not on this machine, and 127.0.0.1 cannot be reached"},
		{name: "nowhere, no answer", path: foreign, proxy: "https://192.0.2.1", exit: 1, want: "192.0.2.1 cannot be reached"},
		{name: "nowhere, no such host", path: foreign, proxy: "https://nosuch.invalid,direct", exit: 1, want: "nosuch.invalid cannot be reached"},
		{name: "nowhere, direct", path: "nosuch.invalid/x", proxy: "direct", exit: 1, want: "nosuch.invalid cannot be reached"},
		{name: "nowhere, forbidden", path: foreign, proxy: "off", exit: 1, want: "fetching is switched off"},
		{name: "misspelt", path: "synk", proxy: "https://127.0.0.1:1", exit: 1, want: "package synk is not in std"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBuilder(t)
			mod := "module gonb_x\n\ngo 1.26.0\n"
			if c.sum != "" {
				mod += "\nrequire golang.org/x/sync v0.24.0\n"
			}
			dir := folder(t, "go.mod", mod, "go.sum", c.sum, "main.go", strings.Replace(use, "%s", c.path, 1))
			env := append(os.Environ(), "GOPROXY="+c.proxy, "GOFLAGS=", "HTTPS_PROXY=", "https_proxy=")
			t0 := time.Now()
			out, exit := b.Get(context.Background(), dir, nil, env...)
			t.Logf("%v: %s", time.Since(t0), out)
			if exit != c.exit || !strings.Contains(string(out), c.want) {
				t.Errorf("exit %d: %s\nwant %d: %s", exit, out, c.exit, c.want)
			}
			if c.path == "golang.org/x/sync/errgroup" {
				mustBuild(t, b, Request{Dir: dir, Env: env})
			}
			if modules.Pins([]string{c.path}) {
				mod, _ := os.ReadFile(filepath.Join(dir, "go.mod"))
				for _, want := range []string{"github.com/jackc/pgx/v5 v5.13.0\n", "modernc.org/sqlite v1.62.0\n"} {
					if !strings.Contains(string(mod), want) {
						t.Errorf("go.mod lacks %q:\n%s", want, mod)
					}
				}
				mustBuild(t, b, Request{Dir: dir, Env: env})
			}
		})
	}
}
