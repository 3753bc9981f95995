package systems

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPromises: each test that SECURITY.md names for a promise is there.
func TestPromises(t *testing.T) {
	text, err := os.ReadFile("../../SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if name := filepath.Base(path); strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "test_") && strings.HasSuffix(name, ".py") {
			text, _ := os.ReadFile(path)
			tests.Write(text)
		}
		return err
	})
	promises := 0
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| promise") {
			continue
		}
		promises++
		named := regexp.MustCompile("`((?:Test|Fuzz|test_)[A-Za-z_]+)`").FindAllStringSubmatch(line, -1)
		if len(named) == 0 {
			t.Errorf("no test holds this: %s", line)
		}
		for _, n := range named {
			if !strings.Contains(tests.String(), "func "+n[1]+"(") && !strings.Contains(tests.String(), "def "+n[1]+"(") {
				t.Errorf("there is no test %s", n[1])
			}
		}
	}
	if promises < 10 {
		t.Errorf("only %d promises", promises)
	}
}
