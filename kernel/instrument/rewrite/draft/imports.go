package draft

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/instrument/facts"
	"threading101/kernel/instrument/syntax"
)

// The packages of the recorder.
const (
	PathRT   = "threading101/kernel/rt"
	PathFile = "threading101/kernel/rt/std/rtfile"
	PathFmt  = "threading101/kernel/rt/std/rtfmt"
	PathLog  = "threading101/kernel/rt/std/rtlog"
	PathMap  = "threading101/kernel/rt/std/rtmap"
	PathOS   = "threading101/kernel/rt/std/rtos"
	PathSlog = "threading101/kernel/rt/std/rtslog"

	PathContext = "threading101/kernel/rt/std/rtcontext"
	PathRand    = "threading101/kernel/rt/std/rtrand"
	PathRand2   = "threading101/kernel/rt/std/rtrand2"
	PathSQL     = "threading101/kernel/rt/std/rtsql"
)

var recorder = []string{PathRT, PathFile, PathFmt, PathLog, PathMap, PathOS, PathSlog, PathContext, PathRand, PathRand2, PathSQL}

// namesFor chooses the names under which the recorder's packages are imported:
// t101rt and so on, with underscores added until nothing in the package begins so, as
// our own variables do.
func namesFor(known *facts.Facts, info *types.Info) *recorderNames {
	names := map[string]string{}
	for _, path := range recorder {
		name := facts.Ours + path[strings.LastIndex(path, "/")+1:]
		for slices.ContainsFunc(known.Reserved(), func(other string) bool { return strings.HasPrefix(other, name) }) {
			name += "_"
		}
		names[path] = name
	}
	return &recorderNames{info: info, names: names, used: map[string]bool{}, kept: map[string]bool{}}
}

// recorderNames are a file's names for the recorder's packages.
type recorderNames struct {
	info  *types.Info
	names map[string]string // import path → name
	used  map[string]bool   // of the packages, the ones the new source needs
	keep  []string          // references that keep the file's own imports in use
	kept  map[string]bool
}

// RT refers to a function of the recorder: "t101rt.Lock".
func (n *recorderNames) RT(name string) string { return n.From(PathRT, name) }

// From refers to a function of one of its packages.
func (n *recorderNames) From(path, name string) string {
	n.used[path] = true
	return n.names[path] + "." + name
}

// KeepUsed sees to it that the import through which fun was named stays in use,
// though fun itself is replaced.
func (n *recorderNames) KeepUsed(fun ast.Expr) {
	fun = ast.Unparen(fun)
	name := types.ExprString(fun)
	key := name
	if sel, ok := fun.(*ast.SelectorExpr); ok {
		key = types.ExprString(sel.X)
	}
	if !n.kept[key] {
		n.kept[key] = true
		n.keep = append(n.keep, name+anyInstance(n.info, fun))
	}
}

// anyInstance are type arguments for a generic function: "[int, int]". All those
// in the table take int, but for those that take a map, and infer the rest from
// it. A method, or a function that is not generic, has none.
func anyInstance(info *types.Info, fun ast.Expr) string {
	fn := syntax.CalledFunc(info, fun)
	if fn == nil || fn.Signature().TypeParams().Len() == 0 {
		return ""
	}
	if _, ok := syntax.Core(fn.Signature().TypeParams().At(0)).(*types.Map); ok {
		return "[map[int]int]"
	}
	return "[int" + strings.Repeat(", int", fn.Signature().TypeParams().Len()-1) + "]"
}

// imports adds the imports behind the package clause, on its line, and the uses
// that keep the file's own imports alive behind the last of those.
func (r *Rewriting) imports() {
	var text strings.Builder
	for _, path := range recorder {
		if r.used[path] {
			fmt.Fprintf(&text, "; import %s %s", r.names[path], strconv.Quote(path))
		}
	}
	r.After(r.File.Name.End(), "%s", text.String())
	if len(r.keep) == 0 {
		return
	}
	last := token.NoPos
	for _, d := range r.File.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			last = g.End()
		}
	}
	slices.Sort(r.keep)
	r.After(last, "; var _%s = %s", strings.Repeat(", _", len(r.keep)-1), strings.Join(r.keep, ", "))
}

// Own is the name of a variable of our own.
func (n *recorderNames) Own(suffix string) string { return n.names[PathRT] + suffix }
