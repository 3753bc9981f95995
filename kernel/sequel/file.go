package sequel

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/imports"

	"threading101/kernel/words"
)

// File writes the program as one Go file, as somebody would write it: gofmt'd, with
// the imports it needs, and with a pause at each prompt. Cells are in blocks only where
// a name is declared again.
func File(declarations string, all []*Moment) (string, error) {
	text, lines := written(declarations, all, nil)
	text, _ = written(declarations, all, unused(text, lines))
	out, err := imports.Process("main.go", []byte(text), &imports.Options{Comments: true, TabIndent: true, TabWidth: 8})
	return string(out), err
}

// written is the file before it is formatted. keep are variables of the cells that must
// be used somehow. lines is where each cell ends.
func written(declarations string, all []*Moment, keep map[int][]string) (text string, lines []int) {
	w := &strings.Builder{}
	fmt.Fprintf(w, "package main\n\n%s\n\nfunc main() {\n", declarations)
	nested, taken, open := nests(all), map[string]bool{}, 0
	timeless := false // time is a variable of the program
	for i, m := range all {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if nested && i > 0 {
			fmt.Fprintln(w, "{")
			open++
		}
		m.write(w, i, taken)
		for _, name := range keep[i] {
			fmt.Fprintf(w, "_ = %s\n", name)
		}
		timeless = timeless || slices.Contains(m.Cell.names(), "time")
		if !m.Frozen && !timeless {
			fmt.Fprintf(w, "time.Sleep(%d * time.Millisecond) ", pause(m))
		}
		fmt.Fprintln(w, words.YourPrompt)
		lines = append(lines, strings.Count(w.String(), "\n"))
	}
	fmt.Fprintln(w, strings.Repeat("}\n", open)+"}")
	return w.String(), lines
}

// write writes the statements of the i-th cell.
func (m *Moment) write(w *strings.Builder, i int, taken map[string]bool) {
	fmt.Fprintln(w, words.ProgramCell(m.Number))
	changes := m.Cell.changes(i+1, taken)
	lines := strings.Split(m.Cell.Statements, "\n")
	for n, line := range lines {
		lines[n] = changed(line, n+1, changes)
	}
	fmt.Fprintln(w, strings.TrimSpace(strings.Join(lines, "\n")))
}

// nests says whether a name is declared by two cells.
func nests(all []*Moment) bool {
	seen := map[string]bool{}
	for _, m := range all {
		for _, name := range m.Cell.names() {
			if seen[name] {
				return true
			}
			seen[name] = true
		}
	}
	return false
}

// pause is how long main waits at the prompt behind a cell, in milliseconds: twice as
// long as the others needed, since a computer may be busy.
func pause(m *Moment) int64 {
	const least = 10 * time.Millisecond
	return (2*time.Duration(max(m.Lasted, 0)) + least).Milliseconds()
}

// unused are the variables that are declared in main and not used, by the cell that
// ends behind their line.
func unused(text string, lines []int) map[int][]string {
	all := map[int][]string{}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		return all
	}
	config := types.Config{Error: func(err error) {
		e, ok := err.(types.Error)
		words := strings.Fields(e.Msg) // declared and not used: x
		name := words[len(words)-1]
		if at := fset.Position(e.Pos).Line; ok && e.Soft && words[0] == "declared" {
			cell, _ := slices.BinarySearch(lines, at)
			all[cell] = append(all[cell], name)
		}
	}}
	config.Check("main", fset, []*ast.File{f}, nil) // packages are not found, which is no matter here
	return all
}
