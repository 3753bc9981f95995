package code

import (
	"crypto/sha256"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"

	"threading101/kernel/instrument/syntax"
	"threading101/kernel/sched"
)

// Of is a short hash of what the program does: of the declarations that main
// and the initialisation reach, each by its tokens. It does not depend on their
// order, on comments, blanks and imports, nor on declarations that the program
// never comes to, methods that nobody calls among them: a notebook remembers those
// of other cells, a file has none of them, and the same cell is to have the same code
// in both. Of the other packages
// of the learner's own it is what these reach, and what their initialisation does.
func Of(files []*File, packages ...*Package) string {
	all := declarations(files)
	for _, p := range packages {
		for _, d := range declarations(p.Files) {
			d.of = p.Path
			d.root = d.root && !slices.Contains(d.names, "main")
			all = append(all, d)
		}
	}
	for _, d := range all {
		d.meanings(packages)
	}
	var hashes []string
	for _, d := range reached(all) {
		h := sha256.Sum256(d.tokens())
		hashes = append(hashes, string(h[:]))
	}
	slices.Sort(hashes)
	h := sha256.Sum256([]byte(strings.Join(hashes, "")))
	return letters(h)
}

// OfText is that of a program whose source is one text. It is "" of what is no Go.
func OfText(source string) string {
	f := &File{Text: []byte(source)}
	var err error
	if f.AST, err = parser.ParseFile(token.NewFileSet(), "", source, parser.ParseComments|parser.SkipObjectResolution); err != nil {
		return ""
	}
	return Of([]*File{f})
}

// File is a file of a program; AST is nil where it does not parse.
type File struct {
	AST  *ast.File
	Text []byte
}

func (f *File) imports() []string { return syntax.Paths(f.AST) }

// Package is a package of the learner's own beside main.
type Package struct {
	Path, Name string
	Files      []*File
}

// Length is how many letters a code has: one in 33 million programs has
// another's.
const Length = 5

func letters(hash [sha256.Size]byte) string {
	var code [Length]byte
	for i := range code {
		code[i] = sched.Letters[hash[i]%32]
	}
	return string(code[:])
}

// declaration is the smallest part of a file that may stand anywhere: a
// function, a type, a variable, a constant or a group of them that count with iota.
type declaration struct {
	of    string   // the import path of its package, "" for main
	names []string // declared; a method's is its receiver's type
	call  string   // of a method: its own name
	root  bool     // executed without anybody referring to it
	uses  []ast.Node
	head  string   // "var x"
	parts [][]byte // then the text

	file     *File
	packages map[string]string // of the learner's own, by their names in the file; by their paths, where their own names need none
}

// meanings finds out which names in the file are those of packages.
func (d *declaration) meanings(packages []*Package) {
	if len(packages) == 0 {
		return
	}
	d.packages = map[string]string{}
	for i, path := range d.file.imports() {
		for _, p := range packages {
			if p.Path != path {
				continue
			}
			name := p.Name
			if id := d.file.AST.Imports[i].Name; id != nil {
				name = id.Name
			}
			if name == "." {
				name = path
			}
			d.packages[name] = path
		}
	}
}

// qualified is a name in a package, told from the same name in another.
func qualified(of, name string) string { return of + " " + name }

func declarations(files []*File) []*declaration {
	var all []*declaration
	for _, f := range files {
		if f.AST == nil {
			continue
		}
		for _, d := range f.AST.Decls {
			all = append(all, f.declarations(d)...)
		}
		for _, d := range all {
			if d.file == nil {
				d.file = f
			}
		}
	}
	return all
}

func (f *File) declarations(d ast.Decl) (all []*declaration) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return []*declaration{f.function(d)}
	case *ast.GenDecl:
		if d.Tok == token.CONST && counts(d) {
			return []*declaration{f.constants(d)}
		}
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				all = append(all, &declaration{names: []string{s.Name.Name}, uses: []ast.Node{s}, head: "type", parts: [][]byte{f.between(s, s)}})
			case *ast.ValueSpec:
				all = append(all, f.values(d.Tok, s)...)
			}
		}
	}
	return all
}

func (f *File) function(d *ast.FuncDecl) *declaration {
	decl := &declaration{names: []string{d.Name.Name}, uses: []ast.Node{d}, parts: [][]byte{f.between(d.Type, d)}}
	if d.Recv != nil {
		decl.names, decl.call = []string{receiver(d.Recv)}, d.Name.Name
		return decl
	}
	decl.root = d.Name.Name == "main" || d.Name.Name == "init"
	if d.Name.Name == "main" && d.Body != nil && len(d.Body.List) > 0 && parsesFlags(d.Body.List[0]) {
		first := d.Body.List[0]
		decl.parts = [][]byte{f.Text[f.offset(d.Type.Pos()):f.offset(first.Pos())], f.Text[f.offset(first.End()):f.offset(d.End())]}
	}
	return decl
}

// receiver returns the name of the type of a method.
func receiver(list *ast.FieldList) string {
	name := ""
	for _, field := range list.List {
		ast.Inspect(field.Type, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && name == "" {
				name = id.Name
			}
			return name == ""
		})
	}
	return name
}

