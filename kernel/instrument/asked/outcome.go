package asked

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"threading101/kernel/instrument/splice"
	"threading101/kernel/instrument/syntax"
)

// Meanings are the expressions as they are meant: at main's end.
type Meanings struct {
	Pkg *types.Package
	All []meaning
}

// meaning is an expression and what each name in it means there.
type meaning struct {
	Text string // on one line
	uses map[string]types.Object
}

// Read reads an expression as if it stood at pos.
func (m Meanings) Read(text string, pos token.Pos) (meaning, error) {
	fset := token.NewFileSet()
	e, err := parser.ParseExprFrom(fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		return meaning{}, &OutcomeError{Expr: text, Problem: firstProblem(err)}
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	if err := types.CheckExpr(fset, m.Pkg, pos, e, info); err != nil {
		return meaning{}, &OutcomeError{Expr: text, Problem: firstProblem(err), Undefined: undefined(e, info, m.Pkg, pos)}
	}
	if fault := fault(e, info); fault != 0 {
		return meaning{}, &OutcomeError{Expr: text, Fault: fault}
	}
	// What has no type of its own, as 1 << 70, may still be no value.
	boxed := &ast.CallExpr{Fun: &ast.InterfaceType{Interface: e.Pos(), Methods: &ast.FieldList{Opening: e.Pos(), Closing: e.Pos()}}, Args: []ast.Expr{e}}
	if err := types.CheckExpr(fset, m.Pkg, pos, boxed, nil); err != nil {
		return meaning{}, &OutcomeError{Expr: text, Problem: firstProblem(err)}
	}
	return meaning{Text: splice.Flat([]byte(text)), uses: uses(info)}, nil
}

// uses says what those names in an expression mean that are not declared in it.
func uses(info *types.Info) map[string]types.Object {
	own := map[types.Object]bool{}
	for obj := range maps.Values(info.Defs) {
		own[obj] = true
	}
	all := map[string]types.Object{}
	for id, obj := range info.Uses {
		if v, ok := obj.(*types.Var); own[obj] || ok && v.IsField() {
			continue
		}
		all[id.Name] = obj
	}
	return all
}

// Same reports whether an expression means at pos what it is meant to.
func (m Meanings) Same(e meaning, pos token.Pos) bool {
	here, err := m.Read(e.Text, pos)
	return err == nil && maps.EqualFunc(e.uses, here.uses, sameObject)
}

// sameObject reports whether two objects are the same. Each instance of a generic
// function is an object of its own.
func sameObject(a, b types.Object) bool {
	return a == b || a != nil && b != nil && a.Pos() == b.Pos() && a.Pkg() == b.Pkg() && a.Name() == b.Name()
}

// Fault is what an expression that compiles can lack.
type Fault int

// The faults.
const (
	NoValue  Fault = iota + 1 // a type, or the call of a function that returns nothing
	Several                   // the call of a function that returns several values
	Receives                  // it would take something out of a channel
)

func fault(e ast.Expr, info *types.Info) Fault {
	tv := info.Types[e]
	tuple, several := tv.Type.(*types.Tuple)
	switch {
	case several && tuple.Len() > 1:
		return Several
	case !tv.IsValue() && !tv.IsNil():
		return NoValue
	case receives(e):
		return Receives
	}
	return 0
}

func receives(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		u, ok := n.(*ast.UnaryExpr)
		found = found || ok && u.Op == token.ARROW
		return !found
	})
	return found
}

// OutcomeError says why an expression has no value at main's end.
type OutcomeError struct {
	Expr    string
	Problem string // in the compiler's words, "" if it has none
	Fault   Fault  // what it lacks though it compiles, 0 if it does not

	Undefined string   // the name that means nothing there, "" if that is not it
	Inside    string   // a function that has a variable of that name
	Scope     []string // variables that mean something there, main's own first, then the package's
	Names     []string // all other names that do: functions, constants, imported packages

	global []string // the package's variables
}

