package ledger

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"threading101/kernel/instrument/facts"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/memory"
	"threading101/kernel/instrument/rewrite/objects"
	"threading101/kernel/instrument/syntax"
)

// Audit enters what has no site.
func Audit(r *draft.Rewriting) {
	if !r.Sites.Gaps || r.Facts.Everything {
		return
	}
	a := &auditor{r: r, due: map[ast.Expr]draft.Noting{}}
	for _, d := range r.File.Decls {
		if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil && syntax.Directive(d.Doc) == "" {
			a.results = d.Type.Results
			a.stmt(d.Body)
		}
		if d, ok := d.(*ast.GenDecl); ok {
			a.initialisers(d)
		}
	}
	a.enter()
}

// auditor lists the accesses of a file.
type auditor struct {
	r       *draft.Rewriting
	order   []ast.Expr
	due     map[ast.Expr]draft.Noting
	results *ast.FieldList // of the function in hand
}

func (a *auditor) add(e ast.Expr, reads, writes int) {
	n, known := a.due[e]
	if !known {
		a.order = append(a.order, e)
	}
	a.due[e] = draft.Noting{Reads: n.Reads + reads, Writes: n.Writes + writes}
}

// enter enters what has less sites than accesses.
func (a *auditor) enter() {
	slices.SortStableFunc(a.order, func(x, y ast.Expr) int { return cmp.Compare(x.Pos(), y.Pos()) })
	for _, e := range a.order {
		due, has := a.due[e], a.r.Noted.Accesses[e]
		if has.Reads < due.Reads {
			a.r.Sites.Note(e.Pos(), "the read of "+a.name(e), draft.Unrecorded)
		}
		if has.Writes < due.Writes {
			a.r.Sites.Note(e.Pos(), "the write of "+a.name(e), draft.Unrecorded)
		}
	}
}

// name is what an access is called: of a method of an object, what it is called on.
func (a *auditor) name(e ast.Expr) string {
	if sel, ok := e.(*ast.SelectorExpr); ok {
		if s := a.r.Info.Selections[sel]; s != nil && facts.ObjectOf(s) != nil {
			return a.r.Sites.Text(sel.X)
		}
	}
	return a.r.Sites.Text(e)
}

// initialisers: they run before there is a second goroutine; what the function
// literals in them do may not.
func (a *auditor) initialisers(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		v, ok := spec.(*ast.ValueSpec)
		if !ok || d.Tok != token.VAR {
			continue
		}
		for _, e := range v.Values {
			ast.Inspect(e, func(n ast.Node) bool {
				if lit, ok := n.(*ast.FuncLit); ok {
					a.literal(lit)
					return false
				}
				return true
			})
		}
	}
}

func (a *auditor) literal(e *ast.FuncLit) {
	results := a.results
	a.results = e.Type.Results
	a.stmt(e.Body)
	a.results = results
}

func (a *auditor) stmts(list []ast.Stmt) {
	for _, s := range list {
		a.stmt(s)
	}
}

func (a *auditor) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case nil:
	case *ast.AssignStmt:
		a.assign(s)
	case *ast.BlockStmt:
		a.stmts(s.List)
	case *ast.CaseClause:
		for _, e := range s.List {
			a.value(e)
		}
		a.stmts(s.Body)
	case *ast.CommClause:
		a.stmt(s.Comm)
		a.stmts(s.Body)
	case *ast.DeclStmt:
		if d, ok := s.Decl.(*ast.GenDecl); ok && d.Tok == token.VAR {
			for _, spec := range d.Specs {
				a.values(spec.(*ast.ValueSpec).Values)
			}
		}
	case *ast.DeferStmt:
		a.value(s.Call)
	case *ast.ExprStmt:
		a.value(s.X)
	case *ast.ForStmt:
		a.stmt(s.Init)
		a.value(s.Cond)
		a.stmt(s.Post)
		a.stmt(s.Body)
	case *ast.GoStmt:
		a.value(s.Call)
	case *ast.IfStmt:
		a.stmt(s.Init)
		a.value(s.Cond)
		a.stmt(s.Body)
		a.stmt(s.Else)
	case *ast.IncDecStmt:
		a.update(s.X)
	case *ast.LabeledStmt:
		a.stmt(s.Stmt)
	case *ast.RangeStmt:
		a.rangeStmt(s)
	case *ast.ReturnStmt:
		a.values(s.Results)
		a.returned(s)
	case *ast.SelectStmt:
		a.stmt(s.Body)
	case *ast.SendStmt:
		a.value(s.Chan)
		a.value(s.Value)
	case *ast.SwitchStmt:
		a.stmt(s.Init)
		a.value(s.Tag)
		a.stmt(s.Body)
	case *ast.TypeSwitchStmt:
		a.stmt(s.Init)
		a.stmt(s.Assign)
		for _, c := range s.Body.List {
			a.stmts(c.(*ast.CaseClause).Body)
		}
	}
}

