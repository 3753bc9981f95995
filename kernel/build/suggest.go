package build

import (
	"bytes"
	"go/ast"
	"go/token"
	"regexp"
	"slices"

	"threading101/kernel/instrument/syntax"
	"threading101/kernel/nearest"
	"threading101/kernel/words"
)

// undefinedName is what the compiler says of a name that means nothing, at the end of a
// line: of a package, of a value, or by itself.
var (
	undefinedName   = regexp.MustCompile(`undefined: (?:(\w+)\.)?(\w+)$`)
	undefinedMember = regexp.MustCompile(` undefined \(type .* has no field or method (\w+)\)$`)
)

// suggest adds to what the compiler says of names that mean nothing the name that was
// probably meant.
func (b *Builder) suggest(output []byte, j *job) []byte {
	lines := bytes.Split(output, []byte("\n"))
	for i, line := range lines {
		if meant := b.meant(string(line), j); meant != "" {
			lines[i] = append(slices.Clip(line), " ("+words.DidYouMean(meant)+")"...)
		}
	}
	return bytes.Join(lines, []byte("\n"))
}

func (b *Builder) meant(line string, j *job) string {
	if m := undefinedMember.FindStringSubmatch(line); m != nil {
		return likely(m[1], members(j.src.files))
	}
	m := undefinedName.FindStringSubmatch(line)
	switch {
	case m == nil:
		return ""
	case m[1] != "":
		return likely(m[2], b.exportsOf(m[1], j))
	}
	return likely(m[2], declaredNames(j.src.files))
}

// leastTyped is how long a name must be for another to be like it.
const leastTyped = 3

// likely is the name that was probably meant; of several as near, one that ends as
// what was typed does: Printn is rather Println than Print.
func likely(typed string, names []string) string {
	if len(typed) < leastTyped {
		return "" // anything is near
	}
	last := typed[len(typed)-1]
	ends := func(name string) bool { return name != "" && name[len(name)-1] == last }
	slices.SortStableFunc(names, func(a, b string) int {
		switch {
		case ends(a) == ends(b):
			return 0
		case ends(a):
			return -1
		}
		return 1
	})
	return nearest.Of(typed, names)
}

// exportsOf are the names of a package of the standard library that the program
// imports.
func (b *Builder) exportsOf(name string, j *job) []string {
	for _, path := range importsOf(j.src.files) {
		if syntax.AssumedName(path) == name {
			return b.stdlib(j.tc.GOROOT).names(path)
		}
	}
	return nil
}

// declaredNames are the names that are declared anywhere in the files, and those of
// Go's own functions.
func declaredNames(files []*file) []string {
	all := []string{"append", "close", "len", "make", "new", "panic", "print", "println", "true", "false", "nil"}
	eachNode(files, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil {
				all = append(all, n.Name.Name)
			}
		case *ast.TypeSpec:
			all = append(all, n.Name.Name)
		case *ast.ValueSpec:
			all = append(all, namesOf(n.Names)...)
		case *ast.Field:
			all = append(all, namesOf(n.Names)...)
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				return
			}
			for _, e := range n.Lhs {
				if id, ok := e.(*ast.Ident); ok {
					all = append(all, id.Name)
				}
			}
		}
	})
	return all
}

// members are the fields and methods that the files declare, and those of the types
// that a lesson's program shares.
func members(files []*file) []string {
	all := []string{"Add", "Broadcast", "Do", "Done", "Go", "Load", "Lock", "RLock", "RUnlock", "Signal", "Store", "TryLock", "Unlock", "Wait"}
	eachNode(files, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv != nil {
				all = append(all, n.Name.Name)
			}
		case *ast.StructType:
			for _, f := range n.Fields.List {
				all = append(all, namesOf(f.Names)...)
			}
		}
	})
	return all
}

func eachNode(files []*file, visit func(ast.Node)) {
	for _, f := range files {
		if f.ast != nil {
			ast.Inspect(f.ast, func(n ast.Node) bool { visit(n); return true })
		}
	}
}

func namesOf(all []*ast.Ident) (names []string) {
	for _, id := range all {
		names = append(names, id.Name)
	}
	return names
}
