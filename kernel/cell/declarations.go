package cell

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
)

// declarations is what GoNB remembers: the units by key, for each kind. A unit
// is never changed once it is here, so copies share them.
type declarations struct {
	imports, types, consts, vars, funcs map[string]*unit
	blanks                              int             // variables named _ so far
	unnamed                             map[string]bool // paths of all imports named _: GoNB keeps the last
}

func newDeclarations() *declarations {
	return &declarations{
		imports: map[string]*unit{}, types: map[string]*unit{}, consts: map[string]*unit{},
		vars: map[string]*unit{}, funcs: map[string]*unit{}, unnamed: map[string]bool{},
	}
}

func (d *declarations) clone() *declarations {
	return &declarations{maps.Clone(d.imports), maps.Clone(d.types), maps.Clone(d.consts),
		maps.Clone(d.vars), maps.Clone(d.funcs), d.blanks, maps.Clone(d.unnamed)}
}

// merge lets the units of a cell replace older ones with their key.
func (d *declarations) merge(f *file) {
	put := func(m map[string]*unit, units []*unit) {
		for _, u := range units {
			m[u.key] = u
		}
	}
	put(d.imports, f.imports)
	for _, u := range f.imports {
		if u.key == "_" {
			d.unnamed[u.path] = true
		}
	}
	put(d.types, f.types)
	put(d.consts, f.consts)
	put(d.funcs, f.funcs)
	delete(d.funcs, "main")
	d.mergeVars(f.vars)
}

// mergeVars replaces variables. One that belonged to a tuple takes the rest of
// that tuple with it. Each variable named _ is kept on its own.
func (d *declarations) mergeVars(units []*unit) {
	for _, u := range units {
		if u.key == "_" {
			d.blanks++
			u.key = fmt.Sprintf("_~%06d", d.blanks)
		}
	}
	for _, u := range units {
		if old := d.vars[u.key]; old != nil && old.tuple != nil && !slices.Equal(old.tuple, u.tuple) {
			for _, gone := range old.tuple {
				if d.vars[gone.key] == gone {
					delete(d.vars, gone.key)
				}
			}
		}
		d.vars[u.key] = u
	}
}

// remove forgets what has that key, in the first kind that knows it.
func (d *declarations) remove(key string) bool {
	if key == "_" {
		clear(d.unnamed)
	}
	for _, m := range []map[string]*unit{d.imports, d.consts, d.types, d.vars, d.funcs} {
		if _, ok := m[key]; ok {
			delete(m, key)
			return true
		}
	}
	return false
}

// written reports whether GoNB writes the variable itself: the first of a tuple
// stands for the others.
func (u *unit) written() bool { return len(u.tuple) == 0 || u.tuple[0] == u }

// source writes the declarations as the text of one cell.
func (d *declarations) source() string {
	var b strings.Builder
	group(&b, "import", sorted(d.imports))
	for _, u := range sorted(d.types) {
		fmt.Fprintf(&b, "type %s\n", u.text)
	}
	for _, head := range sorted(d.consts) {
		if head.prev == nil {
			group(&b, "const", block(head))
		}
	}
	group(&b, "var", slices.DeleteFunc(sorted(d.vars), func(u *unit) bool { return !u.written() }))
	for _, u := range sorted(d.funcs) {
		fmt.Fprintf(&b, "\n%s%s\n", u.doc, u.text)
	}
	return b.String()
}

// group writes a keyword with its units in parentheses.
func group(b *strings.Builder, keyword string, units []*unit) {
	if len(units) == 0 {
		return
	}
	fmt.Fprintf(b, "%s (\n", keyword)
	for _, u := range units {
		fmt.Fprintf(b, "\t%s\n", u.text)
	}
	b.WriteString(")\n")
}

// block returns the constants linked to head.
func block(head *unit) []*unit {
	var units []*unit
	for u := head; u != nil; u = u.next {
		units = append(units, u)
	}
	return units
}

// sorted returns the units by key.
func sorted(m map[string]*unit) []*unit {
	units := slices.Collect(maps.Values(m))
	sort.Slice(units, func(i, j int) bool { return units[i].key < units[j].key })
	return units
}
