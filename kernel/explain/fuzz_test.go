package explain

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/proof/story"
	"threading101/kernel/trace"
)

// FuzzSentences explains whatever can be read as a recording, sense or not, in
// sentences that are whole.
func FuzzSentences(f *testing.F) {
	files, err := filepath.Glob("../trace/testdata/*.txtar")
	if err != nil || len(files) == 0 {
		f.Fatalf("no recordings: %v", err)
	}
	for i, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(a.Files[1].Data), i%2 == 0, uint8(i))
	}
	f.Fuzz(func(t *testing.T, text string, controlled bool, status uint8) {
		l, err := story.ParseLog(strings.NewReader(text))
		if err != nil || len(l.Entries) > 1000 {
			return
		}
		o := trace.Options{Mode: model.Real, Status: []model.Status{model.OK, model.Deadlock, model.Limit, model.Panicked}[status%4]}
		if controlled {
			o.Mode = model.Controlled
		}
		x := l.Execution(nil, o)
		whole(t, text, x)
		for i := range x.Events {
			x.Events[i].Site = &event.Site{Line: i, Test: &event.Test{Code: []event.Lines{{From: i, Until: i + 10}}}, Copied: true}
		}
		whole(t, text, x)
	})
}

// whole fails unless a run is explained in sentences that are whole.
func whole(t *testing.T, text string, x *model.Execution) {
	t.Helper()
	for _, s := range Sentences(x) {
		if !strings.HasSuffix(s, ".") || strings.Contains(s, "  ") && !strings.Contains(text, "  ") {
			t.Errorf("not a sentence: %q", s)
		}
	}
}
