package cell

import (
	"errors"
	"go/scanner"
	"maps"
	"slices"
	"strings"

	"threading101/kernel/model"
)

// Draft is a cell that runs: what it declares is not remembered yet.
type Draft struct {
	memory  *Memory
	cell    int
	raw     raw
	faults  []Fault
	file    *file         // what it declares, nil if it is no Go
	merged  *declarations // memory as it will be
	main    *unit         // the cell's own main function, nil if it has none
	forgets bool          // whether it has %reset
	added   bool          // whether the cell declares anything

	through func(line, col int) (model.Pos, int)
}

// Through sets where each place in the cell's text comes from, where that was put
// together from several cells.
func (d *Draft) Through(place func(line, col int) (model.Pos, int)) {
	d.through = place
	for i, f := range d.faults {
		d.faults[i].Pos, d.faults[i].Col = place(f.Pos.Line, f.Col)
	}
}

// Fault is an error of syntax in the cell.
type Fault struct {
	Pos     model.Pos
	Col     int // in bytes, from 1; 0 if unknown
	Message string
	AtEnd   bool // Go was not done when the cell ended; Pos is the cell's end
}

// parse merges the cell's declarations into those remembered.
func (d *Draft) parse() {
	if !d.raw.goes && len(d.raw.lines) <= 2 {
		return
	}
	f, err := parse(d.raw.text, d.cell, func(line, col int) (int, int) { return d.raw.line(line), col })
	if err != nil {
		d.faults = d.faultsOf(err)
		return
	}
	if d.file, d.faults = f, d.twice(f); len(d.faults) > 0 {
		return
	}
	for _, u := range f.funcs {
		if u.key == "main" {
			d.main = u
		}
	}
	d.added = true
	d.merged.merge(f)
}

// faultsOf moves the parser's errors into the cell, one for each line.
func (d *Draft) faultsOf(err error) []Fault {
	var list scanner.ErrorList
	if !errors.As(err, &list) {
		return []Fault{{Pos: d.pos(1), Message: err.Error()}}
	}
	list.RemoveMultiples()
	var faults []Fault
	for _, e := range list {
		if d.raw.beyond(e.Pos.Line) || strings.HasSuffix(e.Msg, "found 'EOF'") {
			faults = append(faults, Fault{d.pos(len(d.raw.lines) + 1), d.raw.width + 1, e.Msg, true})
			break
		}
		faults = append(faults, Fault{d.pos(e.Pos.Line), e.Pos.Column, e.Msg, false})
	}
	return faults
}

// pos is the place in the cell for a line of the raw file.
func (d *Draft) pos(line int) model.Pos {
	return model.Pos{Cell: d.cell, Line: d.raw.line(line)}
}

// Cell returns the cell's execution number.
func (d *Draft) Cell() int { return d.cell }

// Syntax returns the errors of syntax in the cell, at their places in it; none
// if Go can parse it. GoNB reports the first of them, at a line of a file of
// its own.
func (d *Draft) Syntax() []Fault { return d.faults }

// HasGo reports whether the cell holds anything for the Go compiler.
func (d *Draft) HasGo() bool {
	return d.raw.goes || strings.Contains(d.raw.text, "func main()")
}

// Forgets reports whether the cell makes GoNB forget all declarations.
func (d *Draft) Forgets() bool { return d.forgets }

// HasMain reports whether the cell has a main function of its own.
func (d *Draft) HasMain() bool { return d.main != nil }

// Declarations returns the text of all declarations as they will be once the
// cell is remembered: what [Memory.Declarations] returns after [Draft.Commit].
func (d *Draft) Declarations() string { return d.merged.source() }

// Unnamed returns the paths that cells import as _ and GoNB does not: it takes those for
// one import, the last of them. They are in alphabetical order.
func (d *Draft) Unnamed() []string {
	last := ""
	if u := d.merged.imports["_"]; u != nil {
		last = u.path
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(d.merged.unnamed)), func(path string) bool { return path == last })
}

// Commit remembers the cell's declarations. Call it when GoNB's compile of the
// cell succeeded.
func (d *Draft) Commit() {
	if !d.added {
		return
	}
	d.memory.mu.Lock()
	defer d.memory.mu.Unlock()
	d.memory.decls = d.merged
}
