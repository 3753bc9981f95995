package cell

import (
	"slices"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// Declared lists what the cell declares, in its order; imports are left out.
func (d *Draft) Declared() (all []words.Declaration) {
	if d.file == nil {
		return nil
	}
	type placed struct {
		words.Declaration
		line, col int
	}
	var list []placed
	add := func(kind string, units []*unit) {
		for _, u := range units {
			if t := u.first(); t.line > 0 && u.key != "_" && u.key != "main" {
				list = append(list, placed{words.Declaration{Kind: kind, Name: strings.Replace(u.key, "~", ".", 1)}, t.line, t.col})
			}
		}
	}
	add("type", d.file.types)
	add("const", d.file.consts)
	add("var", d.file.vars)
	add("func", d.file.funcs)
	slices.SortStableFunc(list, func(a, b placed) int {
		if a.line != b.line {
			return a.line - b.line
		}
		return a.col - b.col
	})
	for _, p := range list {
		all = append(all, p.Declaration)
	}
	return all
}

// Imports lists the paths that the cell imports, in its order.
func (d *Draft) Imports() (paths []string) {
	if d.file == nil {
		return nil
	}
	for _, u := range d.file.imports {
		paths = append(paths, u.path)
	}
	return paths
}

// first is the first token of a declaration, from which it has its place.
func (u *unit) first() tok {
	if len(u.toks) == 0 {
		return tok{}
	}
	return u.toks[0]
}

// twice finds what the cell declares twice. GoNB would keep the last of the two
// without a word, where Go refuses both.
func (d *Draft) twice(f *file) (faults []Fault) {
	seen := map[string]*unit{}
	for _, units := range [][]*unit{f.types, f.consts, f.vars, f.funcs} {
		for _, u := range units {
			before := seen[u.key]
			seen[u.key] = u
			if before == nil || u.key == "_" || u.key == "init" {
				continue
			}
			at := u.first()
			faults = append(faults, Fault{
				Pos: model.Pos{Cell: d.cell, Line: at.line}, Col: at.col,
				Message: words.Redeclared(strings.Replace(u.key, "~", ".", 1), before.first().line),
			})
		}
	}
	return faults
}
