package facts

import (
	"go/types"

	"threading101/kernel/instrument/syntax"
)

// Leads says whether fmt, given a value of a type, gets at variables that are
// written somewhere.
func (f *Facts) Leads(t types.Type, depth int) bool {
	if depth > 8 {
		return true
	}
	if speaks(t) {
		p, pointer := t.Underlying().(*types.Pointer)
		return pointer && depth == 0 && speaks(p.Elem()) && f.parts(p.Elem())
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return f.elementsChange(t) || f.parts(u.Elem()) || syntax.HoldsLock(u.Elem()) || f.Leads(u.Elem(), depth+1)
	case *types.Map, *types.Interface:
		return true
	case *types.Pointer:
		return depth == 0
	case *types.Array:
		return f.Leads(u.Elem(), depth+1)
	case *types.Struct:
		for field := range u.Fields() {
			if f.Leads(field.Type(), depth+1) {
				return true
			}
		}
	}
	return false
}

// speaks says whether a method of the type says what is printed. The reads in it
// are its own.
func speaks(t types.Type) bool {
	for _, name := range []string{"Error", "String", "Format"} {
		if obj, _, _ := types.LookupFieldOrMethod(t, false, nil, name); obj != nil {
			if _, method := obj.(*types.Func); method {
				return true
			}
		}
	}
	return false
}

// parts says whether fields of a struct are written somewhere.
func (f *Facts) parts(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range s.Fields() {
		if f.Written[field.Origin()] || f.partly[field] || f.parts(field.Type()) {
			return true
		}
	}
	return false
}

// LeadsFar says whether a value of a type leads to variables that are written somewhere,
// by whatever number of steps.
func (f *Facts) LeadsFar(t types.Type) bool { return f.leadsFar(t, map[types.Type]bool{}) }

func (f *Facts) leadsFar(t types.Type, seen map[types.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch u := t.Underlying().(type) {
	case *types.Interface:
		return true
	case *types.Slice:
		return f.elementsChange(t) || f.parts(u.Elem()) || f.leadsFar(u.Elem(), seen)
	case *types.Map:
		return f.elementsChange(t) || f.leadsFar(u.Elem(), seen)
	case *types.Pointer:
		_, basic := u.Elem().Underlying().(*types.Basic)
		return basic || f.parts(u.Elem()) || f.leadsFar(u.Elem(), seen)
	case *types.Array:
		return f.leadsFar(u.Elem(), seen)
	case *types.Struct:
		for field := range u.Fields() {
			if f.leadsFar(field.Type(), seen) {
				return true
			}
		}
	}
	return false
}
