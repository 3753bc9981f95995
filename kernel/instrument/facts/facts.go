package facts

import (
	"go/ast"
	"go/types"

	"threading101/kernel/instrument/syntax"
)

// Facts is what the whole package says about its variables: which ever change,
// and which more than one goroutine can reach. Reading a variable that never
// changes, or that nobody else can reach, teaches nothing; it is not recorded.
type Facts struct {
	info       *types.Info
	pkg        *types.Package
	Own        map[*types.Package]bool // the packages that these facts are about
	Written    map[types.Object]bool   // assigned to, or its address taken, after its declaration
	partly     map[types.Object]bool   // a field or element of it was
	whole      map[types.Object]bool   // assigned to as a whole
	pointed    map[types.Object]bool   // its address taken, or that of a part of it
	overrun    map[*types.Struct]bool
	escapes    map[types.Object]bool // a local variable that a goroutine other than the one that made it may reach
	elements   map[string]bool       // slice and map types of which some value's elements are written
	leaked     map[types.Object]bool // pointers, slices and maps that lead to what may be known elsewhere
	Loops      map[types.Object]bool // variables that a loop declares
	Gotos      map[types.Object]bool // labels that a goto leads to
	lent       map[types.Object]bool // a local variable that a go statement's function uses
	Itself     map[ast.Node]bool     // calls of append as in s = append(s, v)
	anothers   map[types.Object]bool // slices that were given the array of another variable
	First      map[ast.Node]bool     // assignments that give a variable its first value: nobody else knows it yet
	bodies     map[*types.Func]*ast.FuncDecl
	literals   map[types.Object]*ast.FuncLit // by the variable that they are assigned to
	circles    map[types.Object]bool         // functions that may come to call themselves
	calls      map[*types.Func]bool          // known to change nothing that is not seen, or not to
	Goroutines bool                          // the package starts goroutines
	Waits      bool                          // it has operations by which goroutines wait for each other
	Timers     bool                          // it may wait for time to pass
	OwnSources bool                          // it makes random numbers from a source of its own
	indents    bool                          // it tells an encoder of JSON to indent
	Files      []*ast.File                   // of the package in hand
	calledHere []*ast.CallExpr               // of functions of the package; nil until they are looked for
	Library    bool
	Everything bool
}

func New() *Facts {
	return &Facts{
		Own: map[*types.Package]bool{}, Written: map[types.Object]bool{}, partly: map[types.Object]bool{}, whole: map[types.Object]bool{}, pointed: map[types.Object]bool{}, overrun: map[*types.Struct]bool{},
		escapes: map[types.Object]bool{}, elements: map[string]bool{}, leaked: map[types.Object]bool{},
		Loops: map[types.Object]bool{}, Gotos: map[types.Object]bool{}, First: map[ast.Node]bool{}, lent: map[types.Object]bool{}, Itself: map[ast.Node]bool{}, anothers: map[types.Object]bool{},
		bodies: map[*types.Func]*ast.FuncDecl{}, calls: map[*types.Func]bool{}, literals: map[types.Object]*ast.FuncLit{},
	}
}

// Gather is the facts of a package that is rewritten alone.
func Gather(info *types.Info, pkg *types.Package, files []*ast.File) *Facts {
	f := New().Of(info, pkg)
	f.Own[pkg] = true
	f.Look(files)
	return f
}

// Of is the same facts, seen from one of the packages.
func (f *Facts) Of(info *types.Info, pkg *types.Package) *Facts {
	one := *f
	one.info, one.pkg = info, pkg
	return &one
}

// Look gathers what files of the package say.
func (f *Facts) Look(files []*ast.File) {
	f.functionsOf(files)
	for _, file := range files {
		v := &gatherer{Facts: f, perLoop: syntax.PerLoop(f.info, f.pkg, file)}
		ast.PreorderStack(file, nil, v.visit)
	}
	(&gatherer{Facts: f}).overwritePointed()
}
