package asked

import (
	"go/ast"
	"strings"

	"threading101/kernel/instrument/syntax"
)

// IsNamed reports whether a function goes by a name: work, Account.Deposit,
// (*Account).Deposit, or Deposit alone. Whether the receiver is a pointer does not
// matter: a type has one method of a name.
func IsNamed(d *ast.FuncDecl, name string) bool {
	name = bare(name)
	return name == bare(syntax.DeclaredName(d)) || name == d.Name.Name
}

func bare(name string) string {
	return strings.NewReplacer("(", "", ")", "", "*", "", " ", "").Replace(name)
}

// SpanError says that there is no function of that name.
type SpanError struct {
	Name  string
	Known []string // the functions there are, as they can be named
}

func (e *SpanError) Error() string { return "no function " + e.Name }

// CheckSpans returns a [*SpanError] if one of the names is no function's.
func CheckSpans(files []*ast.File, spans []string) error {
	all := functionsOf(files)
	for _, name := range spans {
		found := false
		for _, d := range all {
			found = found || IsNamed(d, name)
		}
		if !found {
			return &SpanError{Name: name, Known: known(all)}
		}
	}
	return nil
}

// functionsOf are the functions and methods declared in the files that can be
// watched.
func functionsOf(files []*ast.File) (all []*ast.FuncDecl) {
	for _, f := range files {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil && d.Name.Name != "_" && !syntax.ImportsC(f) && syntax.Directive(d.Doc) == "" {
				all = append(all, d)
			}
		}
	}
	return all
}

// known are the names of functions: methods both with their type and without.
func known(all []*ast.FuncDecl) (list []string) {
	for _, d := range all {
		list = append(list, bare(syntax.DeclaredName(d)))
	}
	for _, d := range all {
		if d.Recv != nil {
			list = append(list, d.Name.Name)
		}
	}
	return list
}
