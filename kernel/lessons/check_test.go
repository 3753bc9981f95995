package lessons

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The course's own notebooks: each locked check says whose it is, and its sum is that of
// its text.
func TestLockedChecksOfTheCourse(t *testing.T) {
	all, found := Tasks("../../notebooks", ""), 0
	for _, task := range all {
		if task.Title == "" || task.File != task.Lesson+".ipynb" {
			t.Errorf("%+v", task)
		}
		for _, c := range cellsOf(filepath.Join("../../notebooks", task.File)) {
			check := c.Metadata.Lesson.Check
			source, err := joined(c.Source)
			if check.Lesson == "" {
				continue
			}
			if found++; err != nil || !check.Of(source+"\r\n") || check.Of(source+"x") || !strings.HasPrefix(source, "%check") {
				t.Errorf("%s: %q is not the cell of sum %s", task.File, source, check.Sum)
			}
		}
	}
	if found < 13 || len(all) > found {
		t.Errorf("%d checks in %d notebooks", found, len(all))
	}
}

// A folder may hold anything.
func TestTasks(t *testing.T) {
	folder := t.TempDir()
	check := `{"cell_type": "code", "source": "%check", "metadata": {"threading101": {"check": {"lesson": "10-01", "sum": "aa"}}}}`
	for name, text := range map[string]string{
		"10-01.ipynb":     `{"cells": [{"cell_type": "markdown", "source": ["# One\n", "text"]}, ` + check + `, ` + check + `]}`,
		"10-02.ipynb":     `{"cells": [3, {"source": 7}, {"metadata": {"threading101": []}}, ` + check + `]}`,
		"10-03.ipynb":     `{"cells": [{"cell_type": "markdown", "source": "# No check"}]}`,
		"10-04.ipynb":     `{"cells": `,
		"10-05.txt":       `{"cells": [` + check + `]}`,
		"11-select.ipynb": `{"cells": [` + check + `]}`,
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := []Task{{"10-01.ipynb", "One", "10-01", []string{"aa"}}, {"10-02.ipynb", "", "10-01", []string{"aa"}}}
	if d := cmp.Diff(want, Tasks(folder, "10")); d != "" {
		t.Error(d)
	}
	if all := Tasks(filepath.Join(folder, "not", "there"), ""); all != nil {
		t.Error(all)
	}
}
