package instrument_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"threading101/kernel/instrument"
	"threading101/kernel/proof/corpus/try"
)

var update = flag.Bool("update", false, "write the golden files anew")

// packages are what the programs in testdata may import.
var packages = []string{
	"bufio", "bytes", "cmp", "container/list", "context", "embed", "errors", "flag", "fmt", "io", "iter", "log", "maps", "math", "math/big", "math/rand", "math/rand/v2", "os",
	"runtime", "runtime/debug", "slices", "sort", "strconv", "strings", "sync", "sync/atomic", "time", "unsafe",
}

// kitDir is for what all tests share.
var kitDir string

func TestMain(m *testing.M) {
	flag.Parse()
	dir, err := os.MkdirTemp("", "instrument")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	kitDir = dir
	debug.SetGCPercent(400) // to collect the garbage of many small programs as often as usual is a tenth of the work
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

var kit = sync.OnceValues(func() (*try.Kit, error) { return try.New(kitDir, packages...) })

// TestGolden rewrites each program in testdata, compares it with the golden
// output, then runs the rewritten and the plain program: they must print the
// same and end the same.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden(t, file)
		})
	}
}

func golden(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lang := option(archive, "lang")
	k := theKit(t)
	in := section(archive, "in.go")
	p, err := k.Check("in.go", in, lang)
	if err != nil {
		t.Fatalf("the input does not type-check: %v", err)
	}
	out, sites, notes := rewrite(t, p, instrument.Options{
		Everything: option(archive, "everything") != "", Outcome: list(archive, "outcome"), Spans: list(archive, "spans"),
		Always: list(archive, "always"), Eventually: list(archive, "eventually"),
	})
	checkLines(t, in, out)
	compare(t, file, archive, "out.go", out)
	compare(t, file, archive, "notes", notes)
	if option(archive, "sites") != "" {
		compare(t, file, archive, "sites", sites)
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := k.Check("out.go", out, lang); err != nil {
		t.Fatalf("the output does not type-check: %v\n%s", err, out)
	}
	plain, recorded, ok := runTogether(t, file, out)
	if !ok {
		plain, recorded = run(t, k, in, lang), run(t, k, out, lang)
	}
	if !alike(plain, recorded) {
		t.Errorf("plain Go and the rewritten program differ\nplain: exit %d\n%s%s\nrewritten: exit %d\n%s%s",
			plain.Exit, plain.Stdout, plain.Stderr, recorded.Exit, recorded.Stdout, recorded.Stderr)
	}
	if option(archive, "repeat") != "" {
		repeated(t, k, out, plain.Stdout)
	}
	if option(archive, "silent") == "" && plain.Exit >= 0 && recorded.Events == 0 {
		t.Error("nothing was recorded")
	}
}

func alike(plain, recorded try.Outcome) bool {
	return normal(plain.Stdout) == normal(recorded.Stdout) && plain.Exit == recorded.Exit && firstLine(plain.Stderr) == firstLine(recorded.Stderr)
}

// repeated runs main twice in one process, the second time with new variables:
// all is printed twice.
func repeated(t *testing.T, k *try.Kit, out []byte, once string) {
	t.Helper()
	out = bytes.Replace(out, []byte("t101rt.Repeat("), []byte("twice("), 1)
	out = append(out, `
var runs int

func twice(main func(), anew ...func()) bool {
	if runs++; runs > 1 {
		return false
	}
	main()
	t101rt.Anew(anew)
	main()
	return true
}
`...)
	if got := run(t, k, out, ""); got.Stdout != once+once {
		t.Errorf("two runs print\n%s%swant twice\n%s", got.Stdout, got.Stderr, once)
	}
}

func theKit(t *testing.T) *try.Kit {
	t.Helper()
	k, err := kit()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func rewrite(t *testing.T, p *try.Program, o instrument.Options) (out, sites, notes []byte) {
	t.Helper()
	out, all, list, err := instrument.File(p.Fset, p.File, p.Src, p.Pkg, p.Info, 1, o)
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	for _, n := range list {
		fmt.Fprintln(&text, n)
	}
	var table bytes.Buffer
	for i, s := range all {
		fmt.Fprintf(&table, "%d %s:%d:%d %s %s %q kind %d %s\n", i+1, s.File, s.Line, s.Col, s.Func, s.Op, s.Object, s.Kind, s.Hint)
		if s.Line < 1 || s.Line > bytes.Count(p.Src, []byte("\n"))+1 {
			t.Errorf("site outside the file: %+v", s)
		}
	}
	return out, table.Bytes(), text.Bytes()
}

// checkLines: every line keeps its number, given the directive on top.
func checkLines(t *testing.T, in, out []byte) {
	t.Helper()
	if bytes.Equal(in, out) {
		return
	}
	top, rest, _ := bytes.Cut(out, []byte("\n"))
	if !bytes.HasPrefix(top, []byte("//line ")) {
		t.Errorf("begins with %q, not with a line directive", top)
	}
	if a, b := bytes.Count(in, []byte("\n")), bytes.Count(rest, []byte("\n")); a != b {
		t.Errorf("%d lines became %d\n%s", a, b, out)
	}
}

// option reads a line "name: value" or "name" of the archive's comment.
func option(a *txtar.Archive, name string) string {
	for line := range strings.Lines(string(a.Comment)) {
		key, value, found := strings.Cut(strings.TrimSpace(line), ": ")
		if key == name && found {
			return value
		}
	}
	return ""
}

// list reads a line "name: a | b". An escape in one stands for what it does in Go.
func list(a *txtar.Archive, name string) (values []string) {
	for value := range strings.SplitSeq(option(a, name), " | ") {
		if value != "" {
			values = append(values, strings.ReplaceAll(value, `\n`, "\n"))
		}
	}
	return values
}

func section(a *txtar.Archive, name string) []byte {
	for _, f := range a.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

func compare(t *testing.T, file string, a *txtar.Archive, name string, got []byte) {
	t.Helper()
	want := section(a, name)
	if bytes.Equal(want, got) {
		return
	}
	if !*update {
		t.Errorf("%s, %s differs (go test -update writes it)\nwant:\n%s\ngot:\n%s", file, name, want, got)
		return
	}
	for i := range a.Files {
		if a.Files[i].Name == name {
			a.Files[i].Data = got
			return
		}
	}
	a.Files = append(a.Files, txtar.File{Name: name, Data: got})
}

func run(t *testing.T, k *try.Kit, src []byte, lang string) try.Outcome {
	t.Helper()
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	program := filepath.Join(dir, "program")
	if err := k.Build(ctx, "in.go", src, program, lang); err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	return start(t, ctx, program)
}

func start(t *testing.T, ctx context.Context, program string, env ...string) try.Outcome {
	t.Helper()
	outcome, err := try.Control(ctx, nil, env, program, t.TempDir(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

// normal sorts nothing and hides nothing: programs in testdata print in one
// order only.
func normal(s string) string { return s }

// firstLine of a traceback names the panic; the frames below it are the
// recorder's business too.
func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
