package gopls

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
)

// The files gopls sees.
const (
	cellFile     = "cell.go"
	declaredFile = "declared.go"
)

// view is a cell as a Go file. Each line of the cell is one line of the file,
// with the same columns; above them stands what a cell leaves out.
type view struct {
	text     string
	declared string
	lines    []string // of the cell, as they stand in text
	above    int      // lines of text before the cell's first
}

func newView(cell Cell) view {
	declared := cell.Declared
	lines := strings.Split(strings.ReplaceAll(cell.Text, "\r\n", "\n"), "\n")
	v := view{lines: slices.Clone(lines)}
	end := v.blank()
	open := cell.Above
	body := strings.Join(v.lines, "\n") + end + "\n" + cell.Below
	tree, _ := parse(open + body)
	head := "package main\n"
	if tree != nil {
		head += imports(tree, declared)
	}
	head += open
	v.above = strings.Count(head, "\n")
	v.text = head + body
	v.declared = others(tree, declared)
	return v
}

// parse reads as much of a text without package clause as is Go.
func parse(body string) (*ast.File, error) {
	return parser.ParseFile(token.NewFileSet(), "", "package main\n"+body, parser.SkipObjectResolution)
}

// blank empties the lines that are no Go, as GoNB does, and returns what closes
// the main function that a %% line opens. A column within an emptied line means
// nothing then.
func (v *view) blank() (end string) {
	for i, line := range v.lines {
		text := strings.TrimPrefix(line, "//gonb:")
		switch {
		case text == "%%" || strings.HasPrefix(text, "%% ") || strings.HasPrefix(text, "%main"):
			v.lines[i], end = "func main() {", "\n}"
		case strings.HasPrefix(text, "%"), strings.HasPrefix(text, "!"), strings.HasPrefix(line, "package "):
			v.lines[i] = ""
		}
	}
	return end
}

// imports writes the import declarations that goimports would add for packages
// of the standard library which the cell names and nobody declares.
func imports(cell *ast.File, declared string) string {
	known := map[string]bool{}
	for _, spec := range cell.Imports {
		known[strings.Trim(spec.Path.Value, `"`)] = true
	}
	missing := map[string]bool{}
	ast.Inspect(cell, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				if path := standard[id.Name]; path != "" && !known[path] {
					missing[path] = true
				}
			}
		}
		return true
	})
	var b strings.Builder
	for _, path := range slices.Sorted(maps.Keys(missing)) {
		fmt.Fprintf(&b, "import %q\n", path)
	}
	// The imports of other cells hold for this one, too.
	if tree, _ := parser.ParseFile(token.NewFileSet(), "", "package main\n"+declared, parser.ImportsOnly); tree != nil {
		for _, spec := range tree.Imports {
			path := strings.Trim(spec.Path.Value, `"`)
			if known[path] || missing[path] {
				continue
			}
			name := ""
			if spec.Name != nil {
				name = spec.Name.Name + " "
			}
			fmt.Fprintf(&b, "import %s%q\n", name, path)
		}
	}
	return b.String()
}

// others returns the declarations that the cell does not make anew, as a file.
func others(cell *ast.File, declared string) string {
	fset := token.NewFileSet()
	text := "package main\n" + declared
	tree, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil || cell == nil {
		return text
	}
	own := map[string]bool{"main": true}
	for _, d := range cell.Decls {
		for _, name := range names(d) {
			own[name] = true
		}
	}
	b := []byte(text)
	blank := func(n ast.Node) {
		from, to := fset.Position(n.Pos()).Offset, fset.Position(n.End()).Offset
		for i := from; i < to && i < len(b); i++ {
			if b[i] != '\n' {
				b[i] = ' '
			}
		}
	}
	for _, d := range tree.Decls {
		for _, part := range parts(d) {
			for _, name := range names(part) {
				if own[name] {
					blank(part)
				}
			}
		}
	}
	return string(b)
}

// parts returns the pieces of a declaration that can be left out.
func parts(d ast.Decl) []ast.Node {
	g, ok := d.(*ast.GenDecl)
	if !ok || g.Tok == token.IMPORT {
		return []ast.Node{d}
	}
	if !g.Lparen.IsValid() {
		return []ast.Node{d}
	}
	var specs []ast.Node
	for _, s := range g.Specs {
		specs = append(specs, s)
	}
	return specs
}

// names returns what a declaration declares; a method counts with its type.
func names(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if n.Recv == nil || len(n.Recv.List) == 0 {
			return []string{n.Name.Name}
		}
		t := n.Recv.List[0].Type
		if star, ok := t.(*ast.StarExpr); ok {
			t = star.X
		}
		if id, ok := t.(*ast.Ident); ok {
			return []string{id.Name + "." + n.Name.Name}
		}
	case *ast.GenDecl:
		var all []string
		for _, s := range n.Specs {
			all = append(all, names(s)...)
		}
		return all
	case *ast.TypeSpec:
		return []string{n.Name.Name}
	case *ast.ValueSpec:
		var all []string
		for _, id := range n.Names {
			if id.Name != "_" {
				all = append(all, id.Name)
			}
		}
		return all
	}
	return nil
}

// line is the line of the file for a line of the cell.
func (v view) line(n int) int { return n + v.above }

// spot is the protocol's form of a place in the cell.
func (v view) spot(at Position) spot {
	line := v.cellLine(at.Line)
	col := min(max(at.Col, 0), len(line))
	return spot{v.line(at.Line), len(utf16.Encode([]rune(line[:col])))}
}

// bytes is the column, in bytes, of a spot.
func (v view) bytes(s spot) int {
	line := v.cellLine(s.Line - v.above)
	units := 0
	for i, r := range line {
		if units >= s.Character {
			return i
		}
		units += utf16.RuneLen(r)
	}
	return len(line)
}

func (v view) cellLine(n int) string {
	if n < 0 || n >= len(v.lines) {
		return ""
	}
	return v.lines[n]
}
