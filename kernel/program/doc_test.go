package program

import (
	"os"
	"strings"
	"testing"
)

// TestFrontEndForms: the files that the package's doc names as examples of a
// front-end form are there, and use what it says.
func TestFrontEndForms(t *testing.T) {
	for file, uses := range map[string]string{
		"../proxy/screen.go":       "program.Screen",
		"../proxy/output/board.go": "program.Board",
		"../cli/run.go":            "program.Program",
		"../cli/explore.go":        "program.Question",
		"../cli/check.go":          "program.Findings",
	} {
		text, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(text), uses) {
			t.Errorf("%s does not use %s (%v)", file, uses, err)
		}
	}
}
