package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"threading101/kernel/event"
)

// What depends on a read. An explanation may say that a goroutine acted on what
// it had tested only where the source says that it was a test:
//
//	if balance >= n { balance -= n }         the read in the condition decides over the block
//	if balance < n { return }                … and here over the rest of the function
//	enough := balance >= n; if enough { … }  the same, by way of a variable
//	if a.Balance() >= n { a.Withdraw(n) }    the read in Balance decides over Withdraw

// test returns what depends on the read of e, the expression in hand; nil if no
// condition does.
func (r *rewriter) test(e ast.Expr) *event.Test {
	if _, isMap := r.info.TypeOf(e).Underlying().(*types.Map); isMap {
		return nil // which of its elements is read and written is not known
	}
	k := len(r.path) - 1
	for ; k >= 0; k-- {
		if _, ok := r.path[k].(ast.Stmt); ok {
			break
		}
	}
	if k < 0 {
		return nil
	}
	q := &inquiry{r: r, body: bodyOf(r.path[:k])}
	switch s := r.path[k].(type) {
	case *ast.IfStmt, *ast.ForStmt, *ast.SwitchStmt:
		q.decides(s.(ast.Stmt))
	case *ast.CaseClause:
		q.decides(r.path[k-2].(ast.Stmt))
	case *ast.AssignStmt:
		if s.Rhs[0].Pos() <= e.Pos() {
			q.keeps(s.Lhs)
		}
	case *ast.ReturnStmt:
		q.returned(r.path[:k])
	}
	return q.finish()
}

// inquiry is the search for what depends on a read.
type inquiry struct {
	r      *rewriter
	body   *ast.BlockStmt // of the function in hand
	result *event.Test
	scopes []scope
}

// scope is code that depends on a read.
type scope struct{ from, to token.Pos }

func (s scope) has(n ast.Node) bool { return s.from <= n.Pos() && n.End() <= s.to }

// finish names the functions that are called in code that depends on the read,
// and nowhere else: of what those do it is known that it depends on it, too.
func (q *inquiry) finish() *event.Test {
	if q.result == nil {
		return nil
	}
	free := map[*types.Func]bool{}
	var found []*types.Func
	for _, call := range q.r.packageCalls() {
		fn := q.r.callee(call)
		switch {
		case !slices.ContainsFunc(q.scopes, func(s scope) bool { return s.has(call) }):
			free[fn] = true
		case !slices.Contains(found, fn):
			found = append(found, fn)
		}
	}
	for _, fn := range found {
		if !free[fn] {
			q.result.Calls = append(q.result.Calls, fullName(fn))
		}
	}
	return q.result
}

// packageCalls are the calls of functions of the package, found once.
func (r *rewriter) packageCalls() []*ast.CallExpr {
	if r.calledHere != nil {
		return r.calledHere
	}
	r.calledHere = []*ast.CallExpr{}
	for _, f := range r.opts.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && r.callee(call) != nil {
				r.calledHere = append(r.calledHere, call)
			}
			return true
		})
	}
	return r.calledHere
}

// bodyOf is the body of the innermost function of a path.
func bodyOf(path []ast.Node) *ast.BlockStmt {
	for _, n := range slices.Backward(path) {
		switch n := n.(type) {
		case *ast.FuncLit:
			return n.Body
		case *ast.FuncDecl:
			return n.Body
		}
	}
	return nil
}

// decides adds what depends on the condition of a statement.
func (q *inquiry) decides(s ast.Stmt) {
	code := q.r.extent(s, q.body)
	q.add(code)
	q.result.Code = append(q.result.Code, event.Lines{From: q.r.lineOf(code.from), Until: q.r.lineOf(code.to)})
}

func (q *inquiry) add(code scope) {
	if q.result == nil {
		q.result = &event.Test{}
	}
	q.scopes = append(q.scopes, code)
}

// keeps adds what depends on the conditions that use one of the variables into
// which what was read is put.
func (q *inquiry) keeps(vars []ast.Expr) {
	for _, e := range vars {
		v := object(q.r.info, e)
		if id, ok := e.(*ast.Ident); !ok || v == nil || id.Name == "_" || v.Parent() == q.r.pkg.Scope() {
			continue
		}
		for _, s := range q.r.conditionsWith(q.body, v) {
			q.decides(s)
			q.result.Kept = q.result.Kept || !isBool(v.Type())
		}
		if q.r.returns(q.body, v) {
			q.returned(q.r.path)
		}
	}
}

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// returned adds what depends on the result of the function in hand.
func (q *inquiry) returned(path []ast.Node) {
	d, ok := path[1].(*ast.FuncDecl)
	if !ok || d.Body != q.body {
		return
	}
	fn, _ := q.r.info.Defs[d.Name].(*types.Func)
	for _, code := range q.r.asked(fn) {
		q.add(code)
	}
}

// asked returns the code of the package that depends on what fn returns.
func (r *rewriter) asked(fn *types.Func) (all []scope) {
	for _, f := range r.opts.Files {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil {
				for _, body := range bodies(d) {
					for _, s := range r.conditionsOn(body, fn) {
						all = append(all, r.extent(s, body))
					}
				}
			}
		}
	}
	return all
}

