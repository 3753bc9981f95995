package facts

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/instrument/syntax"
)

// What depends on a read. An explanation may say that a goroutine acted on what
// it had tested only where the source says that it was a test:
//
//	if balance >= n { balance -= n }         the read in the condition decides over the block
//	if balance < n { return }                … and here over the rest of the function
//	enough := balance >= n; if enough { … }  the same, by way of a variable
//	if a.Balance() >= n { a.Withdraw(n) }    the read in Balance decides over Withdraw

// Test returns what depends on the read of e, the expression in hand; nil if no
// condition does.
func (f *Facts) Test(path []ast.Node, line func(token.Pos) int, e ast.Expr) *event.Test {
	if _, isMap := f.info.TypeOf(e).Underlying().(*types.Map); isMap {
		return nil // which of its elements is read and written is not known
	}
	k := len(path) - 1
	for ; k >= 0; k-- {
		if _, ok := path[k].(ast.Stmt); ok {
			break
		}
	}
	if k < 0 {
		return nil
	}
	q := &inquiry{Facts: f, path: path, line: line, body: syntax.BodyOf(path[:k])}
	switch s := path[k].(type) {
	case *ast.IfStmt, *ast.ForStmt, *ast.SwitchStmt:
		q.decides(s.(ast.Stmt))
	case *ast.CaseClause:
		q.decides(path[k-2].(ast.Stmt))
	case *ast.AssignStmt:
		if s.Rhs[0].Pos() <= e.Pos() {
			q.keeps(s.Lhs)
		}
	case *ast.ReturnStmt:
		q.returned(path[:k])
	}
	return q.finish()
}

// inquiry is the search for what depends on a read.
type inquiry struct {
	*Facts
	path   []ast.Node // down to the read
	line   func(token.Pos) int
	body   *ast.BlockStmt // of the function in hand
	result *event.Test
	scopes []scope
}

// scope is code that depends on a read.
type scope struct{ from, to token.Pos }

// finish names the functions that are called in code that depends on the read, and
// nowhere else: what they do depends on it, too.
func (q *inquiry) finish() *event.Test {
	if q.result == nil {
		return nil
	}
	all := q.packageCalls()
	var found []*types.Func
	dependent := map[*types.Func]int{}
	for _, i := range all.within(q.scopes) {
		fn := all.calls[i].fn
		if dependent[fn]++; dependent[fn] == 1 {
			found = append(found, fn)
		}
	}
	for _, fn := range found {
		if dependent[fn] == all.count[fn] {
			q.result.Calls = append(q.result.Calls, syntax.FullName(fn))
		}
	}
	return q.result
}

// decides adds what depends on the condition of a statement.
func (q *inquiry) decides(s ast.Stmt) {
	code := q.extent(s, q.body)
	q.add(code)
	q.result.Code = append(q.result.Code, event.Lines{From: q.line(code.from), Until: q.line(code.to)})
}

func (q *inquiry) add(code scope) {
	if q.result == nil {
		q.result = &event.Test{}
	}
	q.scopes = append(q.scopes, code)
}

// keeps adds what depends on the conditions that use a variable that holds what was
// read.
func (q *inquiry) keeps(vars []ast.Expr) {
	for _, e := range vars {
		v := syntax.VariableOf(q.info, e)
		if id, ok := e.(*ast.Ident); !ok || v == nil || id.Name == "_" || v.Parent() == q.pkg.Scope() {
			continue
		}
		for _, s := range q.conditionsWith(q.body, v) {
			q.decides(s)
			q.result.Kept = q.result.Kept || !syntax.IsBool(v.Type())
		}
		if q.returns(q.body, v) {
			q.returned(q.path)
		}
	}
}

// returned adds what depends on the result of the function in hand.
func (q *inquiry) returned(path []ast.Node) {
	d, ok := path[1].(*ast.FuncDecl)
	if !ok || d.Body != q.body {
		return
	}
	fn, _ := q.info.Defs[d.Name].(*types.Func)
	for _, code := range q.asked(fn) {
		q.add(code)
	}
}

// asked returns the code of the package that depends on what fn returns. All
// functions' is found in one walk.
func (q *inquiry) asked(fn *types.Func) []scope {
	if q.depends != nil {
		return q.depends[fn]
	}
	q.depends = map[*types.Func][]scope{}
	for _, file := range q.Files {
		for _, d := range file.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil {
				for _, body := range syntax.Bodies(d) {
					q.conditionsIn(body)
				}
			}
		}
	}
	return q.depends[fn]
}