// parsesFlags recognises what GoNB writes at the beginning of a cell's main.
func parsesFlags(s ast.Stmt) bool {
	e, ok := s.(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := e.X.(*ast.CallExpr)
	return ok && len(call.Args) == 0 && isSelector(call.Fun, "flag", "Parse")
}

func isSelector(e ast.Expr, pkg, name string) bool {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != name {
		return false
	}
	x, ok := sel.X.(*ast.Ident)
	return ok && x.Name == pkg
}

// counts reports whether what the constants are depends on their places.
func counts(d *ast.GenDecl) (found bool) {
	if len(d.Specs) == 1 {
		return false
	}
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			found = found || len(n.Values) == 0
		case *ast.Ident:
			found = found || n.Name == "iota"
		}
		return !found
	})
	return found
}

// constants is a group whose members depend on their places.
func (f *File) constants(d *ast.GenDecl) *declaration {
	decl := &declaration{uses: []ast.Node{d}, head: "const", parts: [][]byte{f.between(d, d)}}
	for _, s := range d.Specs {
		for _, name := range s.(*ast.ValueSpec).Names {
			decl.names = append(decl.names, name.Name)
		}
	}
	return decl
}

// values parts "var a, b = 1, 2", which GoNB writes as two declarations.
func (f *File) values(tok token.Token, s *ast.ValueSpec) (all []*declaration) {
	if len(s.Values) > 0 && len(s.Values) != len(s.Names) {
		d := &declaration{uses: []ast.Node{s}, head: tok.String(), root: true, parts: [][]byte{f.between(s, s)}}
		for _, name := range s.Names {
			d.names = append(d.names, name.Name)
		}
		return []*declaration{d}
	}
	for i, name := range s.Names {
		d := &declaration{names: []string{name.Name}, head: tok.String() + " " + name.Name + " "}
		if s.Type != nil {
			d.uses = append(d.uses, s.Type)
			d.parts = append(d.parts, f.between(s.Type, s.Type))
		}
		if len(s.Values) > 0 {
			d.uses = append(d.uses, s.Values[i])
			d.parts = append(d.parts, []byte("="), f.between(s.Values[i], s.Values[i]))
			d.root = acts(s.Values[i])
		}
		all = append(all, d)
	}
	return all
}

func (f *File) between(from, to ast.Node) []byte {
	return f.Text[f.offset(from.Pos()):f.offset(to.End())]
}

func (f *File) offset(p token.Pos) int {
	return max(0, min(int(p-f.AST.FileStart), len(f.Text)))
}

// quiet are calls that only make a value.
var quiet = []string{
	"make", "new", "len", "cap", "append", "min", "max", "complex", "real", "imag",
	"bool", "string", "byte", "rune", "error", "any", "uintptr", "float32", "float64", "complex64", "complex128",
	"int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64",
	"errors.New", "fmt.Errorf", "time.Duration", "sync.NewCond",
}

// acts reports whether to work out the value may do more than that: print, wait,
// start a goroutine. The variable's initialisation then is part of the program,
// whether or not anything reads it.
func acts(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false // unless it is called: then the call was seen
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.CallExpr:
			found = found || !slices.Contains(quiet, called(n.Fun))
		}
		return !found
	})
	return found
}

func called(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok {
			return x.Name + "." + e.Sel.Name
		}
	case *ast.ArrayType, *ast.ChanType, *ast.MapType, *ast.FuncType, *ast.InterfaceType:
		return "new" // a conversion
	}
	return ""
}

// references calls f for each name, as qualified gives it, that may be a
// declaration's.
func (d *declaration) references(call func(name string)) {
	f := func(name string) {
		call(qualified(d.of, name))
		for here, path := range d.packages {
			if here == path {
				call(qualified(path, name))
			}
		}
	}
	for _, name := range d.names {
		f(name) // of a group: the others
	}
	for _, n := range d.uses {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && d.packages[x.Name] != "" {
					call(qualified(d.packages[x.Name], n.Sel.Name))
				}
				ast.Inspect(n.X, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok {
						f(id.Name)
					}
					return true
				})
				return false
			case *ast.Ident:
				f(n.Name)
			}
			return true
		})
	}
}

// tokens returns the text without what the compiler does not see, and without
// what a formatter may add: commas and semicolons before a closing bracket.
func (d *declaration) tokens() []byte {
	out := append([]byte(d.of), d.head...)
	out = append(out, 0)
	out = append(out, strings.Join(d.names, " ")...)
	end := token.LBRACE
	for _, part := range d.parts {
		end = appendTokens(&out, part, end)
	}
	return out
}

// appendTokens adds the tokens of text, of which last is the one before.
func appendTokens(out *[]byte, text []byte, last token.Token) token.Token {
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(text)), text, nil, 0)
	held := token.ILLEGAL // a comma or semicolon that may not count
	for {
		_, tok, lit := s.Scan()
		switch tok {
		case token.EOF:
			return last
		case token.COMMA, token.SEMICOLON:
			if last != token.LBRACE && last != token.SEMICOLON {
				held = tok
			}
			continue
		case token.RPAREN, token.RBRACE, token.RBRACK:
		default:
			if held != token.ILLEGAL {
				*out = append(append(*out, 0), held.String()...)
			}
		}
		held, last = token.ILLEGAL, tok
		*out = append(*out, 0)
		if tok.IsLiteral() {
			*out = append(*out, lit...)
			continue
		}
		*out = append(*out, tok.String()...)
	}
}
