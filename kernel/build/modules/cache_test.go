package modules

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Of a version that somebody has only asked for there is its name and its go.mod.
func TestWholeVersions(t *testing.T) {
	cache := t.TempDir()
	for _, name := range []string{
		"example.com/a/@v/v0.9.0.zip", "example.com/a/@v/v0.24.0.zip", "example.com/a/@v/v0.25.0.mod", "example.com/a/@v/v0.25.0.info", "example.com/a/@v/list",
		"example.com/!big/@v/v1.0.0.zip", "example.com/b/@v/v1.0.0.mod",
	} {
		path := filepath.Join(cache, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got := Cache(cache).Whole([]string{"example.com/a/inner/deep", "example.com/b", "example.com/Big", "not a path", "x"})
	if want := []string{"example.com/a/inner/deep@v0.24.0", "example.com/Big@v1.0.0"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
