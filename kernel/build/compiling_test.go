package build

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestOneCompiles: of two kernels that need the same packages one has them compiled. The
// other waits, and knows how far that is.
func TestOneCompiles(t *testing.T) {
	dir := t.TempDir()
	log, release, export := filepath.Join(dir, "log"), filepath.Join(dir, "release"), filepath.Join(dir, "export")
	write(t, export, "compiled")
	tool := filepath.Join(dir, "go")
	write(t, tool, fmt.Sprintf(`#!/bin/sh
if [ "$2" != -v ]; then printf 'one\ntwo\nthree\n'; exit; fi
echo "$*" >>%s
echo one >&2; echo "# a warning" >&2; echo two >&2
while [ ! -e %s ]; do sleep 0.01; done
echo '{"ImportPath":"one","Dir":"%s","Export":"%s","Standard":true}'
`, log, release, dir, export))
	if err := os.Chmod(tool, 0o755); err != nil {
		t.Fatal(err)
	}
	q := inquiry{goTool: tool, dir: dir, env: os.Environ(), args: []string{"-export", "one"}, tc: new(toolchain), about: ofTheStandardLibrary}
	both := []*Builder{newBuilder(t), newBuilder(t)}
	var all sync.WaitGroup
	for _, b := range both {
		b.cfg.CacheDir = filepath.Join(dir, "cache")
		all.Go(func() {
			if packages, err := b.inquire(context.Background(), q); err != nil || len(packages) != 1 || packages[0].Export != export {
				t.Errorf("%v, %v", packages, err)
			}
		})
	}
	for _, b := range both {
		deadline := time.Now().Add(time.Minute)
		for c, ok := b.Compiling(); c != (Compiling{1, 3, "two"}); c, ok = b.Compiling() {
			if time.Sleep(5 * time.Millisecond); time.Now().After(deadline) {
				t.Fatalf("%v %v", c, ok)
			}
		}
	}
	write(t, release, "")
	all.Wait()
	if text, _ := os.ReadFile(log); strings.Count(string(text), "\n") != 1 {
		t.Errorf("compiled by:\n%s", text)
	}
	for _, b := range both {
		if c, ok := b.Compiling(); ok {
			t.Errorf("still %v", c)
		}
	}
}
