package proxy

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestQuestionAt(t *testing.T) {
	for _, c := range []struct {
		line, rest string
		want       []string
		ok         bool
	}{
		{`%predict -an`, "-an", []string{"-answer"}, true},
		{`//t101:predict "a?" -a`, "-a", []string{"-answer", "-about", "-again"}, true},
		{`%predict "a?" x {st`, "st", []string{"status"}, true},
		{`%predict "a?" -answer {l`, "l", []string{"last", "late", "lines"}, true},
		{`%predict "a? -an`, "-an", nil, true},
		{`%predict `, "", nil, true},
		{`%predict`, "", nil, false},
		{`predictor := 1`, "", nil, false},
	} {
		got, rest, ok := questionAt(c.line)
		if !slices.Equal(got, c.want) || ok != c.ok || ok && rest != c.rest {
			t.Errorf("%s: %q, %q, %v", c.line, got, rest, ok)
		}
	}
}

// Answers are kept beside the notebook where the server says which that is, else in the
// folder that the kernel was started in.
func TestBesideNotebook(t *testing.T) {
	there := t.TempDir()
	if err := os.Mkdir(filepath.Join(there, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ session, folder, notebook string }{
		{"", "/work", ""},
		{filepath.Join(there, "01 a.ipynb"), there, "01 a.ipynb"},
		{filepath.Join(there, "gone", "01.ipynb"), "/work", "01.ipynb"},
		{filepath.Join(there, "console-1-abc"), "/work", ""},
		{there + "/", "/work", ""},
	} {
		if folder, notebook := besideNotebook(c.session, "/work"); folder != c.folder || notebook != c.notebook {
			t.Errorf("%q: %q, %q", c.session, folder, notebook)
		}
	}
	if folder, notebook := besideNotebook("sub/01.ipynb", there); folder != filepath.Join(there, "sub") || notebook != "01.ipynb" {
		t.Errorf("relative: %q, %q", folder, notebook)
	}
}

// A question ends when a cell waits: one that waits already, or one that comes.
func TestBehind(t *testing.T) {
	q := newQueue()
	first := q.behind()
	select {
	case <-first:
		t.Fatal("nobody waits")
	default:
	}
	q.put(&execution{})
	<-first
	<-q.behind()
	q.take()
	select {
	case <-q.behind():
		t.Error("nobody waits any more")
	default:
	}
}
