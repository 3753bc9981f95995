// Package howto holds worked examples to the code. The documentation of a package
// that others will extend tells how, under a heading "To add a …", by one example:
// a list of the files that it is in, each with what it has there.
//
//	kernel/words/property.go   what it means, and how it fails
//
// [Hold] fails where a file of the list is gone or says nothing of the example any
// more, and where the example is in a file that the list does not have.
package howto

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Hold holds the example under a heading in the folder's doc.go to the code. traces
// are the texts by which its files are known, in whatever case: each file of the
// list has one of them, in its path or its text, and so has no other file of the
// product.
func Hold(t testing.TB, heading string, traces ...string) {
	t.Helper()
	listed := files(t, heading)
	root := module(t)
	for _, file := range listed {
		text, err := os.ReadFile(filepath.Join(root, file))
		switch {
		case err != nil:
			t.Errorf("%s: %v", heading, err)
		case !has(file+"\n"+string(text), traces):
			t.Errorf("%s: %s has nothing of the example, %q", heading, file, traces)
		}
	}
	for _, file := range product(t, root, traces) {
		if !slices.Contains(listed, file) {
			t.Errorf("%s: the example is also in %s, which is not on the list", heading, file)
		}
	}
}

// files are those of the list under a heading.
func files(t testing.TB, heading string) (all []string) {
	t.Helper()
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, below, ok := strings.Cut(string(text), "\n// # "+heading+"\n")
	if !ok {
		t.Fatalf("doc.go has no heading %q", heading)
	}
	below, _, _ = strings.Cut(below, "\n// # ")
	for line := range strings.Lines(below) {
		row, ok := strings.CutPrefix(line, "//\t")
		if file, _, _ := strings.Cut(strings.TrimSpace(row), " "); ok && strings.Contains(file, "/") {
			all = append(all, file)
		}
	}
	if len(all) == 0 {
		t.Fatalf("there are no files under %q", heading)
	}
	return all
}

// module is the folder that the module is in.
func module(t testing.TB) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; folder != filepath.Dir(folder); folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
	}
	t.Fatal("there is no go.mod above")
	return ""
}

// product are the files of the product that have one of the traces: no tests, and
// nothing that only tests need.
func product(t testing.TB, root string, traces []string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(root, "kernel"), func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "proof" || d.Name() == "testdata" || strings.HasSuffix(d.Name(), "test") || strings.HasPrefix(d.Name(), "zscratch")):
			return fs.SkipDir
		case d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || d.Name() == "doc.go":
			return nil
		}
		text, err := os.ReadFile(path)
		if err == nil && has(string(text), traces) {
			file, _ := filepath.Rel(root, path)
			all = append(all, filepath.ToSlash(file))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// has says whether a text has one of the traces.
func has(text string, traces []string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(traces, func(trace string) bool { return strings.Contains(text, strings.ToLower(trace)) })
}
