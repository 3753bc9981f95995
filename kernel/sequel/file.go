package sequel

import (
	"fmt"
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
	w := &strings.Builder{}
	fmt.Fprintf(w, "package main\n\n%s\n\nfunc main() {\n", declarations)
	nested, taken, open := nests(all), map[string]bool{}, 0
	for i, m := range all {
		if nested && i > 0 {
			fmt.Fprintln(w, "{")
			open++
		}
		fmt.Fprintln(w, words.ProgramCell(m.Number))
		body := m.Cell.Statements
		changes := m.Cell.changes(i+1, taken)
		for n, line := range strings.Split(body, "\n") {
			if strings.TrimSpace(line) != "" {
				fmt.Fprintln(w, changed(line, n+1, changes))
			}
		}
		for _, name := range unused(m, all[i:]) {
			fmt.Fprintf(w, "_ = %s\n", name)
		}
		if !m.Frozen {
			fmt.Fprintf(w, "time.Sleep(%d * time.Millisecond) %s\n", pause(m), words.YourPrompt)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w, strings.Repeat("}\n", open)+"}")
	text, err := imports.Process("main.go", []byte(w.String()), &imports.Options{Comments: true, TabIndent: true, TabWidth: 8})
	return string(text), err
}

// nests says whether a name is declared by two cells.
func nests(all []*Moment) bool {
	seen := map[string]bool{}
	for _, m := range all {
		for _, name := range m.Cell.Vars {
			if seen[name] {
				return true
			}
			seen[name] = true
		}
	}
	return false
}

// pause is how long main waits at the prompt behind a cell, in milliseconds.
func pause(m *Moment) int64 {
	const least = 10 * time.Millisecond
	return max(least, time.Duration(m.Lasted)+least).Milliseconds()
}

// unused are the variables of a cell that neither it nor a later one uses.
func unused(m *Moment, later []*Moment) (names []string) {
	for _, name := range m.Cell.Vars {
		uses := 0
		for i, l := range later {
			for _, x := range lexemes(l.Cell.Statements) {
				if x.text == name {
					uses++
				}
			}
			if i > 0 && slices.Contains(l.Cell.Vars, name) {
				break
			}
		}
		if uses < 2 {
			names = append(names, name)
		}
	}
	return names
}
