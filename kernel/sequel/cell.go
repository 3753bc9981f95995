package sequel

import (
	"cmp"
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"

	"threading101/kernel/cell"
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// Cell is a cell that holds bare statements, taken apart. Both texts have the cell's
// lines and columns: what belongs to the other is blank.
type Cell struct {
	Declarations string
	Statements   string

	Vars   []string // declared by the statements, at their top level, in order
	Defers int      // the first line with a defer at the top level, 0 if there is none

	consts []string         // declared as Vars are
	labels map[string][]int // the cell's labels, with the offsets in Statements at which they are named
	strays map[string]int   // labels that are named, and that it does not have
	shown  *span            // the expression whose value is shown, nil if there is none
}

// span is a part of a text, by offsets.
type span struct{ from, to int }

// Past is what a cell may need to know of the notebook.
type Past interface {
	// Has reports whether the statements of the cells before declare a variable, or a
	// constant.
	Has(name string) bool
	// Results is how many results the notebook's functions, and methods, of that name
	// have; -1 if there are none, or not all have as many. Functions of the standard
	// library are asked for with their package: "strings.ToUpper".
	Results(name string) int
}

// Read takes a cell apart, of whose text our own commands are blank. number is its
// execution number. Without bare statements, or where the cell is a program of its
// own, the result is nil. Faults are errors of syntax; the cell is then not to be run.
func Read(number int, code string, past Past) (c *Cell, faults []cell.Fault) {
	all := pieces(code)
	for i, p := range all {
		if p.kind == variable && needs(code[p.from:p.to], past) {
			all[i].kind = statement
		}
	}
	if !bare(code, all) {
		return nil, nil
	}
	states := func(p piece) bool { return p.kind == statement || p.kind == neither }
	c = &Cell{
		Declarations: blanked(code, all, states),
		Statements:   blanked(code, all, func(p piece) bool { return !states(p) }),
	}
	if _, err := parser.ParseFile(token.NewFileSet(), "", clause+c.Declarations, parser.SkipObjectResolution); err != nil {
		return c, faultsOf(err, clause, c.Declarations, number)
	}
	fset := token.NewFileSet()
	body, err := parseBody(fset, c.Statements)
	if err != nil {
		return c, faultsOf(err, opening, c.Statements, number)
	}
	c.look(body, func(p token.Pos) int { return fset.Position(p).Offset - len(opening) }, past)
	return c, c.strayLabels(number)
}

// strayLabels are jumps to labels that the cell does not have.
func (c *Cell) strayLabels(number int) (faults []cell.Fault) {
	for name, at := range c.strays {
		before := c.Statements[:at]
		faults = append(faults, cell.Fault{
			Pos: model.Pos{Cell: number, Line: 1 + strings.Count(before, "\n")}, Col: at - strings.LastIndexByte(before, '\n'),
			Message: words.LabelElsewhere(name),
		})
	}
	slices.SortFunc(faults, func(a, b cell.Fault) int { return cmp.Compare(a.Pos.Line, b.Pos.Line) })
	return faults
}

// bare reports whether a cell holds statements, and is no program of its own.
func bare(code string, all []piece) bool {
	if cell.HasCommands(code) {
		return false
	}
	found := false
	for _, p := range all {
		if p.name == "main" {
			return false
		}
		found = found || p.kind == statement
	}
	return found
}

// needs reports whether the value of a variable, or constant, needs a variable of the
// cells before.
func needs(text string, past Past) bool {
	f, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+text, parser.SkipObjectResolution)
	if err != nil {
		return false
	}
	found := false
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, s := range g.Specs {
			if v, ok := s.(*ast.ValueSpec); ok {
				for _, e := range v.Values {
					found = found || mentions(e, past)
				}
			}
		}
	}
	return found
}

// mentions reports whether an expression names a variable of the cells before.
func mentions(e ast.Expr, past Past) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			found = found || mentions(n.X, past)
			return false
		case *ast.KeyValueExpr:
			found = found || mentions(n.Value, past)
			return false
		case *ast.Ident:
			found = found || past.Has(n.Name)
		}
		return !found
	})
	return found
}

// blanked is a text in which some pieces are blank.
func blanked(code string, all []piece, blank func(piece) bool) string {
	text := []byte(code)
	for _, p := range all {
		if !blank(p) {
			continue
		}
		for i := p.from; i < p.to; i++ {
			if text[i] != '\n' && text[i] != '\t' {
				text[i] = ' '
			}
		}
	}
	return string(text)
}

// What stands before declarations, and before statements, for the parser.
const (
	clause  = "package p;"
	opening = clause + " func _() {"
)

