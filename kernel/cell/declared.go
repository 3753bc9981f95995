package cell

import (
	"slices"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// Declaration is what a cell declares: "type" and "Worker", "func" and "Worker.Run".
type Declaration struct{ Kind, Name string }

// Declared lists what the cell declares, in its order; imports are left out.
func (d *Draft) Declared() (all []Declaration) {
	if d.file == nil {
		return nil
	}
	type placed struct {
		Declaration
		line, col int
	}
	var list []placed
	add := func(kind string, units []*unit) {
		for _, u := range units {
			if t := u.name(); t.line > 0 && u.key != "_" && u.key != "main" {
				list = append(list, placed{Declaration{kind, strings.Replace(u.key, "~", ".", 1)}, t.line, t.col})
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

// name is the token that stands for a declaration: the first of it.
func (u *unit) name() tok {
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
			first := seen[u.key]
			seen[u.key] = u
			if first == nil || u.key == "_" || u.key == "init" {
				continue
			}
			at := u.name()
			faults = append(faults, Fault{
				Pos: model.Pos{Cell: d.cell, Line: at.line}, Col: at.col,
				Message: words.Redeclared(strings.Replace(u.key, "~", ".", 1), first.name().line),
			})
		}
	}
	return faults
}
