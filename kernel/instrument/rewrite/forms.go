package rewrite

import (
	"fmt"
	"go/ast"
	"reflect"

	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/rewrite/flow"
	"threading101/kernel/instrument/rewrite/library"
	"threading101/kernel/instrument/rewrite/memory"
	"threading101/kernel/instrument/rewrite/objects"
	"threading101/kernel/instrument/syntax"
)

// statements, expressions, calls and builtins are the constructs, each with the
// function that rewrites it. To add one, add a row. A construct that is the call of
// a library's function or method has its row in the table of the library's room.
var (
	statements = table(
		on(assign),
		on(block),
		on(flow.Branch),
		on(caseClause),
		on(declaration),
		on(deferred),
		on(exprStmt),
		on(flow.For),
		on(flow.Go),
		on(ifStmt),
		on(memory.IncDec),
		on(labeled),
		on(flow.Range),
		on(memory.Returned),
		on(flow.Select),
		on(flow.Send),
		on(switchStmt),
		on(typeSwitch),
		leftAlone[*ast.BadStmt](),
		leftAlone[*ast.CommClause](), // reached from its select
		leftAlone[*ast.EmptyStmt](),
	)

	expressions = table(
		on(binary),
		on(call),
		on(composite),
		on(literal),
		on(ident),
		on(index),
		on(paren),
		on(selector),
		on(memory.Slice),
		on(star),
		on(typeAssert),
		on(unary),
		leftAlone[*ast.BadExpr](),
		leftAlone[*ast.BasicLit](),
		leftAlone[*ast.Ellipsis](),
		leftAlone[*ast.KeyValueExpr](),  // reached from its composite literal
		leftAlone[*ast.IndexListExpr](), // an instance of a generic function
		leftAlone[*ast.ArrayType](),
		leftAlone[*ast.ChanType](),
		leftAlone[*ast.FuncType](),
		leftAlone[*ast.InterfaceType](),
		leftAlone[*ast.MapType](),
		leftAlone[*ast.StructType](),
	)

	// calls are tried in this order until one says that it has rewritten the call.
	calls = []func(*draft.Rewriting, *ast.CallExpr) bool{
		library.MethodCall,
		library.FunctionCall,
		library.SprintCall,
		library.MapsCall,
		library.Exit,
		builtinCall,
		library.CancelCall,
		memory.Conversion,
	}

	builtins = map[string]func(*draft.Rewriting, *ast.CallExpr) bool{
		"append":          memory.ElementsCall,
		"cap":             flow.Len,
		"clear":           clearCall,
		"close":           flow.Close,
		"copy":            memory.ElementsCall,
		"delete":          memory.MapCall,
		"len":             flow.Len,
		"print":           library.PrintCall,
		"println":         library.PrintCall,
		"recover":         flow.Recover,
		"unsafe.Alignof":  neverEvaluated,
		"unsafe.Offsetof": neverEvaluated,
		"unsafe.Sizeof":   neverEvaluated,
	}
)

// form is a type of node and the function that rewrites its nodes.
type form struct {
	node    reflect.Type
	rewrite func(*draft.Rewriting, ast.Node)
}

func on[N ast.Node](rewrite func(*draft.Rewriting, N)) form {
	return form{reflect.TypeFor[N](), func(r *draft.Rewriting, n ast.Node) { rewrite(r, n.(N)) }}
}

// leftAlone is the row of a type of node that has nothing in it to rewrite.
func leftAlone[N ast.Node]() form {
	return form{reflect.TypeFor[N](), func(*draft.Rewriting, ast.Node) {}}
}

type formTable map[reflect.Type]func(*draft.Rewriting, ast.Node)

func table(forms ...form) formTable {
	t := formTable{}
	for _, f := range forms {
		t[f.node] = f.rewrite
	}
	return t
}

// rewrite rewrites a node by its type.
func (t formTable) rewrite(r *draft.Rewriting, n ast.Node) {
	f, ok := t[reflect.TypeOf(n)]
	if !ok {
		panic(fmt.Sprintf("no construct is known for a %T", n))
	}
	f(r, n)
}

// walk goes down the tree once, from construct to construct.
type walk struct{}

func (walk) Stmt(r *draft.Rewriting, s ast.Stmt) { statements.rewrite(r, s) }

func (walk) Expr(r *draft.Rewriting, e ast.Expr) { expressions.rewrite(r, e) }

// call rewrites a call, or walks its parts.
func call(r *draft.Rewriting, e *ast.CallExpr) {
	for _, rewrite := range calls {
		if rewrite(r, e) {
			return
		}
	}
	objects.CallParts(r, e)
}

// builtinCall rewrites the call of a builtin function that needs care, or returns
// false.
func builtinCall(r *draft.Rewriting, e *ast.CallExpr) bool {
	rewrite := builtins[syntax.BuiltinName(r.Info, e.Fun)]
	return rewrite != nil && rewrite(r, e)
}

func clearCall(r *draft.Rewriting, e *ast.CallExpr) bool {
	return memory.MapCall(r, e) || memory.ElementsCall(r, e)
}

func neverEvaluated(*draft.Rewriting, *ast.CallExpr) bool { return true }