// bodies are those of a function and of the function literals in it.
func bodies(d *ast.FuncDecl) []*ast.BlockStmt {
	all := []*ast.BlockStmt{d.Body}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok {
			all = append(all, lit.Body)
		}
		return true
	})
	return all
}

// conditionsOn are the statements whose condition calls fn, or uses a variable
// that was given what fn returned.
func (r *rewriter) conditionsOn(body *ast.BlockStmt, fn *types.Func) (all []ast.Stmt) {
	r.inside(body, func(n ast.Node) {
		s, ok := n.(ast.Stmt)
		if !ok {
			return
		}
		if c := condition(s); c != nil && r.callsOf(c, fn) {
			all = append(all, s)
		}
		a, ok := n.(*ast.AssignStmt)
		if !ok || len(a.Rhs) != 1 || !r.callsOf(a.Rhs[0], fn) {
			return
		}
		for _, e := range a.Lhs {
			if v := object(r.info, e); v != nil {
				all = append(all, r.conditionsWith(body, v)...)
			}
		}
	})
	return all
}

func (r *rewriter) callsOf(e ast.Node, fn *types.Func) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			found = found || r.callee(call) == fn
		}
		return !found
	})
	return found
}

// callee is the function of the package that a call is of, nil for any other.
func (r *rewriter) callee(call *ast.CallExpr) *types.Func {
	id := called(call.Fun)
	if id == nil {
		return nil
	}
	fn, _ := r.info.Uses[id].(*types.Func)
	if fn == nil || fn.Pkg() != r.pkg {
		return nil
	}
	return fn.Origin()
}

// condition is what a statement goes by, nil if it is none that does.
func condition(s ast.Stmt) ast.Expr {
	switch s := s.(type) {
	case *ast.IfStmt:
		return s.Cond
	case *ast.ForStmt:
		if s.Cond != nil {
			return s.Cond
		}
	case *ast.SwitchStmt:
		if s.Tag != nil {
			return s.Tag
		}
	}
	return nil
}

// conditionsWith are the statements of a function whose condition uses v.
func (r *rewriter) conditionsWith(body *ast.BlockStmt, v types.Object) (all []ast.Stmt) {
	r.inside(body, func(n ast.Node) {
		s, ok := n.(ast.Stmt)
		if !ok {
			return
		}
		if c := condition(s); c != nil && r.uses(c, v) {
			all = append(all, s)
		}
	})
	return all
}

func (r *rewriter) uses(n ast.Node, v types.Object) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && r.info.Uses[id] == v
		return !found
	})
	return found
}

// returns reports whether a function returns v.
func (r *rewriter) returns(body *ast.BlockStmt, v types.Object) bool {
	found := false
	r.inside(body, func(n ast.Node) {
		s, ok := n.(*ast.ReturnStmt)
		if !ok {
			return
		}
		for _, e := range s.Results {
			found = found || r.uses(e, v)
		}
	})
	return found
}

// inside calls f for what a function is made of, without the function literals
// in it.
func (r *rewriter) inside(body *ast.BlockStmt, f func(ast.Node)) {
	ast.Inspect(body, func(n ast.Node) bool {
		if _, lit := n.(*ast.FuncLit); lit || n == nil {
			return false
		}
		f(n)
		return true
	})
}

// extent is the code that depends on the condition of a statement: the
// statement, and what comes after it where a loop goes on until the condition
// changes, or where one side leaves.
func (r *rewriter) extent(s ast.Stmt, body *ast.BlockStmt) scope {
	switch s := s.(type) {
	case *ast.ForStmt:
		return scope{s.Body.Pos(), body.End()}
	case *ast.IfStmt:
		if r.leaves(s.Body) || s.Else != nil && r.leaves(s.Else) {
			return scope{s.Body.Pos(), body.End()}
		}
		return scope{s.Body.Pos(), s.End()}
	case *ast.SwitchStmt:
		if slices.ContainsFunc(s.Body.List, r.leaves) {
			return scope{s.Body.Pos(), body.End()}
		}
	}
	return scope{s.Pos(), s.End()}
}

// leaves reports whether what follows a statement is not executed after it.
func (r *rewriter) leaves(s ast.Stmt) bool {
	var list []ast.Stmt
	switch s := s.(type) {
	case *ast.BlockStmt:
		list = s.List
	case *ast.CaseClause:
		list = s.Body
	case *ast.IfStmt:
		return r.leaves(s.Body) || s.Else != nil && r.leaves(s.Else)
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		return ok && (r.builtin(call.Fun) == "panic" || r.calls(call, "runtime.Goexit"))
	}
	return len(list) > 0 && r.leaves(list[len(list)-1])
}

// fullName is a declared function as Site.Func gives it.
func fullName(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return fn.Name()
	}
	t, star := recv.Type(), false
	if p, ok := t.(*types.Pointer); ok {
		t, star = p.Elem(), true
	}
	name := ""
	if n, ok := types.Unalias(t).(*types.Named); ok {
		name = n.Obj().Name()
	}
	if star {
		return "(*" + name + ")." + fn.Name()
	}
	return name + "." + fn.Name()
}

// lineOf is the line of a place in the file.
func (r *rewriter) lineOf(p token.Pos) int { return r.fset.PositionFor(p, false).Line }
