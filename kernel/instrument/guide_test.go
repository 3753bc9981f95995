package instrument_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestGuide: the files that "How to add a construct" lists for an example exist and
// know of it, and the code of no other file of the instrumenter or the recorder does.
func TestGuide(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for example, known := range map[string]*regexp.Regexp{ // what its files have in them
		"sync.OnceFunc":    regexp.MustCompile(`\bOnceFunc\b|\bonceFunctions\b`),
		"function recover": regexp.MustCompile(`\bflow\.Recover\b|\bfunc Recover(ed)?\b|\bt101rt\.Recovered\b`),
	} {
		listed := listedFor(string(doc), example)
		if len(listed) < 3 {
			t.Errorf("%s: the guide lists %q", example, listed)
		}
		for _, path := range listed {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Errorf("%s: %v", example, err)
			} else if !known.Match(text) {
				t.Errorf("%s: nothing in %s matches %s", example, path, known)
			}
		}
		for _, path := range filesWith(t, known) {
			if !slices.Contains(listed, path) {
				t.Errorf("%s: the guide does not list %s", example, path)
			}
		}
	}
}

// listedFor are the files in the list behind the first mention of an example.
func listedFor(doc, example string) (paths []string) {
	_, rest, _ := strings.Cut(doc, example)
	file := regexp.MustCompile(`^//\tkernel/(\S+)`)
	for line := range strings.Lines(rest) {
		m := file.FindStringSubmatch(line)
		switch {
		case m != nil:
			paths = append(paths, filepath.Join("..", m[1]))
		case len(paths) > 0:
			return paths
		}
	}
	return paths
}

// filesWith are the product files of the instrumenter and the recorder with such code.
func filesWith(t *testing.T, code *regexp.Regexp) (paths []string) {
	t.Helper()
	comment := regexp.MustCompile(`(?m)//.*$`)
	for _, root := range []string{filepath.Join("..", "instrument"), filepath.Join("..", "rt")} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			if code.Match(comment.ReplaceAll(text, nil)) {
				paths = append(paths, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return paths
}
