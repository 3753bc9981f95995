package report

import (
	"fmt"
	"strings"
	"unicode"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// Report is one failure, for the content of an error message.
type Report struct {
	Name      string   // ename: "CompileError", "Panic", "Deadlock" …
	Value     string   // evalue: one line
	Traceback []string // with ANSI colours, one entry a line

	First *Fault // the first error of the compiler; nil of any other failure
}

// Fault is one error of the compiler.
type Fault struct {
	At      model.Pos // no line: it has no place
	Message string
	Line    string // of the source, "" if it is not known
	Hint    string // the advice that the report gives, "" if it gives none
}

// Source gives the text of a cell, and a line of it, "" where it is not known. A
// [cell.Memory] is one.
type Source interface {
	Line(cell, line int) string
	Source(cell int) string
}

// Names of failures (ename).
const (
	CompileError = "CompileError"
	SyntaxError  = "SyntaxError"
	ImportError  = "ImportError"
	WordError    = "WordError"
	Panic        = "Panic"
	Deadlock     = "Deadlock"
	FatalError   = "FatalError"
	DataRace     = "DataRace"
	ExitStatus   = "ExitStatus"
	LimitReached = "LimitReached"
	Interrupt    = "Interrupted"
	KernelError  = "KernelError"
)

// How words are set off, as ANSI codes. No colour: a front end shows errors on a
// red ground, light or dark, and no colour of its palette can be read on both.
const (
	bold  = "1"
	plain = ""
)

// page collects lines.
type page struct {
	source Source
	lines  []string
	hinted map[string]bool // what has been advised already
}

// part is a piece of a line in one colour.
type part struct{ colour, text string }

// line adds one line, or several if the text holds line ends or is too long for one.
func (p *page) line(parts ...part) {
	var all strings.Builder
	for i := range parts {
		parts[i].text = visible(parts[i].text)
		all.WriteString(parts[i].text)
	}
	folded := fold(all.String())
	for i, q := range parts {
		parts[i].text, folded = folded[:len(q.text)], folded[len(q.text):]
	}
	p.whole(parts...)
}

// whole adds one line, however long: it is all of a report, below what has said the rest.
func (p *page) whole(parts ...part) {
	var text strings.Builder
	for _, q := range parts {
		text.WriteString(paint(q.colour, visible(q.text)))
	}
	p.lines = append(p.lines, strings.Split(text.String(), "\n")...)
}

// paint colours each line of a text on its own.
func paint(colour, text string) string {
	if colour == plain || text == "" {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if l != "" {
			lines[i] = "\x1b[" + colour + "m" + l + "\x1b[0m"
		}
	}
	return strings.Join(lines, "\n")
}

// visible spells out control characters, so that a program's own text cannot
// colour or move the report, nor turn the direction in which it is read.
func visible(text string) string {
	clean := func(r rune) bool {
		return r >= ' ' && r != 0x7f && !unicode.Is(unicode.Bidi_Control, r) || r == '\n' || r == '\t'
	}
	if strings.IndexFunc(text, func(r rune) bool { return !clean(r) }) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case clean(r):
			b.WriteRune(r)
		case r == '\r':
			b.WriteString("␍")
		case unicode.Is(unicode.Bidi_Control, r):
			b.WriteString("·") // as wide, so that a caret below stays where it is
		default:
			fmt.Fprintf(&b, "\\x%02x", r)
		}
	}
	return b.String()
}

// gap adds an empty line, unless there is one.
func (p *page) gap() {
	if n := len(p.lines); n > 0 && p.lines[n-1] != "" {
		p.line()
	}
}

// hint adds a line of advice; none if there is nothing to say, or it was said.
func (p *page) hint(text string) {
	if text == "" || p.hinted[text] {
		return
	}
	if p.hinted == nil {
		p.hinted = map[string]bool{}
	}
	p.hinted[text] = true
	p.line(part{bold, words.ReportHint}, part{plain, text})
}

// text returns a line of source, "" if it is not known.
func (p *page) text(at model.Pos) string {
	if p.source == nil || at.Cell == 0 {
		return ""
	}
	return p.source.Line(at.Cell, at.Line)
}

// report finishes the page.
func (p *page) report(name, value string) *Report {
	for len(p.lines) > 0 && p.lines[len(p.lines)-1] == "" {
		p.lines = p.lines[:len(p.lines)-1]
	}
	first, _, _ := strings.Cut(visible(value), "\n")
	return &Report{Name: name, Value: first, Traceback: p.lines}
}

// Advise adds a hint.
func (r *Report) Advise(hint string) *Report {
	p := &page{lines: r.Traceback}
	p.hint(hint)
	r.Traceback = p.lines
	return r
}

// Place says where a position is: "cell 3, line 4". A file of Go's own is named
// from its package on: "sync/mutex.go:65".
func Place(at model.Pos) string {
	file := at.File
	if i := strings.LastIndex(file, "/src/"); i >= 0 {
		file = file[i+len("/src/"):]
	}
	return words.ReportPlace(at.Cell, file, at.Line)
}
