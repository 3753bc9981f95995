package cell

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
)

// unit is one declaration as GoNB keeps it: it can be replaced and is written
// out as a whole.
type unit struct {
	key  string
	cell int    // the execution number of its cell, 0 for a main.go
	text string // as GoNB writes it, without the keyword of a group
	doc  string // the comments above a function
	path string // of an import
	toks []tok

	prev, next *unit   // constants of one block
	tuple      []*unit // variables that one value defines, this one included
}

// file holds the declarations of one file, in its order.
type file struct {
	imports, types, consts, vars, funcs []*unit
}

// parse splits a file into its declarations the way GoNB does. place as in
// [source].
func parse(text string, cell int, place func(line, col int) (int, int)) (*file, error) {
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return nil, err
	}
	s := &source{fset: fset, file: fset.File(tree.FileStart), text: text, place: place}
	s.scan()
	f := &file{}
	for _, spec := range tree.Imports {
		f.imports = append(f.imports, s.importUnit(spec))
	}
	for _, d := range tree.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			f.funcs = append(f.funcs, s.funcUnit(d))
		case *ast.GenDecl:
			s.general(f, d)
		}
	}
	for _, u := range f.all() {
		u.cell = cell
	}
	return f, nil
}

// all returns every unit of the file.
func (f *file) all() []*unit {
	var all []*unit
	for _, group := range [][]*unit{f.imports, f.types, f.consts, f.vars, f.funcs} {
		all = append(all, group...)
	}
	return all
}

func (s *source) general(f *file, d *ast.GenDecl) {
	switch d.Tok {
	case token.TYPE:
		for _, spec := range d.Specs {
			spec := spec.(*ast.TypeSpec)
			f.types = append(f.types, &unit{key: spec.Name.Name, text: s.content(spec), toks: s.within(spec)})
		}
	case token.CONST:
		f.consts = append(f.consts, s.constUnits(d)...)
	case token.VAR:
		for _, spec := range d.Specs {
			f.vars = append(f.vars, s.varUnits(spec.(*ast.ValueSpec))...)
		}
	}
}

// lastWord is how GoNB guesses the name of an import from its path.
var lastWord = regexp.MustCompile(`^.*?(\w[\w0-9_]*)\s*$`)

func (s *source) importUnit(spec *ast.ImportSpec) *unit {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		path = strings.Trim(spec.Path.Value, "`\"")
	}
	u := &unit{path: path, text: strconv.Quote(path), toks: s.within(spec)}
	switch {
	case spec.Name == nil:
		u.key = path
		if m := lastWord.FindStringSubmatch(path); m != nil {
			u.key = m[1]
		}
	case spec.Name.Name == ".":
		u.key = ".~" + path
	default:
		u.key = spec.Name.Name
	}
	if spec.Name != nil {
		u.text = spec.Name.Name + " " + u.text
	}
	return u
}

// constUnits returns one unit for each name, linked so that a block keeps its
// order and its iota.
func (s *source) constUnits(d *ast.GenDecl) []*unit {
	var units []*unit
	for _, spec := range d.Specs {
		spec := spec.(*ast.ValueSpec)
		for i, name := range spec.Names {
			u := &unit{key: name.Name}
			s.value(u, []*ast.Ident{name}, spec.Type, nth(spec.Values, i))
			if n := len(units); n > 0 {
				u.prev, units[n-1].next = units[n-1], u
			}
			units = append(units, u)
		}
	}
	return units
}

// varUnits returns one unit for each name. Names that share one value form a
// tuple: its first unit stands for all of them.
func (s *source) varUnits(spec *ast.ValueSpec) []*unit {
	units := make([]*unit, len(spec.Names))
	for i, name := range spec.Names {
		u := &unit{key: name.Name}
		units[i] = u
		if len(spec.Values) == 1 {
			u.tuple = units
			names := []*ast.Ident{name}
			if i == 0 {
				names = spec.Names
			}
			s.value(u, names, spec.Type, spec.Values[0])
			continue
		}
		s.value(u, []*ast.Ident{name}, spec.Type, nth(spec.Values, i))
	}
	return units
}

// nth returns the i-th expression, or nil.
func nth(list []ast.Expr, i int) ast.Expr {
	if i < len(list) {
		return list[i]
	}
	return nil
}

// value writes "names type = value" and gathers the tokens of these parts.
func (s *source) value(u *unit, names []*ast.Ident, typ, val ast.Expr) {
	for i, name := range names {
		if i > 0 {
			u.text += ", "
		}
		u.text += name.Name
		u.toks = append(u.toks, s.within(name)...)
	}
	if typ != nil {
		u.text += " " + s.content(typ)
		u.toks = append(u.toks, s.within(typ)...)
	}
	if val != nil {
		u.text += " = " + s.content(val)
		u.toks = append(u.toks, s.within(val)...)
	}
}

func (s *source) funcUnit(d *ast.FuncDecl) *unit {
	u := &unit{key: s.funcKey(d), text: s.content(d)}
	if d.Doc != nil {
		for _, c := range d.Doc.List {
			u.doc += c.Text + "\n"
			u.toks = append(u.toks, s.tok(token.COMMENT, c.Text, s.file.Offset(c.Pos())))
		}
	}
	u.toks = append(u.toks, s.within(d)...)
	return u
}

// funcKey is the name under which GoNB keeps a function: "Name", "Type~Name"
// for a method. A method of a generic type with a value receiver is kept as
// "unknown~Name", whatever its type.
func (s *source) funcKey(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	typ := "unknown"
	switch t := d.Recv.List[0].Type.(type) {
	case *ast.Ident:
		typ = t.Name
	case *ast.StarExpr:
		typ = s.content(t.X)
	}
	return fmt.Sprintf("%s~%s", typ, d.Name.Name)
}
