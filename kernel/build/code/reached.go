package code

import (
	"go/ast"
	"slices"

	"threading101/kernel/instrument/syntax"
)

// reaching finds the declarations that are executed, or referred to by name from those
// that are. A local variable of the same name counts as a reference: more may be in the
// code than need be, never less.
type reaching struct {
	byName map[string][]*declaration // all but methods, by names as qualified gives them
	seen   map[*declaration]bool
	out    []*declaration // also those still to be read
	read   int            // how many of out have been read
	calls  calls
}

func reached(all []*declaration) []*declaration {
	r := &reaching{byName: map[string][]*declaration{}, seen: map[*declaration]bool{}, calls: calls{names: map[string]bool{}}}
	for _, d := range all {
		if d.call != "" {
			continue
		}
		for _, name := range d.names {
			name = qualified(d.of, name)
			r.byName[name] = append(r.byName[name], d)
		}
	}
	for _, d := range all {
		if d.root {
			r.reach(d)
		}
	}
	for r.follow(); r.reachMethods(all); r.follow() {
	}
	return r.out
}

func (r *reaching) reach(d *declaration) {
	if !r.seen[d] {
		r.seen[d] = true
		r.out = append(r.out, d)
	}
}

// follow reads what was reached, and reaches what is named there.
func (r *reaching) follow() {
	for ; r.read < len(r.out); r.read++ {
		d := r.out[r.read]
		d.references(func(name string) {
			for _, other := range r.byName[name] {
				r.reach(other)
			}
		})
		r.calls.of(d, r.declares)
	}
}

// declares reports whether the program declares the name in the package of d.
func (r *reaching) declares(d *declaration, name string) bool {
	return r.byName[qualified(d.of, name)] != nil
}

// reachMethods reaches the methods that somebody may call, of the types that were
// reached. It reports whether there are new ones.
func (r *reaching) reachMethods(all []*declaration) bool {
	before := len(r.out)
	for _, d := range all {
		if d.call != "" && r.calls.may(d.call) && slices.ContainsFunc(r.byName[qualified(d.of, d.names[0])], r.has) {
			r.reach(d)
		}
	}
	return len(r.out) > before
}

func (r *reaching) has(d *declaration) bool { return r.seen[d] }

// calls is which methods may be called, as far as names tell: those that are selected
// somewhere, or listed in an interface, and those that a package calls on values that
// it is given.
type calls struct {
	names map[string]bool
	any   bool // every exported method may be called
}

// calledBack are methods that packages call on what they are given. Of packages that
// are not listed, any exported method is expected to be called. "" is what the language
// itself calls, for a value that a goroutine panics with.
var calledBack = map[string][]string{
	"":            {"Error", "String"},
	"context":     {"AfterFunc", "Deadline", "Done", "Err", "Value"},
	"errors":      {"As", "Is", "Unwrap"},
	"fmt":         {"Format", "GoString", "Read", "ReadRune", "Scan", "UnreadRune", "Write"},
	"log":         {"Format", "GoString", "Write"},
	"math":        nil,
	"math/rand":   {"Int63", "Seed", "Uint64"},
	"os":          {"Read", "Signal", "WriteTo"},
	"runtime":     {"RuntimeError"},
	"slices":      nil,
	"strconv":     nil,
	"strings":     {"Read", "Write", "WriteString"},
	"sync":        {"Lock", "Unlock"},
	"sync/atomic": nil,
	"time":        nil,
}

func (c *calls) may(method string) bool {
	return c.names[method] || c.any && ast.IsExported(method) || slices.Contains(calledBack[""], method)
}

// of notes the calls in a declaration. declares tells a declaration of the program from
// a package.
func (c *calls) of(d *declaration, declares func(d *declaration, name string) bool) {
	locals := localsOf(d)
	c.any = c.any || d.importsNameless()
	for _, n := range d.uses {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.InterfaceType:
				for _, field := range n.Methods.List {
					for _, name := range field.Names {
						c.names[name.Name] = true
					}
				}
			case *ast.SelectorExpr:
				c.names[n.Sel.Name] = true
				if x, ok := n.X.(*ast.Ident); ok && !locals[x.Name] && !declares(d, x.Name) {
					c.through(d.importPath(x.Name))
				}
			}
			return true
		})
	}
}

// through notes that the program gives values to a package.
func (c *calls) through(path string) {
	methods, known := calledBack[path]
	c.any = c.any || !known
	for _, name := range methods {
		c.names[name] = true
	}
}

// importPath is the path of the package that has a name in the declaration's file. An
// import that is still to be added is one of the standard library.
func (d *declaration) importPath(name string) string {
	for i, path := range d.file.imports() {
		id := d.file.AST.Imports[i].Name
		if id != nil && id.Name == name || id == nil && syntax.AssumedName(path) == name {
			return known(path)
		}
	}
	for path := range calledBack {
		if syntax.AssumedName(path) == name {
			return path
		}
	}
	return name
}

// importsNameless reports whether what is called in the declaration's file may be a
// package's without naming it.
func (d *declaration) importsNameless() bool {
	return slices.ContainsFunc(d.file.AST.Imports, func(i *ast.ImportSpec) bool { return i.Name != nil && i.Name.Name == "." })
}

// known is the path under which a package is listed.
func known(path string) string {
	if path == "math/rand/v2" || path == "crypto/rand" {
		return "math/rand"
	}
	return path
}

// localsOf are the names that a declaration gives to variables of its own.
func localsOf(d *declaration) map[string]bool {
	locals := map[string]bool{}
	add := func(e ast.Expr) {
		if id, ok := e.(*ast.Ident); ok {
			locals[id.Name] = true
		}
	}
	for _, n := range d.uses {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Field:
				for _, id := range n.Names {
					add(id)
				}
			case *ast.AssignStmt:
				for _, e := range n.Lhs {
					add(e)
				}
			case *ast.RangeStmt:
				add(n.Key)
				add(n.Value)
			case *ast.ValueSpec:
				for _, id := range n.Names {
					add(id)
				}
			case *ast.TypeSpec:
				add(n.Name)
			}
			return true
		})
	}
	return locals
}
