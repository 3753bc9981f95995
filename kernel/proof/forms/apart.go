package forms

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"regexp"
	"strings"
)

// lines are those of a pair, and of what it needs.
type lines struct{ from, to int }

// A declaration is one of those that forms have in common. A method goes by its own
// name: it is needed where something of that name is.
type declaration struct {
	names []string
	text  string
}

var (
	declarations = parsed(prelude + objects + ways + owners)
	word         = regexp.MustCompile(`\w+`)
	renamed      = regexp.MustCompile(`\b(` + strings.Join(topLevel(), "|") + `)\b`)
)

// parsed are the declarations of a text.
func parsed(text string) (all []declaration) {
	text = "package main\n" + text
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		panic(err)
	}
	for _, d := range f.Decls {
		all = append(all, declaration{named(d), text[fset.Position(d.Pos()).Offset:fset.Position(d.End()).Offset] + "\n"})
	}
	return all
}

// named are the names that a declaration declares.
func named(d ast.Decl) (names []string) {
	if f, ok := d.(*ast.FuncDecl); ok {
		return []string{f.Name.Name}
	}
	for _, spec := range d.(*ast.GenDecl).Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			names = append(names, spec.Name.Name)
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				names = append(names, name.Name)
			}
		}
	}
	return names
}

// topLevel are all names that another pair would declare, too.
func topLevel() (names []string) {
	for _, d := range declarations {
		if !strings.HasPrefix(d.text, "func (") {
			names = append(names, d.names...)
		}
	}
	return append(names, "both")
}

// needed are the declarations that a text needs, and those that they need.
func needed(text string) string {
	var b strings.Builder
	have, words := make([]bool, len(declarations)), map[string]bool{}
	for more := text; more != ""; {
		for _, w := range word.FindAllString(more, -1) {
			words[w] = true
		}
		more = ""
		for i, d := range declarations {
			if !have[i] && anyOf(words, d.names) {
				have[i] = true
				more += d.text
			}
		}
		b.WriteString(more)
	}
	return b.String()
}

func anyOf(words map[string]bool, names []string) bool {
	for _, name := range names {
		if words[name] {
			return true
		}
	}
	return false
}

// apart is a text with the number of its pair behind each name of the top level.
func apart(text string, i int) string {
	return renamed.ReplaceAllString(text, fmt.Sprintf("${1}%d", i))
}

// importing is the head of a program that imports what its text names.
func importing(text string) string {
	var b strings.Builder
	b.WriteString("package main\n\nimport (\n")
	for _, name := range imports {
		base := path.Base(strings.TrimSuffix(name, "/v2"))
		if regexp.MustCompile(`\b` + base + `\.[A-Z]`).MatchString(text) {
			fmt.Fprintf(&b, "\t%q\n", name)
		}
	}
	return b.String() + ")\n\n"
}
