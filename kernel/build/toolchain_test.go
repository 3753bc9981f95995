package build

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// TestFoldersAlike: of folders with equal go.mod files, and of those without one, go
// env is asked once, and each lies in its own module.
func TestFoldersAlike(t *testing.T) {
	const mod = "module program\n\ngo 1.26.0\n"
	command := askingGo(t)
	b, err := New(Config{GoTool: command.tool, RT: os.DirFS(".."), CacheDir: t.TempDir(), WorkDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	work := folder(t, "go.work", "go 1.26.0\n", "a/go.mod", mod)
	for _, c := range []struct {
		name, dir, module string
		asks              bool
	}{
		{"the first", folder(t, "go.mod", mod), ".", true},
		{"like it", folder(t, "go.mod", mod), ".", false},
		{"a folder below", filepath.Join(folder(t, "go.mod", mod, "a/b.go", "package a\n"), "a"), "..", false},
		{"another go.mod", folder(t, "go.mod", mod+"\ngodebug panicnil=1\n"), ".", true},
		{"no module", folder(t), "", true},
		{"no module again", folder(t), "", false},
		{"a workspace", filepath.Join(work, "a"), ".", true},
	} {
		tc, err := b.toolchain(context.Background(), c.dir, os.Environ())
		if err != nil {
			t.Fatal(err)
		}
		want := filepath.Join(c.dir, c.module, "go.mod")
		if inModule := c.module != ""; inModule != tc.inModule() || inModule && tc.GOMOD != want {
			t.Errorf("%s: go.mod is %s", c.name, tc.GOMOD)
		}
		if asks := len(command.asked()) > 0; asks != c.asks {
			t.Errorf("%s: go env was asked is %v", c.name, asks)
		}
		if c.name == "a workspace" && tc.GOWORK != filepath.Join(work, "go.work") {
			t.Errorf("the workspace is %s", tc.GOWORK)
		}
	}
}
