package facts

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"threading101/kernel/instrument/syntax"
)

// callList are the calls of functions of the package, in its own code.
type callList struct {
	calls []call              // by where they begin
	count map[*types.Func]int // how many of them call a function
}

// call is one of them.
type call struct {
	from, to token.Pos
	fn       *types.Func
}

// packageCalls are the calls of functions of the package, found once.
func (f *Facts) packageCalls() *callList {
	if f.called != nil {
		return f.called
	}
	f.called = &callList{count: map[*types.Func]int{}}
	for _, file := range f.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok {
				f.called.add(c, f.callee(c))
			}
			return true
		})
	}
	slices.SortStableFunc(f.called.calls, func(a, b call) int { return cmp.Compare(a.from, b.from) })
	return f.called
}

func (c *callList) add(at *ast.CallExpr, fn *types.Func) {
	if fn != nil {
		c.calls = append(c.calls, call{at.Pos(), at.End(), fn})
		c.count[fn]++
	}
}

// within returns which of them lie in one of the scopes, each once, in order. A
// package has many calls, of which few lie in a scope.
func (c *callList) within(scopes []scope) (all []int) {
	for _, s := range scopes {
		i, _ := slices.BinarySearchFunc(c.calls, s.from, func(c call, from token.Pos) int { return cmp.Compare(c.from, from) })
		for ; i < len(c.calls) && c.calls[i].from <= s.to; i++ {
			if c.calls[i].to <= s.to {
				all = append(all, i)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// callee is the function of the package that is called, nil for any other.
func (f *Facts) callee(call *ast.CallExpr) *types.Func {
	fn := syntax.CalledFunc(f.info, call.Fun)
	if fn == nil || fn.Pkg() != f.pkg {
		return nil
	}
	return fn.Origin()
}
