package notebook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"threading101/kernel/words"
)

// file is a notebook. It is kept as the JSON it came as, so that what is not
// ours to know is written back as it was.
type file struct {
	json  map[string]any
	cells []*cell // the code cells that hold code
}

type cell struct {
	json    map[string]any
	outputs *outputs
}

// read reads a notebook and checks what will be needed of it.
func read(path string) (*file, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f, err := parse(text)
	if err != nil {
		return nil, fmt.Errorf("parsing %q: %w", path, err)
	}
	return f, nil
}

func parse(text []byte) (*file, error) {
	f := new(file)
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber() // numbers are written as they were
	if err := d.Decode(&f.json); err != nil {
		return nil, err
	}
	if major, ok := f.json["nbformat"].(json.Number); !ok || major.String() != "4" {
		return nil, errors.New(words.NotebookFormat(f.json["nbformat"]))
	}
	list, ok := f.json["cells"].([]any)
	if !ok {
		return nil, errors.New(words.NotebookNoCells)
	}
	for i, item := range list {
		if err := f.add(item); err != nil {
			return nil, fmt.Errorf("cell %d: %w", i+1, err)
		}
	}
	return f, nil
}

func (f *file) add(item any) error {
	object, ok := item.(map[string]any)
	if !ok {
		return errors.New(words.NotebookNoObject)
	}
	if object["cell_type"] != "code" {
		return nil
	}
	source, err := text(object["source"])
	if err != nil {
		return fmt.Errorf("source: %w", err)
	}
	c := &cell{json: object}
	if strings.TrimSpace(source) != "" && !c.tagged("skip-execution") {
		f.cells = append(f.cells, c)
	}
	return nil
}

// text joins what nbformat calls a multi-line string.
func text(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case []any:
		var b strings.Builder
		for _, line := range v {
			s, ok := line.(string)
			if !ok {
				return "", errors.New(words.NotebookMixedText)
			}
			b.WriteString(s)
		}
		return b.String(), nil
	}
	return "", errors.New(words.NotebookNoText)
}

// lines is the opposite of text, and how notebooks are written.
func lines(s string) []any {
	list := []any{}
	for line := range strings.SplitAfterSeq(s, "\n") {
		if line != "" {
			list = append(list, line)
		}
	}
	return list
}

func (c *cell) source() string {
	s, _ := text(c.json["source"]) // was checked when read
	return s
}

func (c *cell) tagged(tag string) bool {
	metadata, _ := c.json["metadata"].(map[string]any)
	tags, _ := metadata["tags"].([]any)
	return slices.Contains(tags, any(tag))
}

// write stores the notebook as Jupyter does: keys in order, indented by one.
func (f *file) write(path string) error {
	for _, c := range f.cells {
		if c.outputs != nil {
			c.json["outputs"] = c.outputs.json()
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(f.json); err != nil {
		return err
	}
	return replace(path, b.Bytes())
}

// replace writes a file whole or not at all.
func replace(path string, text []byte) error {
	t, err := os.CreateTemp(filepath.Dir(path), ".notebook-*")
	if err != nil {
		return err
	}
	defer os.Remove(t.Name()) // is gone if all went well
	_, err = t.Write(text)
	if err := errors.Join(err, t.Chmod(0o644), t.Close()); err != nil {
		return err
	}
	return os.Rename(t.Name(), path)
}
