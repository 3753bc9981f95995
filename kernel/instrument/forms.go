package instrument

import (
	"fmt"
	"go/ast"
	"reflect"
)

// statements, expressions, calls and builtins are the constructs, each with the
// function that rewrites it. To add one, add a row. A construct that is the call of
// a library's function or method has its row in the table of the library's room.
var (
	statements = table(
		on(assign),
		on(block),
		on(branch),
		on(caseClause),
		on(declaration),
		on(deferred),
		on(exprStmt),
		on(forStmt),
		on(goStmt),
		on(ifStmt),
		on(incDec),
		on(labeled),
		on(rangeStmt),
		on(returned),
		on(selectStmt),
		on(send),
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
		on(slice),
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
	calls = []func(*rewriter, *ast.CallExpr) bool{
		methodCall,
		functionCall,
		sprintCall,
		mapsCall,
		exit,
		builtinCall,
		cancelCall,
		conversion,
	}

	builtins = map[string]func(*rewriter, *ast.CallExpr) bool{
		"append":          elementsCall,
		"cap":             lenCall,
		"clear":           clearCall,
		"close":           closeCall,
		"copy":            elementsCall,
		"delete":          clearCall,
		"len":             lenCall,
		"print":           printCall,
		"println":         printCall,
		"recover":         recoverCall,
		"unsafe.Alignof":  neverEvaluated,
		"unsafe.Offsetof": neverEvaluated,
		"unsafe.Sizeof":   neverEvaluated,
	}
)

// form is a type of node and the function that rewrites its nodes.
type form struct {
	node    reflect.Type
	rewrite func(*rewriter, ast.Node)
}

func on[N ast.Node](rewrite func(*rewriter, N)) form {
	return form{reflect.TypeFor[N](), func(r *rewriter, n ast.Node) { rewrite(r, n.(N)) }}
}

// leftAlone is the row of nodes with nothing in them that would be rewritten.
func leftAlone[N ast.Node]() form { return form{reflect.TypeFor[N](), func(*rewriter, ast.Node) {}} }

type formTable map[reflect.Type]func(*rewriter, ast.Node)

func table(forms ...form) formTable {
	t := formTable{}
	for _, f := range forms {
		t[f.node] = f.rewrite
	}
	return t
}

// rewrite rewrites a node by its type.
func (t formTable) rewrite(r *rewriter, n ast.Node) {
	f, ok := t[reflect.TypeOf(n)]
	if !ok {
		panic(fmt.Sprintf("no construct is known for a %T", n))
	}
	f(r, n)
}

// walk goes down the tree once, from construct to construct.
type walk struct{}

func (walk) stmt(r *rewriter, s ast.Stmt) { statements.rewrite(r, s) }

func (walk) expr(r *rewriter, e ast.Expr) { expressions.rewrite(r, e) }

// call rewrites a call, or walks its parts.
func call(r *rewriter, e *ast.CallExpr) {
	for _, rewrite := range calls {
		if rewrite(r, e) {
			return
		}
	}
	callParts(r, e)
}

// builtinCall rewrites the call of a builtin function that needs care, or returns
// false.
func builtinCall(r *rewriter, e *ast.CallExpr) bool {
	rewrite := builtins[builtin(r.info, e.Fun)]
	return rewrite != nil && rewrite(r, e)
}

func clearCall(r *rewriter, e *ast.CallExpr) bool { return mapCall(r, e) || elementsCall(r, e) }

func neverEvaluated(*rewriter, *ast.CallExpr) bool { return true }
