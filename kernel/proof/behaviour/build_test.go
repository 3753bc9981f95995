package behaviour

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	"threading101/kernel/build"
	"threading101/kernel/build/buildtest"
)

// workDir is for all that the tests make.
var workDir string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "behaviour-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	workDir = dir
	debug.SetGCPercent(400) // to collect the garbage of many small programs as often as usual is a tenth of the work
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

var builder = sync.OnceValues(func() (*build.Builder, error) {
	return buildtest.New("../..", filepath.Join(workDir, "builder"))
})

// A way is one of the two ways to build a program.
type way string

const (
	plainly   way = "plain"
	rewritten way = "rewritten"
)

// made is what was built of a program in one way, once.
type made struct {
	once   sync.Once
	result build.Result
	err    error
}

var allMade sync.Map // name and way → *made

// build builds the program.
func (p *program) build(t testing.TB, w way) build.Result {
	t.Helper()
	v, _ := allMade.LoadOrStore(p.name+" "+string(w), new(made))
	m := v.(*made)
	m.once.Do(func() { m.result, m.err = p.make(t.Context(), w) })
	if m.err != nil {
		t.Fatalf("building %s: %v", p.name, m.err)
	}
	return m.result
}

func (p *program) make(ctx context.Context, w way) (build.Result, error) {
	if err := linkedTogether(); err != nil {
		return build.Result{}, err
	}
	if err := writeModule(p.dir(), p.src); err != nil {
		return build.Result{}, err
	}
	return built(ctx, p.request(w))
}

// dir is the folder of the program's module.
func (p *program) dir() string { return filepath.Join(workDir, filepath.FromSlash(p.name)) }

func (p *program) request(w way) build.Request {
	return build.Request{Dir: p.dir(), Output: filepath.Join(p.dir(), string(w)), Plain: w == plainly}
}

// linkedTogether links what can be linked together of the rewritten programs, once.
var linkedTogether = sync.OnceValue(func() error {
	all, err := archived()
	var requests []build.Request
	for _, p := range all {
		err = errors.Join(err, writeModule(p.dir(), p.src))
		requests = append(requests, p.request(rewritten))
	}
	if err != nil {
		return err
	}
	b, err := builder()
	if err != nil {
		return err
	}
	return b.Together(context.Background(), requests)
})

func built(ctx context.Context, req build.Request) (build.Result, error) {
	b, err := builder()
	if err != nil {
		return build.Result{}, err
	}
	r, err := b.Build(ctx, req)
	if err == nil && r.Exit != 0 {
		err = fmt.Errorf("%s", r.Output)
	}
	if err == nil && len(r.Notes) > 0 {
		err = errors.New(strings.Join(r.Notes, "; "))
	}
	r.Binary = req.Output
	return r, err
}

// writeModule writes a module with one file. What it requires beside the
// standard library is what our own module requires of golang.org/x/sync.
func writeModule(dir string, src []byte) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	mod, sum := "module program\n\ngo 1.26.0\n", ""
	if bytes.Contains(src, []byte(`"golang.org/x/sync`)) {
		require, err := linesOf("../../../go.mod", "golang.org/x/sync ")
		if err != nil {
			return err
		}
		mod += "\nrequire " + strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(require), "// indirect")) + "\n"
		if sum, err = linesOf("../../../go.sum", "golang.org/x/sync "); err != nil {
			return err
		}
	}
	return errors.Join(
		os.WriteFile(filepath.Join(dir, "go.mod"), []byte(mod), 0o600),
		os.WriteFile(filepath.Join(dir, "go.sum"), []byte(sum), 0o600),
		os.WriteFile(filepath.Join(dir, "main.go"), src, 0o600),
	)
}

// linesOf returns the lines of a file that begin with text.
func linesOf(file, text string) (string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	var found strings.Builder
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(strings.TrimSpace(line), text) {
			found.WriteString(line)
		}
	}
	if found.Len() == 0 {
		return "", fmt.Errorf("no line of %s begins with %q", file, text)
	}
	return found.String(), nil
}