// conditionsIn notes the statements whose condition calls functions of the package,
// or uses a variable that was given what they returned.
func (q *inquiry) conditionsIn(body *ast.BlockStmt) {
	q.inside(body, func(n ast.Node) {
		s, ok := n.(ast.Stmt)
		if !ok {
			return
		}
		if c := condition(s); c != nil {
			q.dependsOn(q.calledIn(c), s, body)
		}
		a, ok := n.(*ast.AssignStmt)
		if !ok || len(a.Rhs) != 1 {
			return
		}
		called := q.calledIn(a.Rhs[0])
		for _, e := range a.Lhs {
			if v := syntax.VariableOf(q.info, e); v != nil && len(called) > 0 {
				for _, s := range q.conditionsWith(body, v) {
					q.dependsOn(called, s, body)
				}
			}
		}
	})
}

// dependsOn notes that what a statement decides over depends on functions' results.
func (q *inquiry) dependsOn(called []*types.Func, s ast.Stmt, body *ast.BlockStmt) {
	for _, fn := range called {
		q.depends[fn] = append(q.depends[fn], q.extent(s, body))
	}
}

// calledIn are the functions of the package that an expression calls, each once.
func (q *inquiry) calledIn(e ast.Node) (all []*types.Func) {
	ast.Inspect(e, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if fn := q.callee(call); fn != nil && !slices.Contains(all, fn) {
				all = append(all, fn)
			}
		}
		return true
	})
	return all
}

// condition is the expression that a statement tests, nil if it tests none.
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
func (q *inquiry) conditionsWith(body *ast.BlockStmt, v types.Object) []ast.Stmt {
	return q.used(body).tested[v]
}

// returns reports whether a function returns v.
func (q *inquiry) returns(body *ast.BlockStmt, v types.Object) bool {
	return q.used(body).returned[v]
}

// uses is what a function's conditions and return statements use.
type uses struct {
	tested   map[types.Object][]ast.Stmt // the statements whose condition uses it
	returned map[types.Object]bool
}

// used finds that in one walk, since it is asked of each read in the function.
func (q *inquiry) used(body *ast.BlockStmt) *uses {
	if u := q.uses[body]; u != nil {
		return u
	}
	u := &uses{map[types.Object][]ast.Stmt{}, map[types.Object]bool{}}
	q.inside(body, func(n ast.Node) {
		s, ok := n.(ast.Stmt)
		if !ok {
			return
		}
		if c := condition(s); c != nil {
			for _, v := range q.usedIn(c) {
				u.tested[v] = append(u.tested[v], s)
			}
		}
		if r, ok := s.(*ast.ReturnStmt); ok {
			for _, e := range r.Results {
				for _, v := range q.usedIn(e) {
					u.returned[v] = true
				}
			}
		}
	})
	if q.uses == nil {
		q.uses = map[*ast.BlockStmt]*uses{}
	}
	q.uses[body] = u
	return u
}

// usedIn are the objects that an expression uses, each once.
func (q *inquiry) usedIn(e ast.Expr) (all []types.Object) {
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v := q.info.Uses[id]; v != nil && !slices.Contains(all, v) {
				all = append(all, v)
			}
		}
		return true
	})
	return all
}

// inside calls f for what a function is made of, without the function literals
// in it.
func (q *inquiry) inside(body *ast.BlockStmt, visit func(ast.Node)) {
	ast.Inspect(body, func(n ast.Node) bool {
		if _, lit := n.(*ast.FuncLit); lit || n == nil {
			return false
		}
		visit(n)
		return true
	})
}

// extent is the code that depends on the condition of a statement: the
// statement, and what comes after it where a loop goes on until the condition
// changes, or where one side leaves.
func (q *inquiry) extent(s ast.Stmt, body *ast.BlockStmt) scope {
	switch s := s.(type) {
	case *ast.ForStmt:
		return scope{s.Body.Pos(), body.End()}
	case *ast.IfStmt:
		if q.leaves(s.Body) || s.Else != nil && q.leaves(s.Else) {
			return scope{s.Body.Pos(), body.End()}
		}
		return scope{s.Body.Pos(), s.End()}
	case *ast.SwitchStmt:
		if slices.ContainsFunc(s.Body.List, q.leaves) {
			return scope{s.Body.Pos(), body.End()}
		}
	}
	return scope{s.Pos(), s.End()}
}

// leaves reports whether what follows a statement is not executed after it.
func (q *inquiry) leaves(s ast.Stmt) bool {
	var list []ast.Stmt
	switch s := s.(type) {
	case *ast.BlockStmt:
		list = s.List
	case *ast.CaseClause:
		list = s.Body
	case *ast.IfStmt:
		return q.leaves(s.Body) || s.Else != nil && q.leaves(s.Else)
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		return ok && (syntax.BuiltinName(q.info, call.Fun) == "panic" || syntax.CallsFunction(q.info, call, "runtime.Goexit"))
	}
	return len(list) > 0 && q.leaves(list[len(list)-1])
}