func (a *auditor) assign(s *ast.AssignStmt) {
	for _, x := range s.Lhs {
		switch {
		case syntax.IsBlank(x) || a.r.Facts.First[s]:
		case s.Tok == token.DEFINE && a.r.Info.Defs[x.(*ast.Ident)] != nil:
		case s.Tok == token.DEFINE || s.Tok == token.ASSIGN:
			a.write(x)
		default:
			a.update(x)
		}
	}
	a.values(s.Rhs)
}

func (a *auditor) update(x ast.Expr) {
	if m, ok := syntax.MapIndex(a.r.Info, x); ok {
		a.value(m.X)
		a.value(m.Index)
		if a.r.WorthMap(m.X) {
			a.add(m.X, 1, 1)
		}
		return
	}
	if a.r.WorthStoring(x) {
		a.add(x, 1, 1)
	}
	a.lead(x)
}

func (a *auditor) write(x ast.Expr) {
	if m, ok := syntax.MapIndex(a.r.Info, x); ok {
		a.value(m.X)
		a.value(m.Index)
		if a.r.WorthMap(m.X) {
			a.add(m.X, 0, 1)
		}
		return
	}
	if a.r.WorthStoring(x) {
		a.add(x, 0, 1)
	}
	a.lead(x)
}

// returned: results with names are variables, which a return statement writes.
func (a *auditor) returned(s *ast.ReturnStmt) {
	if a.results == nil || a.r.Noted.Returns[s] {
		return
	}
	for _, field := range a.results.List {
		for _, name := range field.Names {
			v := a.r.Info.Defs[name]
			if !a.r.Facts.LentResult(v) {
				continue
			}
			if len(s.Results) > 0 {
				a.r.Sites.Note(s.Pos(), "the write of "+name.Name+" by return", draft.Unrecorded)
			} else {
				a.r.Sites.Note(s.Pos(), "the read of "+name.Name+" by return", draft.Unrecorded)
			}
		}
	}
}

func (a *auditor) rangeStmt(s *ast.RangeStmt) {
	switch syntax.Core(a.r.Info.TypeOf(s.X)).(type) {
	case *types.Map:
		if a.value(s.X); a.r.WorthMap(s.X) {
			a.add(s.X, 1, 0)
		}
	case *types.Array:
		if syntax.Wanted(s.Value) {
			a.value(s.X)
		}
	case *types.Pointer:
		if !syntax.Wanted(s.Value) && !syntax.Effects(a.r.Info, s.X) {
			break // its length is known
		}
		a.value(s.X)
		if syntax.Wanted(s.Value) && a.r.WorthElements(s.X) {
			a.add(s.X, 1, 0)
		}
	case *types.Slice:
		a.value(s.X)
		if syntax.Wanted(s.Value) && a.r.WorthElements(s.X) {
			a.add(s.X, 1, 0)
		}
	default:
		a.value(s.X)
	}
	if s.Tok == token.ASSIGN {
		for _, x := range syntax.RangeVariables(a.r.Info, s) {
			if !syntax.IsBlank(x) {
				a.write(x)
			}
		}
	}
	a.stmt(s.Body)
}

func (a *auditor) values(list []ast.Expr) {
	for _, e := range list {
		a.value(e)
	}
}

// value lists what is read where the value of e is wanted.
func (a *auditor) value(e ast.Expr) {
	if tv := a.r.Info.Types[e]; e == nil || tv.IsType() || tv.Value != nil {
		return
	}
	switch e := e.(type) {
	case *ast.BinaryExpr:
		a.value(e.X)
		a.value(e.Y)
	case *ast.CallExpr:
		a.call(e)
	case *ast.CompositeLit:
		_, isStruct := a.r.Info.TypeOf(e).Underlying().(*types.Struct)
		for _, x := range e.Elts {
			if kv, ok := x.(*ast.KeyValueExpr); ok {
				if x = kv.Value; !isStruct {
					a.value(kv.Key)
				}
			}
			a.value(x)
		}
	case *ast.FuncLit:
		a.literal(e)
	case *ast.Ident, *ast.IndexExpr, *ast.StarExpr:
		a.read(e)
	case *ast.ParenExpr:
		a.value(e.X)
	case *ast.SelectorExpr:
		a.selector(e)
	case *ast.SliceExpr:
		if _, array := a.r.Info.TypeOf(e.X).Underlying().(*types.Array); array {
			a.lead(e.X)
		} else {
			a.value(e.X)
		}
		a.values([]ast.Expr{e.Low, e.High, e.Max})
	case *ast.TypeAssertExpr:
		a.value(e.X)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			a.lead(e.X)
		} else {
			a.value(e.X)
		}
	}
}

