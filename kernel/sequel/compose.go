package sequel

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/instrument/syntax"
	"threading101/kernel/model"
)

// Part is a cell in a program.
type Part struct {
	*Cell
	Number int  // its execution number
	Frozen bool // the world stands still at the prompt behind it
}

// Text is a program as one cell.
type Text struct {
	Source string
	places []place // by line
}

// place is where a line comes from.
type place struct {
	cell, line int
	own        bool // it is ours, and stands for the line
	edits      []edit
}

// edit is a change on a line: added in the place of removed bytes. The column counts in
// the line as it was.
type edit struct{ col, removed, added int }

// Compose writes the program that the parts make, with the declarations of the last if
// that is the cell that runs.
func Compose(parts []Part, declarations bool) *Text {
	w := &writer{}
	if last := parts[len(parts)-1]; declarations {
		w.lines(last, last.Declarations, nil)
	}
	w.main(parts)
	return &Text{w.text.String(), w.places}
}

// Main is the program's main alone, "" without cells.
func Main(parts []Part) string {
	w := &writer{}
	if len(parts) > 0 {
		w.main(parts)
	}
	return w.text.String()
}

func (w *writer) main(parts []Part) {
	last := parts[len(parts)-1]
	w.own(last.Number, 1, "func main() {")
	taken := map[string]bool{}
	for i, p := range parts {
		if i > 0 {
			w.own(p.Number, 1, "{")
		}
		w.lines(p, p.Statements, p.changes(i+1, taken))
		w.own(p.Number, p.length(), p.prompt(i+1))
	}
	w.own(last.Number, last.length(), strings.Repeat("}\n", len(parts)-1)+"}")
}

type writer struct {
	text   strings.Builder
	places []place
}

// lines writes the text of a part, line for line.
func (w *writer) lines(p Part, text string, changes []change) {
	for n, line := range strings.Split(text, "\n") {
		at := place{cell: p.Number, line: n + 1}
		for _, c := range changes {
			if c.line == n+1 {
				at.edits = append(at.edits, edit{c.col, c.removed, len(c.text)})
			}
		}
		w.places = append(w.places, at)
		w.text.WriteString(changed(line, n+1, changes) + "\n")
	}
}

// own writes lines of ours, which stand for a line of a cell.
func (w *writer) own(cell, line int, text string) {
	for range strings.Split(text, "\n") {
		w.places = append(w.places, place{cell: cell, line: line, own: true})
	}
	w.text.WriteString(text + "\n")
}

// length is the last line of the cell that holds anything.
func (c *Cell) length() int { return 1 + strings.Count(strings.TrimRight(c.Statements, " \t\n"), "\n") }

// prompt is what stands behind the n-th cell.
func (p Part) prompt(n int) string {
	value := "0"
	if p.Frozen {
		value = syntax.Frozen
	}
	text := "const " + syntax.PromptName + strconv.Itoa(n) + " = " + value
	if len(p.Vars) > 0 {
		text += "; " + strings.Repeat(", _", len(p.Vars))[2:] + " = " + strings.Join(p.Vars, ", ")
	}
	return text
}

// change is a change of a text.
type change struct {
	line, col int // from 1
	removed   int
	text      string
}

// changes are those of the statements of the n-th cell: labels that a cell before has
// as well get a number, and the value of the last expression is printed. Labels are
// then taken.
func (c *Cell) changes(n int, taken map[string]bool) (all []change) {
	for name, offsets := range c.labels {
		for _, at := range offsets {
			if taken[name] {
				all = append(all, c.change(at, len(name), name+"_"+strconv.Itoa(n)))
			}
		}
	}
	for name := range c.labels {
		taken[name] = true
	}
	if c.shown != nil {
		all = append(all, c.change(c.shown.from, 0, "fmt.Println("), c.change(c.shown.to, 0, ")"))
	}
	slices.SortFunc(all, func(a, b change) int { return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.col, b.col)) })
	return all
}

func (c *Cell) change(offset, removed int, text string) change {
	before := c.Statements[:offset]
	return change{1 + strings.Count(before, "\n"), offset - strings.LastIndexByte(before, '\n'), removed, text}
}

// changed is the n-th line with its changes.
func changed(line string, n int, changes []change) string {
	for _, c := range slices.Backward(changes) {
		if c.line == n {
			line = line[:c.col-1] + c.text + line[c.col-1+c.removed:]
		}
	}
	return line
}

// Place is where a place in the program comes from: the cell by its execution number,
// its line, and the column, 0 if that is not known.
func (t *Text) Place(line, col int) (model.Pos, int) {
	at := t.places[min(max(line, 1), len(t.places))-1]
	if at.own {
		col = 0
	}
	return model.Pos{Cell: at.cell, Line: at.line}, at.column(col)
}

// column is the column before the changes.
func (p place) column(col int) int {
	if col == 0 {
		return 0
	}
	shift := 0
	for _, e := range p.edits {
		switch at := e.col + shift; {
		case col >= at+e.added:
			shift += e.added - e.removed
		case col > at:
			return e.col
		}
	}
	return col - shift
}
