package howto

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// mostLines is how long the page about the kernel may be: the decisions and the map.
const mostLines = 300

// TestMap: kernel/README.md has a row for each package down to the second level, and
// a link to each DESIGN.md.
func TestMap(t *testing.T) {
	root := module(t)
	text, err := os.ReadFile(filepath.Join(root, "kernel", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	readme := string(text)
	if n := strings.Count(readme, "\n"); n > mostLines {
		t.Errorf("kernel/README.md has %d lines, more than %d: what is about one package goes into its doc.go or DESIGN.md", n, mostLines)
	}
	told := regexp.MustCompile("^(instrument|render|rt/internal)/") // in the docs of those
	for path := range tree(t, filepath.Join(root, "kernel")) {
		folder := filepath.ToSlash(filepath.Dir(path))
		switch {
		case filepath.Base(path) == "DESIGN.md":
			if !strings.Contains(readme, "]("+path+")") {
				t.Errorf("kernel/README.md has no link to %s", path)
			}
		case filepath.Ext(path) == ".go" && folder != "." && strings.Count(folder, "/") < 2 && !told.MatchString(folder):
			if !strings.Contains(readme, "`"+folder+"`") {
				t.Errorf("kernel/README.md has no row for `%s`", folder)
			}
		}
	}
}

// named are the files and tests that a text names, each between backquotes.
var named = regexp.MustCompile("`[^`\n]*`")

var (
	fileName = regexp.MustCompile(`^[\w./-]*\w\.(go|py|txt|md)$`)
	testName = regexp.MustCompile(`^(?:Test|Fuzz)[A-Z]\w*$`)
)

// TestDesignsNameWhatIsThere: each file and each test that a DESIGN.md names exists.
func TestDesignsNameWhatIsThere(t *testing.T) {
	root := module(t)
	files := tree(t, root)
	var tests strings.Builder
	for path, text := range files {
		if strings.HasSuffix(path, "_test.go") {
			tests.WriteString(text)
		}
	}
	for path, text := range files {
		if filepath.Base(path) != "DESIGN.md" {
			continue
		}
		for _, name := range named.FindAllString(text, -1) {
			name = strings.Trim(name, "`")
			switch {
			case fileName.MatchString(name) && !hasFile(files, name):
				t.Errorf("%s names the file %s, which is not there", path, name)
			case testName.MatchString(name) && !strings.Contains(tests.String(), "func "+name+"("):
				t.Errorf("%s names the test %s, which is not there", path, name)
			}
		}
	}
}

// hasFile reports whether a file of the tree has a path that ends like that.
func hasFile(files map[string]string, name string) bool {
	for path := range files {
		if path == name || strings.HasSuffix(path, "/"+name) {
			return true
		}
	}
	return notOurs[name]
}

// notOurs are files that are made, or are in a program or a library.
var notOurs = map[string]bool{"main.go": true, "a.go": true}

// tree has the text of each file of ours that is source or documentation.
func tree(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "zscratch") || name == "bin") {
			return filepath.SkipDir
		}
		inside, _ := filepath.Rel(root, path)
		switch filepath.Ext(name) {
		case ".go", ".md", ".py", ".txt":
			if strings.Contains(inside, "testdata") && filepath.Ext(name) == ".go" {
				return nil
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			files[filepath.ToSlash(inside)] = string(text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
