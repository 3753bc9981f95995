package words

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/elsewhere.txt anew")

// silent are the folders whose sentences no learner reads, and why.
var silent = map[string]string{
	"words":             "is where they belong",
	"proof":             "is read by who changes the kernel",
	"render/rendertest": "is for tests",
	"rt":                "is linked into the program, and says what Go's runtime says",
	"jupyter":           "writes to the log",
	"trace":             "says what is wrong with a recording, to the log and to tests",
}

// mostElsewhere is how many lines testdata/elsewhere.txt may have. It may only become less.
const mostElsewhere = 82

// TestNoSentenceElsewhere: what a learner reads is in this package. Elsewhere a string
// has fewer than three words, or is listed in testdata/elsewhere.txt: because it is a
// message of Go's own, an error for the log, the instrumenter's reason to leave
// something as it is, which its goldens show, or the name of a construct.
func TestNoSentenceElsewhere(t *testing.T) {
	found := map[string]string{} // sentence → a place of it
	sentencesBelow(t, "..", found)
	const list = "testdata/elsewhere.txt"
	if *update {
		writeLines(t, list, found)
	}
	text, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	allowed := strings.Split(strings.TrimSpace(string(text)), "\n")
	if len(allowed) > mostElsewhere {
		t.Errorf("%s has %d lines, more than %d: put the new sentences into this package", list, len(allowed), mostElsewhere)
	}
	for sentence, place := range found {
		if !slices.Contains(allowed, sentence) {
			t.Errorf("%s: %s is a sentence: if a learner reads it, it belongs in kernel/words", place, sentence)
		}
	}
	for _, sentence := range allowed {
		if found[sentence] == "" {
			t.Errorf("%s: %s is said nowhere any more: delete the line", list, sentence)
		}
	}
}

func sentencesBelow(t *testing.T, root string, found map[string]string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		folder, _ := filepath.Rel(root, path)
		if entry.IsDir() && (entry.Name() == "testdata" || silent[filepath.ToSlash(folder)] != "") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			sentencesIn(t, path, found)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func sentencesIn(t *testing.T, path string, found map[string]string) {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			return !forNoLearner(n)
		case *ast.BasicLit:
			if s, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && isSentence(s) {
				found[strconv.Quote(s)] = set.Position(n.Pos()).String()
			}
		}
		return true
	})
}

// forNoLearner reports whether a call is about a line of the log, or a pattern.
func forNoLearner(call *ast.CallExpr) bool {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	return slices.Contains([]string{"log", "logf", "printf", "MustCompile", "panic"}, name)
}

// lowerWord is a word of a sentence, as opposed to a name, a flag or a piece of code.
var lowerWord = regexp.MustCompile(`^[“"'(]?[a-z]{2,}[.,:;?)'”"]*$`)

// isSentence reports whether a string has three words of a sentence. Markup, source and usage are none.
func isSentence(s string) bool {
	source := regexp.MustCompile(`^(package|module|go:|//) ?`)
	if strings.ContainsAny(s, "<{|") || strings.HasPrefix(s, "[") || strings.HasPrefix(s, "-") || source.MatchString(s) {
		return false
	}
	n := 0
	for _, word := range strings.Fields(s) {
		if lowerWord.MatchString(word) {
			n++
		}
	}
	return n >= 3
}

func writeLines(t *testing.T, path string, found map[string]string) {
	t.Helper()
	var lines []string
	for s := range found {
		lines = append(lines, s)
	}
	slices.Sort(lines)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}
