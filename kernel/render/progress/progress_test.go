package progress

import (
	"strings"
	"testing"

	"threading101/kernel/words/learning"
)

var lessons = []Lesson{{"A lock", "02-lock.ipynb", true}, {"<b> & more", "a \"b\"?.ipynb", false}}

func TestText(t *testing.T) {
	want := learning.ProgressLessons(1, 2) + "\n" + learning.ProgressMark + " A lock\n" + learning.ProgressOpen + " <b> & more"
	if got := Text(lessons); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// What a lesson is called, and where it lies, is no markup.
func TestHTML(t *testing.T) {
	page := HTML(lessons)
	for _, part := range []string{`href="./02-lock.ipynb">A lock</a>`, `href="./a%20%22b%22%3F.ipynb">&lt;b&gt; &amp; more</a>`} {
		if !strings.Contains(page, part) {
			t.Errorf("%s is not in\n%s", part, page)
		}
	}
}
