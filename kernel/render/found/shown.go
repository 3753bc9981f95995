package found

import (
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/render/columns"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/picture"
	"threading101/kernel/words"
)

// Shown is a run that violates what was checked.
type Shown struct {
	Properties []string // as they were written
	Execution  *model.Execution
	Note       string // what must be said of the run
}

// head says what the run shows.
func (s *Shown) head() string {
	var names []string
	for _, p := range s.Properties {
		names = append(names, words.Plain(p, 80))
	}
	return words.CheckRun(names)
}

// Options are how the run is drawn.
func (s *Shown) Options(p ink.Paper) picture.Options {
	return picture.Options{Paper: p, Note: s.Note}
}

// Bundle is the run's picture alone.
func (s *Shown) Bundle(p ink.Paper) map[string]any {
	data, _ := picture.Bundle(s.Execution, s.Options(p))
	return data
}

// text writes the run as lanes, and below them in columns.
func (s *Shown) text(p ink.Paper) string {
	return "\n" + s.head() + "\n\n" + picture.Text(s.Execution, s.Options(p)) + "\n" + columns.Text(s.Execution, p)
}

// html draws the run, with the steps that matter in a fold below.
func (s *Shown) html(b *strings.Builder, p ink.Paper) {
	b.Write(picture.In("html", s.Execution, s.Options(p)))
	columns.HTML(b, s.Execution)
}

// shownHTML draws the first run open, and the others each in a fold.
func (c *check) shownHTML(b *strings.Builder, p ink.Paper) {
	for i := range c.shown {
		s := &c.shown[i]
		head := "<b>" + ink.Escape(s.head()) + "</b>"
		if i == 0 {
			b.WriteString("<p>" + head + "</p>\n")
			s.html(b, p)
			continue
		}
		b.WriteString(`<details class="t101-more"><summary>` + head + "</summary>\n")
		s.html(b, p)
		b.WriteString("</details>\n")
	}
}
