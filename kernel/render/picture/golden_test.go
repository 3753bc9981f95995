package picture

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/explain"
	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
)

// file is a form of a run as its golden file has it: HTML without the SVG, which has a
// file of its own, data with line breaks and only a part of the events.
func file(form string, ex *model.Execution) (ext string, drawn []byte) {
	switch form {
	case "text":
		return "txt", In(form, ex, Options{})
	case "markdown":
		return "md", In(form, ex, Options{})
	case "html":
		return form, []byte(ink.Twice(nil, newPicture(ex, Options{}).plain))
	case "json":
		b, err := json.MarshalIndent(newRun(ex, 20), "", " ")
		if err != nil {
			panic(err)
		}
		return form, append(b, '\n')
	}
	return form, In(form, ex, Options{})
}

// whole are the situations whose pictures are kept as files. The first six show every
// kind of mark together, the last every kind of text that must not be taken literally.
var whole = []string{"two-locks", "calls-out-of-order", "exit", "threads-at-prompt", "thousand-blocked", "computing", "transactions", "rendezvous", "readers", "hostile"}

// TestGolden: each situation is laid out as its file says, the forms of some are kept
// whole, and of the others' forms the checksums.
func TestGolden(t *testing.T) {
	var sums rendertest.Sums
	var marks rendertest.Coverage
	for _, s := range rendertest.All {
		ex := s.Make()
		ex.Explanation = explain.Sentences(ex)
		rendertest.Golden(t, filepath.Join("testdata", s.Name+".layout"), rendertest.Layout(newPicture(ex, Options{}), names, "laneOf", "rowOf"))
		for _, f := range Forms {
			ext, drawn := file(f.Name, ex)
			kept := slices.Contains(whole, s.Name) && ext != "page" && len(drawn) < 100<<10
			if kept {
				rendertest.Golden(t, filepath.Join("testdata", s.Name+"."+ext), drawn)
			} else {
				sums.Add(t, s.Name+"."+ext, drawn)
			}
			marks.Add(kept && s.Name != "hostile", ext, drawn)
		}
	}
	sums.Check(t, "testdata/sums")
	marks.Check(t)
}

// names are the words of the layouts for its numbers.
var names = rendertest.Names{
	"State":     {"absent", "ready", "running", "waiting", "sleeping", "computing", "gone"},
	"rowKind":   {"step", "again", "gap", "band", "parting"},
	"endKind":   {"none", "cut", "blocked", "fatal", "prompt"},
	"arrowKind": {"passes", "joins", "raced"},
}

func TestSVGParses(t *testing.T) {
	for _, s := range rendertest.All {
		d := xml.NewDecoder(bytes.NewReader(In("svg", s.Make(), Options{})))
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", s.Name, err)
			}
			if e, ok := tok.(xml.StartElement); ok && strings.EqualFold(e.Name.Local, "script") {
				t.Errorf("%s: a script element", s.Name)
			}
		}
	}
}

func TestSizes(t *testing.T) {
	for _, s := range rendertest.All {
		data, _ := Bundle(s.Make(), Options{})
		for kind, most := range map[string]int{"image/svg+xml": 60 << 10, "text/html": 100 << 10, "text/plain": 40 << 10} {
			if n := len(data[kind].(string)); n > most {
				t.Errorf("%s: %s has %d bytes, more than %d", s.Name, kind, n, most)
			}
		}
		if n := len(In("markdown", s.Make(), Options{})); n > 40<<10 {
			t.Errorf("%s: the Markdown has %d bytes", s.Name, n)
		}
		if n := len(data[RunType].(json.RawMessage)); n > 600<<10 {
			t.Errorf("%s: the data have %d bytes", s.Name, n)
		}
		if n := strings.Count(data["text/plain"].(string), "\n"); n > 200 {
			t.Errorf("%s: the text has %d lines", s.Name, n)
		}
	}
}