func parseBody(fset *token.FileSet, statements string) (*ast.BlockStmt, error) {
	f, err := parser.ParseFile(fset, "", opening+statements+"\n}", parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	return f.Decls[0].(*ast.FuncDecl).Body, nil
}

// faultsOf are the errors of syntax in a text that was parsed with another before it, in
// the same line: one for each line, those behind the text at its end.
func faultsOf(err error, before, text string, number int) (faults []cell.Fault) {
	var list scanner.ErrorList
	if !errors.As(err, &list) {
		return []cell.Fault{{Pos: model.Pos{Cell: number, Line: 1}, Message: err.Error()}}
	}
	list.RemoveMultiples()
	lines := strings.Split(strings.TrimRight(text, " \t\n"), "\n")
	for _, e := range list {
		if e.Pos.Line > len(lines) || strings.HasSuffix(e.Msg, "found 'EOF'") {
			last := strings.TrimRight(lines[len(lines)-1], " \t\r")
			message := strings.Replace(e.Msg, "found '}'", "found 'EOF'", 1) // the brace is ours
			return append(faults, cell.Fault{Pos: model.Pos{Cell: number, Line: len(lines)}, Col: len(last) + 1, Message: message, AtEnd: true})
		}
		col := e.Pos.Column
		if e.Pos.Line == 1 {
			col -= len(before)
		}
		faults = append(faults, cell.Fault{Pos: model.Pos{Cell: number, Line: e.Pos.Line}, Col: col, Message: e.Msg})
	}
	return faults
}

// look notes what the statements declare.
func (c *Cell) look(body *ast.BlockStmt, offset func(token.Pos) int, past Past) {
	for _, s := range body.List {
		c.declares(s)
		if d, ok := s.(*ast.DeferStmt); ok && c.Defers == 0 {
			c.Defers = 1 + strings.Count(c.Statements[:offset(d.Pos())], "\n")
		}
	}
	c.labels, c.strays = map[string][]int{}, map[string]int{}
	has := map[string]bool{}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false // its labels are its own
		case *ast.LabeledStmt:
			has[n.Label.Name] = true
			c.labels[n.Label.Name] = append(c.labels[n.Label.Name], offset(n.Label.Pos()))
		case *ast.BranchStmt:
			if n.Label != nil {
				c.labels[n.Label.Name] = append(c.labels[n.Label.Name], offset(n.Label.Pos()))
			}
		}
		return true
	})
	for name, at := range c.labels {
		if !has[name] {
			delete(c.labels, name)
			c.strays[name] = at[0]
		}
	}
	if n := len(body.List); n > 0 {
		c.shows(body.List[n-1], offset, past)
	}
}

// declares notes the variables, and constants, that a statement declares.
func (c *Cell) declares(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.LabeledStmt:
		c.declares(s.Stmt)
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			for _, e := range s.Lhs {
				c.Vars = withName(c.Vars, e)
			}
		}
	case *ast.DeclStmt:
		for _, spec := range s.Decl.(*ast.GenDecl).Specs {
			c.specifies(spec, s.Decl.(*ast.GenDecl).Tok)
		}
	}
}

// specifies notes what a line of a declaration declares.
func (c *Cell) specifies(spec ast.Spec, tok token.Token) {
	v, ok := spec.(*ast.ValueSpec)
	if !ok {
		return
	}
	for _, id := range v.Names {
		if tok == token.VAR {
			c.Vars = withName(c.Vars, id)
		} else {
			c.consts = withName(c.consts, id)
		}
	}
}

// withName adds a name to others, if it is none of them, and not blank.
func withName(all []string, e ast.Expr) []string {
	if id, ok := e.(*ast.Ident); ok && id.Name != "_" && !slices.Contains(all, id.Name) {
		return append(all, id.Name)
	}
	return all
}

// names are the variables and constants that the statements declare at their top level.
func (c *Cell) names() []string { return slices.Concat(c.Vars, c.consts) }

// shows notes the expression that is the last statement, if Go would refuse it as one,
// or if it is the call of a function with one result, of the notebook or of the standard
// library. A semicolon behind it says that it is not to be shown.
func (c *Cell) shows(s ast.Stmt, offset func(token.Pos) int, past Past) {
	e, ok := s.(*ast.ExprStmt)
	if !ok || slices.Contains(c.names(), "fmt") || past.Has("fmt") {
		return
	}
	to := offset(e.End())
	if strings.HasPrefix(strings.TrimLeft(c.Statements[to:], " \t"), ";") || !c.valued(e.X, past) {
		return
	}
	c.shown = &span{offset(e.Pos()), to}
}

// values are the builtin functions whose calls are no statements.
var values = []string{"append", "cap", "complex", "imag", "len", "make", "max", "min", "new", "real"}

func (c *Cell) valued(e ast.Expr, past Past) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		return e.Op != token.ARROW
	case *ast.CallExpr:
		switch fun := ast.Unparen(e.Fun).(type) {
		case *ast.Ident:
			return slices.Contains(values, fun.Name) || past.Results(fun.Name) == 1
		case *ast.SelectorExpr:
			x, ok := fun.X.(*ast.Ident)
			library := ok && !slices.Contains(c.names(), x.Name) && !past.Has(x.Name)
			return past.Results("~"+fun.Sel.Name) == 1 || library && past.Results(x.Name+"."+fun.Sel.Name) == 1
		}
		return false
	}
	return true
}