func (e *OutcomeError) Error() string { return "outcome " + e.Expr + ": " + e.Problem }

func firstProblem(err error) string {
	var typeError types.Error
	if errors.As(err, &typeError) {
		return typeError.Msg
	}
	text, _, _ := strings.Cut(err.Error(), "\n")
	if _, rest, ok := strings.Cut(text, ": "); ok && strings.Contains(text[:len(text)-len(rest)], ":") {
		text = rest // without the place, which is in no file
	}
	return text
}

// undefined is the first name in an expression that means nothing at pos.
func undefined(e ast.Expr, info *types.Info, pkg *types.Package, pos token.Pos) (name string) {
	own := map[string]bool{}
	for id := range info.Defs {
		own[id.Name] = true
	}
	scope := innermost(pkg, pos)
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if name == "" {
				name = undefined(n.X, info, pkg, pos)
			}
			return false
		case *ast.KeyValueExpr:
			if name == "" {
				name = undefined(n.Value, info, pkg, pos)
			}
			return false
		case *ast.Ident:
			if name == "" && !own[n.Name] && n.Name != "_" {
				if _, obj := scope.LookupParent(n.Name, pos); obj == nil {
					name = n.Name
				}
			}
		}
		return true
	})
	return name
}

func innermost(pkg *types.Package, pos token.Pos) *types.Scope {
	for s := range pkg.Scope().Children() { // of the files
		if s := s.Innermost(pos); s != nil {
			return s
		}
	}
	return pkg.Scope()
}

// CheckOutcome returns an [*OutcomeError] if one of the expressions has no value
// where main ends. Files are those of the package.
func CheckOutcome(pkg *types.Package, info *types.Info, files []*ast.File, outcome []string) error {
	main := mainOf(files)
	if main == nil {
		return nil
	}
	for _, text := range outcome {
		_, err := Meanings{Pkg: pkg}.Read(text, syntax.Innermost(main.Body).Rbrace)
		var e *OutcomeError
		if errors.As(err, &e) {
			e.explain(pkg, info, files, main)
			return e
		}
	}
	return nil
}

func mainOf(files []*ast.File) *ast.FuncDecl {
	for _, d := range functionsOf(files) {
		if d.Recv == nil && d.Name.Name == "main" {
			return d
		}
	}
	return nil
}

// explain adds what there is at main's end, and where else the name is known.
func (e *OutcomeError) explain(pkg *types.Package, info *types.Info, files []*ast.File, main *ast.FuncDecl) {
	pos := syntax.Innermost(main.Body).Rbrace
	var vars, global, names []string
	for s := innermost(pkg, pos); s != nil && s != types.Universe; s = s.Parent() {
		for _, name := range s.Names() {
			_, obj := s.LookupParent(name, pos)
			_, isVar := obj.(*types.Var)
			switch {
			case obj == nil || obj.Parent() != s || name == "main" || name == "_":
			case isVar && s == pkg.Scope():
				global = append(global, name)
			case isVar:
				vars = append(vars, name)
			default:
				names = append(names, name)
			}
		}
	}
	e.Scope, e.Names, e.global = append(vars, global...), names, global
	if e.Undefined != "" {
		e.Inside = inside(e.Undefined, pkg, info, files)
	}
}

// inside is a function that has a variable of that name, "" if there is none.
func inside(name string, pkg *types.Package, info *types.Info, files []*ast.File) string {
	all := functionsOf(files)
	slices.SortStableFunc(all, func(a, b *ast.FuncDecl) int { return btoi(b.Name.Name == "main") - btoi(a.Name.Name == "main") })
	for _, d := range all {
		found := false
		ast.Inspect(d, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if ok && id.Name == name {
				v, isVar := info.Defs[id].(*types.Var)
				found = found || isVar && !v.IsField()
			}
			return !found
		})
		if found {
			return bare(syntax.DeclaredName(d))
		}
	}
	return ""
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
