package lessons

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Check is what a lesson's locked check cell says of itself in its metadata, under
// "threading101": {"check": …}.
type Check struct {
	Lesson string `json:"lesson"` // "10-01-a-lock-for-everyone"
	Sum    string `json:"sum"`    // of its text, as the course has it: [Sum]
}

// Sum is by what the text of a locked cell is known: the first 12 hexadecimal digits of
// its SHA-256, without space at its ends. lessons/make.py writes it.
func Sum(source string) string {
	sum := sha256.Sum256([]byte(strings.TrimSpace(strings.ReplaceAll(source, "\r\n", "\n"))))
	return hex.EncodeToString(sum[:6])
}

// Of reports whether the text of a cell is the one that the course has locked.
func (c Check) Of(source string) bool { return c.Lesson != "" && c.Sum == Sum(source) }

// Task is a lesson with locked checks, as a folder has it.
type Task struct {
	File   string // "10-01-a-lock-for-everyone.ipynb"
	Title  string // its first heading, "" if it has none
	Lesson string
	Sums   []string // of its locked checks, each once
}

// A folder is read up to here; notebooks with outputs can be large.
const (
	mostTasks    = 200
	mostNotebook = 32 << 20
)

// Tasks are the lessons of a folder whose names begin with prefix and that have locked
// checks, in the order of their names. Files that are no notebooks are passed over.
func Tasks(folder, prefix string) (all []Task) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || filepath.Ext(e.Name()) != ".ipynb" || !strings.HasPrefix(e.Name(), prefix) || len(all) == mostTasks {
			continue
		}
		if t, ok := task(filepath.Join(folder, e.Name())); ok {
			all = append(all, t)
		}
	}
	return all
}

// task reads a notebook; ok is false where it has no locked check.
func task(path string) (t Task, ok bool) {
	t.File = filepath.Base(path)
	for _, c := range cellsOf(path) {
		source, err := joined(c.Source)
		if err != nil {
			continue
		}
		if heading, is := strings.CutPrefix(strings.TrimSpace(source), "# "); is && c.Kind == "markdown" && t.Title == "" {
			t.Title, _, _ = strings.Cut(heading, "\n")
		}
		if check := c.Metadata.Lesson.Check; check.Lesson != "" && !slices.Contains(t.Sums, check.Sum) {
			t.Lesson, t.Sums = check.Lesson, append(t.Sums, check.Sum)
		}
	}
	return t, t.Lesson != ""
}

// taskCell is a cell of a notebook, as far as it matters here.
type taskCell struct {
	Kind     string          `json:"cell_type"`
	Source   json.RawMessage `json:"source"`
	Metadata struct {
		Lesson struct {
			Check Check `json:"check"`
		} `json:"threading101"`
	} `json:"metadata"`
}

// cellsOf are the cells of a notebook, none where it cannot be read as one. A cell whose
// metadata are of another shape has none.
func cellsOf(path string) (all []taskCell) {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostNotebook))
	var book struct {
		Cells []json.RawMessage `json:"cells"`
	}
	if err != nil || json.Unmarshal(bytes.TrimSpace(text), &book) != nil {
		return nil
	}
	for _, raw := range book.Cells {
		var c taskCell
		if json.Unmarshal(raw, &c) == nil {
			all = append(all, c)
		}
	}
	return all
}
