package explain

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"threading101/kernel/model"
	"threading101/kernel/proof/story"
	"threading101/kernel/trace"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Each file of testdata/*.txt is a run as story.Tell tells it, and after "says:"
// the sentences it is explained with.
func TestSentences(t *testing.T) {
	const mark = "says:\n"
	for _, file := range []string{"deadlock", "leak", "cutoff", "lostupdate", "race", "stopped"} {
		name := "testdata/" + file + ".txt"
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range a.Files {
			t.Run(file+"/"+f.Name, func(t *testing.T) {
				text, want, _ := strings.Cut(string(f.Data), mark)
				x, err := story.Tell(text)
				if err != nil {
					t.Fatal(err)
				}
				if err := trace.Validate(x); err != nil {
					t.Error(err)
				}
				got := strings.Join(append(Sentences(x), ""), "\n")
				if *update {
					a.Files[i].Data = []byte(text + mark + got)
				} else if got != want {
					t.Errorf("says\n%s\nwant\n%s", got, want)
				}
			})
		}
		if now := txtar.Format(a); *update {
			if err := os.WriteFile(name, now, 0o644); err != nil {
				t.Fatal(err)
			}
		} else if old, _ := os.ReadFile(name); !bytes.Equal(now, old) {
			t.Errorf("%s is not as txtar writes it", name)
		}
	}
}

func TestNothing(t *testing.T) {
	if s := Sentences(nil); s != nil {
		t.Errorf("of no run: %q", s)
	}
	if s := Sentences(&model.Execution{}); s != nil {
		t.Errorf("of an empty run: %q", s)
	}
}
