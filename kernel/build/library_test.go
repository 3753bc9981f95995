package build

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/event"
)

const groupProgram = `package main

import (
	"fmt"
	"golang.org/x/sync/errgroup"
)

func main() {
	var g errgroup.Group
	for i := range 3 {
		g.Go(func() error { fmt.Println("in the group"); _ = i; return nil })
	}
	fmt.Println(g.Wait())
}
`

// xsync are the lines of our own go.mod and go.sum about golang.org/x/sync: that
// version is in the module cache.
func xsync(t *testing.T) (require, sum string) {
	t.Helper()
	find := func(file, prefix string) (found string) {
		text, err := os.ReadFile(filepath.Join("..", "..", file))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, prefix) {
				found += line + "\n"
			}
		}
		return found
	}
	version := strings.Fields(find("go.mod", "golang.org/x/sync "))[1]
	return "golang.org/x/sync " + version, find("go.sum", "golang.org/x/sync "+version)
}

func xsyncModule(t *testing.T, files ...string) string {
	require, sum := xsync(t)
	mod := "module program\n\ngo 1.26.0\n\nrequire " + require + "\n"
	return folder(t, append([]string{"go.mod", mod, "go.sum", sum}, files...)...)
}

// realBuilder is a Builder with the recorder itself.
func realBuilder(t *testing.T) *Builder {
	t.Helper()
	b, err := New(Config{GoTool: realGo(t), RT: os.DirFS(".."), CacheDir: t.TempDir(), WorkDir: t.TempDir(), Logf: t.Logf})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// inLibrary counts the sites that lie in golang.org/x/sync.
func inLibrary(sites []event.Site) (n int) {
	for _, s := range sites {
		if strings.HasPrefix(s.File, "golang.org/x/sync@v") {
			n++
		}
	}
	return n
}

func offline() []string { return append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off") }

func TestLibraryIsRewritten(t *testing.T) {
	b := realBuilder(t)
	dir := xsyncModule(t, "main.go", groupProgram)
	r := mustBuild(t, b, Request{Dir: dir, Env: offline()})
	if r.way != "direct" || !r.Instrumented || len(r.Uncontrolled) > 0 || inLibrary(r.Sites) == 0 {
		t.Errorf("way %q, instrumented %v, uncontrolled %q, %d sites in the library", r.way, r.Instrumented, r.Uncontrolled, inLibrary(r.Sites))
	}
	want := "in the group\nin the group\nin the group\n<nil>\n"
	if got := behaviour(t, r.Binary); !strings.Contains(got, want) {
		t.Errorf("it printed %s", got)
	}
	first := b.rewrittenLibraries
	write(t, filepath.Join(dir, "main.go"), groupProgram+"\nfunc more() {}\n")
	again := mustBuild(t, b, Request{Dir: dir, Env: offline()})
	if inLibrary(again.Sites) != inLibrary(r.Sites) || fmt.Sprint(b.rewrittenLibraries) != fmt.Sprint(first) {
		t.Error("the library was rewritten a second time")
	}
}

// Where it cannot be done, the program is as it was, and says so.
func TestLibraryStaysAsItIs(t *testing.T) {
	inner := "package inner\n\nimport \"golang.org/x/sync/errgroup\"\n\nfunc New() *errgroup.Group { return new(errgroup.Group) }\n"
	both := strings.Replace(groupProgram, "import (", "import (\n\t_ \"program/inner\"", 1)
	for _, test := range []struct {
		what, main, way string
		slow            bool
	}{
		{"built with an overlay", groupProgram, "overlay", true},
		{"imported by another package as well", both, "direct", false},
	} {
		t.Run(test.what, func(t *testing.T) {
			b := realBuilder(t)
			b.slowOnly = test.slow
			r := mustBuild(t, b, Request{Dir: xsyncModule(t, "main.go", test.main, "inner/inner.go", inner), Env: offline()})
			if r.way != test.way || !r.Instrumented || !slices.Contains(r.Uncontrolled, "golang.org/x/sync/errgroup") {
				t.Errorf("way %q, instrumented %v, uncontrolled %q; notes %q", r.way, r.Instrumented, r.Uncontrolled, r.Notes)
			}
			if !strings.Contains(behaviour(t, r.Binary), "<nil>") {
				t.Error("it does not work")
			}
		})
	}
}
