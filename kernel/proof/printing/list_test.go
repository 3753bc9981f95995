package printing

import (
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"threading101/kernel/build/buildtest"
)

// library is the standard library's packages that a program may import, by path.
func library(t *testing.T) map[string]*types.Package {
	t.Helper()
	all, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedExportFile, BuildFlags: []string{buildtest.Slim}}, "std")
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string]*types.Package{}
	for _, p := range all {
		if open := !slices.ContainsFunc(strings.Split(p.PkgPath, "/"), closed); open && p.Types != nil {
			byPath[p.PkgPath] = p.Types
		}
	}
	return byPath
}

// closed: package runtime/trace writes when its own goroutine likes, which is said
// of every program that imports it.
func closed(part string) bool {
	return part == "internal" || part == "vendor" || part == "cmd" || part == "trace"
}

// streams are the packages with functions that write to a standard stream by
// themselves.
var streams = []string{"flag", "fmt", "go/ast", "log", "log/slog", "runtime/debug"}

// snippets are pieces of program that print a text, each with the name of what it
// prints by.
func snippets(all map[string]*types.Package) (list []snippet) {
	w := &writer{}
	for _, path := range slices.Sorted(keysOf(all)) {
		pkg := all[path]
		for _, name := range pkg.Scope().Names() {
			switch obj := pkg.Scope().Lookup(name).(type) {
			case *types.Func:
				if obj.Exported() {
					w.function(obj, slices.Contains(streams, path))
				}
			case *types.TypeName:
				if named, ok := obj.Type().(*types.Named); ok && obj.Exported() && !obj.IsAlias() && named.TypeParams().Len() == 0 {
					w.methods(named)
				}
			}
		}
	}
	known := map[string]bool{}
	return slices.DeleteFunc(append(w.list, byHand()...), func(s snippet) bool { // promoted methods are listed twice
		again := known[s.name]
		known[s.name] = true
		return again
	})
}

func keysOf[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// takes says whether one of the parameters is something to write to.
func takes(sig *types.Signature) bool {
	for i := range sig.Params().Len() {
		if toWriteTo(sig.Params().At(i).Type(), sig.Variadic() && i == sig.Params().Len()-1) {
			return true
		}
	}
	return false
}

func toWriteTo(t types.Type, variadic bool) bool {
	if s, ok := t.(*types.Slice); ok && variadic {
		t = s.Elem()
	}
	i, ok := t.Underlying().(*types.Interface)
	if !ok || i.NumMethods() > 8 { // a file has no more; what has more is something else
		return false
	}
	for m := range i.Methods() {
		if sig := m.Signature(); m.Name() == "Write" && sig.Params().Len() == 1 && sig.Params().At(0).Type().String() == "[]byte" && sig.Results().Len() == 2 {
			return true
		}
	}
	return false
}
