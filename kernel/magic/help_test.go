package magic

import (
	"encoding/xml"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

func TestHelp(t *testing.T) {
	plain, page := Help()
	golden(t, "testdata/help.txt", plain)
	golden(t, "testdata/help.html", page)
	d := xml.NewDecoder(strings.NewReader("<div>" + page + "</div>"))
	for {
		if _, err := d.Token(); err != nil {
			if err.Error() != "EOF" {
				t.Errorf("the page is not well formed: %v", err)
			}
			return
		}
	}
}

// The page on what is controlled is shown for its name, and for no other.
func TestControlledHelp(t *testing.T) {
	plain, page := ControlledHelp()
	golden(t, "testdata/controlled.txt", plain)
	if err := xml.Unmarshal([]byte("<div>"+page+"</div>"), new(struct{})); err != nil {
		t.Errorf("the page is not well formed: %v", err)
	}
	c, err := Parse("%t101 controlled")
	if err != nil || !c.Means || c.Help {
		t.Errorf("%%t101 controlled: %+v, %v", c, err)
	}
	if _, err := Parse("%t101 controlled 10"); err == nil {
		t.Error("a page that takes no argument takes one")
	}
	if _, err := Parse("%t101 everything"); err == nil {
		t.Error("there is no page called everything")
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-update writes it anew):\n%s", path, d)
	}
}

// The README's table has each command of this version, and completion offers it.
func TestReadmeHasEachCommand(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range Table {
		if w.Since > Now {
			continue
		}
		if row := "`%" + w.Name; !strings.Contains(string(readme), "| "+row) {
			t.Errorf("README.md has no row for %%%s: its table of commands is for whoever has not started the kernel yet", w.Name)
		}
		if !slices.Contains(Complete("%"+w.Name), "%"+w.Name) {
			t.Errorf("%%%s is not offered by completion", w.Name)
		}
	}
}
