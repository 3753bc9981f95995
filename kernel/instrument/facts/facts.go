package facts

import (
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/instrument/syntax"
)

// Facts is what the packages of a program say about their variables, seen from one
// of them: which ever change, and which more than one goroutine can reach. Reading
// a variable that never changes, or that nobody else can reach, teaches nothing;
// it is not recorded.
type Facts struct {
	*program
	*findings
	info *types.Info
	pkg  *types.Package

	Files      []*ast.File // of the package
	Library    bool        // it is not the learner's: what it reads and writes is not recorded
	Everything bool        // what cannot matter is recorded, too
}

// findings are what was looked for in a package when it was asked for, nil until
// then. All files of the package share them.
type findings struct {
	circles  map[types.Object]bool    // functions that may come to call themselves
	called   *callList                // of functions of the package
	depends  map[*types.Func][]scope  // function → the code that depends on what it returns
	starters map[*types.TypeName]bool // types whose methods start goroutines
	uses     map[*ast.BlockStmt]*uses // what a function's conditions and return statements use
	reserved []string                 // identifiers that begin as ours do
}

// program is what all packages that are rewritten together say.
type program struct {
	Own        map[*types.Package]bool    // these packages
	Written    map[types.Object]bool      // assigned to, or its address taken, after its declaration
	partly     map[types.Object]bool      // a field or element of it was
	whole      map[types.Object]bool      // assigned to as a whole
	pointed    map[types.Object]bool      // its address taken, or that of a part of it
	overrun    map[*types.Struct]bool     // structs whose fields all count as written
	filled     map[*types.Named]bool      // types of which a library has a pointer, and what they lead to
	twins      map[string][]*types.Struct // struct types without a name, those that are equal together
	anyOverrun bool                       // what is of a type parameter's type is assigned as a whole
	arguments  []types.Type               // that type parameters stand for
	escapes    map[types.Object]bool      // a local variable that a goroutine other than the one that made it may reach
	kinds      *kinds                     // that tell types of slices and maps apart
	elements   kindSet                    // kinds of slices and maps that have a value whose elements are written
	leaked     map[types.Object]bool      // pointers, slices and maps that lead to what may be known elsewhere
	Loops      map[types.Object]bool      // variables that a loop declares
	Gotos      map[types.Object]bool      // labels that a goto leads to
	lent       map[types.Object]bool      // a local variable that a go statement's function uses
	Itself     map[ast.Node]bool          // calls of append as in s = append(s, v)
	grown      map[ast.Node]growth        // s = append(s, v)
	anothers   map[types.Object]bool      // variables that were given the array of another one
	shares     kindSet                    // kinds of slices and maps of which an element was
	First      map[ast.Node]bool          // assignments that give a variable its first value: nobody else knows it yet
	bodies     map[*types.Func]*ast.FuncDecl
	literals   map[types.Object]*ast.FuncLit // by the variable that they are assigned to
	calls      map[*types.Func]bool          // known to change nothing that is not seen, or not to
	found      map[*types.Package]*findings

	Goroutines bool // goroutines are started
	Watched    bool // somebody looks at variables at any moment: they are shared also where there is one goroutine
	waits      bool // there are operations by which goroutines wait for each other
	timers     bool // there may be waiting for time to pass
	OwnSources bool // random numbers are made from a source of the program's own
	indents    bool // an encoder of JSON is told to indent
}

// New are the facts about packages at which nobody has looked yet.
func New(own ...*types.Package) *Facts {
	p := &program{
		Own: map[*types.Package]bool{}, overrun: map[*types.Struct]bool{}, twins: map[string][]*types.Struct{}, filled: map[*types.Named]bool{}, kinds: &kinds{}, elements: kindSet{},
		grown: map[ast.Node]growth{}, shares: kindSet{},
		Itself: map[ast.Node]bool{}, First: map[ast.Node]bool{},
		bodies: map[*types.Func]*ast.FuncDecl{}, calls: map[*types.Func]bool{}, literals: map[types.Object]*ast.FuncLit{},
		found: map[*types.Package]*findings{},
	}
	for _, m := range []*map[types.Object]bool{
		&p.Written, &p.partly, &p.whole, &p.pointed, &p.escapes, &p.leaked, &p.Loops, &p.Gotos, &p.lent, &p.anothers,
	} {
		*m = map[types.Object]bool{}
	}
	for _, pkg := range own {
		p.Own[pkg] = true
	}
	return &Facts{program: p}
}

// Owned says whether a package is one of those that are rewritten together.
func (f *Facts) Owned(pkg *types.Package) bool { return f.Own[pkg] }

// Of is the same facts, seen from one of the packages.
func (f *Facts) Of(info *types.Info, pkg *types.Package, files []*ast.File) *Facts {
	if f.found[pkg] == nil {
		f.found[pkg] = &findings{}
	}
	return &Facts{program: f.program, findings: f.found[pkg], info: info, pkg: pkg, Files: files}
}

// Ours is how the names begin that are written into a program.
const Ours = "t101"

// Reserved are the identifiers of the package's files that begin as ours do.
func (f *Facts) Reserved() []string {
	if f.reserved != nil {
		return f.reserved
	}
	f.reserved = []string{}
	for _, file := range f.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && strings.HasPrefix(id.Name, Ours) {
				f.reserved = append(f.reserved, id.Name)
			}
			return true
		})
	}
	return f.reserved
}

// Look gathers what the files of the package say.
func (f *Facts) Look() {
	f.functionsOf(f.Files)
	for _, file := range f.Files {
		v := &gatherer{Facts: f, perLoop: syntax.PerLoop(f.info, f.pkg, file)}
		ast.PreorderStack(file, nil, v.visit)
	}
	all := &gatherer{Facts: f}
	all.likeTwins()
	all.settleAppends()
	all.overwritePointed()
	all.overwriteArguments()
	all.likeTwins()
}
