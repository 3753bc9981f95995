package render

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"threading101/kernel/render/picture"
)

// TestWorkedExample: the form that doc.go shows how to add is there, and so is each
// file that it names, with what it says is in it.
func TestWorkedExample(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(doc), "# How to add a form of a picture")
	files := regexp.MustCompile(`(?m)^//\t(kernel/\S+) +\S`).FindAllStringSubmatch(example, -1)
	if len(files) < 4 {
		t.Fatalf("%d files are named", len(files))
	}
	all := ""
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join("../..", f[1]))
		if err != nil {
			t.Error(err)
		}
		all += string(text)
	}
	for _, part := range []string{
		"func (p *Picture) page(paper ink.Paper) []byte", `{Name: "page", Write: (*Picture).page, Flag: "html", Help: words.HelpHTML},`,
	} {
		if !strings.Contains(example, part) || !strings.Contains(all, part) {
			t.Errorf("the example and its files do not both say %s", part)
		}
	}
	for _, part := range []string{"HelpHTML ", "[-html FILE]", "example.page"} {
		if !strings.Contains(all, part) {
			t.Errorf("no file of the example has %q", part)
		}
	}
	for _, form := range picture.Forms {
		if form.Name == "page" && form.Flag == "html" {
			return
		}
	}
	t.Error("the table has no such form")
}

// TestRooms: doc.go names each folder of this room, and each has a paragraph of its own.
func TestRooms(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	rooms, err := filepath.Glob("*/doc.go")
	if err != nil || len(rooms) < 7 {
		t.Fatal(rooms, err)
	}
	for _, file := range rooms {
		room := filepath.Dir(file)
		if !regexp.MustCompile(`(?m)^//\t` + room + ` +\S`).Match(doc) {
			t.Errorf("doc.go does not name %s", room)
		}
		text, err := os.ReadFile(file)
		if err != nil || !strings.HasPrefix(string(text), "// Package "+room+" ") || strings.Count(string(text), "\n") < 4 {
			t.Errorf("%s does not say what it is: %v", file, err)
		}
	}
}
