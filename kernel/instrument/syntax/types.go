package syntax

import (
	"go/types"
	"slices"
)

// IsBool reports whether a type is bool, or made of it.
func IsBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// StructOf is the struct that a type is, or points to.
func StructOf(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

// TypeOf is the declared type of a value or of what it points to, nil if it has none.
func TypeOf(t types.Type) *types.TypeName {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return named.Origin().Obj()
	}
	return nil
}

// IsTypeParam reports whether a type is a type parameter.
func IsTypeParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}

// IsLock reports whether a type is a lock, or another of package sync whose state is
// that of what was done with it.
func IsLock(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "sync" {
		return false
	}
	return slices.Contains([]string{"Mutex", "RWMutex", "WaitGroup", "Once", "Cond"}, n.Obj().Name())
}

// HoldsLock reports whether a lock is part of what a variable of a type holds.
func HoldsLock(t types.Type) bool {
	if IsLock(t) {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Array:
		return HoldsLock(u.Elem())
	case *types.Struct:
		for field := range u.Fields() {
			if HoldsLock(field.Type()) {
				return true
			}
		}
	}
	return false
}

// TypeName is the bare name of a type, "" if it has none.
func TypeName(info *types.Info, t types.Type) string {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}

// KeepsArguments says whether a function may keep what it is given: it returns
// something that can lead to it, or is a method that begins anew with it.
func KeepsArguments(fn *types.Func) bool {
	if fn.Signature().Recv() != nil && fn.Signature().Results().Len() == 0 {
		return true
	}
	for v := range fn.Signature().Results().Variables() {
		_, basic := v.Type().Underlying().(*types.Basic)
		_, slice := v.Type().Underlying().(*types.Slice)
		if !basic && !slice && !types.Identical(v.Type(), types.Universe.Lookup("error").Type()) {
			return true
		}
	}
	return false
}

// Core is what a type is made of. A type parameter has one if all types it may
// stand for are made of the same.
func Core(t types.Type) types.Type {
	if !IsTypeParam(t) {
		return t.Underlying()
	}
	if u := coreOf(t.Underlying()); u != nil {
		return u
	}
	return t.Underlying()
}

// coreOf is what all types that an element of a constraint admits are made of, nil
// if they differ.
func coreOf(e types.Type) types.Type {
	union, ok := e.(*types.Union)
	if !ok {
		if inner, ok := e.Underlying().(*types.Interface); ok {
			for e := range inner.EmbeddedTypes() {
				if u := coreOf(e); u != nil {
					return u
				}
			}
			return nil
		}
		return e.Underlying()
	}
	var all types.Type
	for term := range union.Terms() {
		u := coreOf(term.Type())
		if u == nil || all != nil && !types.Identical(all, u) {
			return nil
		}
		all = u
	}
	return all
}

// Deref is what a pointer type points to, or the type itself.
func Deref(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// HasWrite says whether t has the method of io.Writer.
func HasWrite(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, false, nil, "Write")
	fn, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	in, out := fn.Signature().Params(), fn.Signature().Results()
	return in.Len() == 1 && out.Len() == 2 && types.Identical(in.At(0).Type(), types.NewSlice(types.Typ[types.Byte]))
}

// IsFile says whether t is *os.File.
func IsFile(t types.Type) bool {
	p, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return false
	}
	n, ok := types.Unalias(p.Elem()).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "os" && n.Obj().Name() == "File"
}
