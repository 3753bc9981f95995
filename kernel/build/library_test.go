package build

import (
	"maps"
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
	b, err := New(Config{GoTool: realGo(t), RT: os.DirFS(".."), CacheDir: freshCache(t), WorkDir: t.TempDir(), Seed: ofSetup(t), Logf: t.Logf})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// freshCache is a cache without answers, for one test after the other. What the
// recorder was unpacked to stays: from another folder it would be compiled anew.
func freshCache(t *testing.T) string {
	t.Helper()
	cache := filepath.Join(toolDir, "cache")
	for _, kept := range []string{"answers", "programs"} {
		if err := os.RemoveAll(filepath.Join(cache, kept)); err != nil {
			t.Fatal(err)
		}
	}
	return cache
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
	first := maps.Clone(b.objects)
	write(t, filepath.Join(dir, "main.go"), groupProgram+"\nfunc more() {}\n")
	again := mustBuild(t, b, Request{Dir: dir, Env: offline()})
	if inLibrary(again.Sites) != inLibrary(r.Sites) || !maps.Equal(b.objects, first) {
		t.Error("the library was rewritten a second time")
	}
}

// A package of the program's own that imports it as well is compiled against the
// one that was rewritten.
func TestLibraryOfTwo(t *testing.T) {
	inner := "package inner\n\nimport \"golang.org/x/sync/errgroup\"\n\nfunc New() *errgroup.Group { return new(errgroup.Group) }\n"
	both := strings.Replace(groupProgram, "import (", "import (\n\t_ \"program/inner\"", 1)
	b := realBuilder(t)
	r := mustBuild(t, b, Request{Dir: xsyncModule(t, "main.go", both, "inner/inner.go", inner), Env: offline()})
	if r.way != "direct" || !r.Instrumented || len(r.Uncontrolled) > 0 || inLibrary(r.Sites) == 0 {
		t.Errorf("way %q, instrumented %v, uncontrolled %q; left %q", r.way, r.Instrumented, r.Uncontrolled, r.Left)
	}
	if !strings.Contains(behaviour(t, r.Binary), "<nil>") {
		t.Error("it does not work")
	}
}

// Where it cannot be done, the program is as it was, and says so.
func TestLibraryStaysAsItIs(t *testing.T) {
	b := realBuilder(t)
	b.slowOnly = true
	r := mustBuild(t, b, Request{Dir: xsyncModule(t, "main.go", groupProgram), Env: offline()})
	if r.way != "overlay" || !r.Instrumented || !slices.Contains(r.Uncontrolled, "golang.org/x/sync/errgroup") {
		t.Errorf("way %q, instrumented %v, uncontrolled %q; notes %q", r.way, r.Instrumented, r.Uncontrolled, r.Notes)
	}
	if !strings.Contains(behaviour(t, r.Binary), "<nil>") {
		t.Error("it does not work")
	}
}