func (a *auditor) read(e ast.Expr) {
	if m, ok := syntax.MapIndex(a.r.Info, e); ok {
		a.value(m.X)
		a.value(m.Index)
		if a.r.WorthMap(m.X) {
			a.add(m.X, 1, 0)
		}
		return
	}
	if x, ok := e.(*ast.IndexExpr); ok && syntax.IsType(a.r.Info, x.Index) {
		return
	}
	if a.r.WorthLoading(e) {
		a.add(e, 1, 0)
	}
	a.lead(e)
}

func (a *auditor) selector(e *ast.SelectorExpr) {
	s := a.r.Info.Selections[e]
	switch {
	case s == nil:
		a.read(e)
	case s.Kind() == types.FieldVal:
		a.read(e)
	case s.Kind() == types.MethodVal:
		switch t := facts.ObjectOf(s); {
		case memory.ReadsReceiver(a.r, e, s):
			a.add(e, 1, 0)
		case objects.WorthObject(a.r, e, s) && a.r.Facts.Looks(t, e.Sel.Name):
			a.add(e, 1, 0)
		case objects.WorthObject(a.r, e, s):
			a.add(e, 0, 1)
		}
		a.operand(e)
	}
}

// lead lists what is read to find the variable that e names.
func (a *auditor) lead(e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		if a.r.Info.Selections[e] != nil {
			a.operand(e)
		}
	case *ast.IndexExpr:
		if syntax.IsType(a.r.Info, e.Index) {
			return
		}
		if _, array := a.r.Info.TypeOf(e.X).Underlying().(*types.Array); array {
			a.lead(e.X)
		} else {
			a.value(e.X)
		}
		a.value(e.Index)
	case *ast.StarExpr:
		a.value(e.X)
	case *ast.Ident:
	default:
		a.value(e)
	}
}

// operand lists what is read to get at a field or a method.
func (a *auditor) operand(e *ast.SelectorExpr) {
	if memory.ThroughPointer(a.r, e) != nil {
		a.add(e, 1, 0)
	}
	switch a.r.Info.TypeOf(e.X).Underlying().(type) {
	case *types.Pointer, *types.Interface:
		a.value(e.X)
	default:
		a.lead(e.X)
	}
}

func (a *auditor) call(e *ast.CallExpr) {
	switch name := syntax.BuiltinName(a.r.Info, e.Fun); name {
	case "unsafe.Sizeof", "unsafe.Alignof", "unsafe.Offsetof":
		return
	case "len", "cap":
		switch syntax.Core(a.r.Info.TypeOf(e.Args[0])).(type) {
		case *types.Array, *types.Pointer:
			if !syntax.Effects(a.r.Info, e.Args[0]) {
				return
			}
			a.lead(e.Args[0])
			return
		case *types.Map:
			if a.r.WorthMap(e.Args[0]) {
				a.add(e.Args[0], 1, 0)
			}
		}
	case "delete", "clear":
		if a.r.WorthMap(e.Args[0]) {
			a.add(e.Args[0], 0, 1)
		}
		if a.r.WorthElements(e.Args[0]) {
			a.add(e.Args[0], 0, 1)
		}
	case "copy":
		if a.r.WorthElements(e.Args[0]) {
			a.add(e.Args[0], 0, 1)
		}
		if a.r.WorthElements(e.Args[1]) {
			a.add(e.Args[1], 1, 0)
		}
	case "append":
		if memory.WorthAppending(a.r, e) {
			a.add(e.Args[0], 0, 1)
		}
		if e.Ellipsis.IsValid() && a.r.WorthElements(e.Args[1]) {
			a.add(e.Args[1], 1, 0)
		}
	}
	if memory.CopiesElements(a.r, e) {
		a.add(e.Args[0], 1, 0)
	}
	a.value(e.Fun)
	a.values(e.Args)
}
