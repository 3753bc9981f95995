package facts

import (
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"threading101/kernel/instrument/syntax"
)

// kinds tell apart the types of slices, arrays and maps, whose elements have no object of
// their own. Types that are identical are one kind, however they are written: []byte and
// []uint8, or with an alias.
type kinds struct {
	numbers typeutil.Map
}

// anyKind are the types in which a type parameter occurs: they may be any other.
const anyKind = 0

// of is the kind of what a type is made of.
func (k *kinds) of(t types.Type) int {
	t = syntax.Core(t)
	if mentions(t, map[types.Type]bool{}) {
		return anyKind
	}
	if n, ok := k.numbers.At(t).(int); ok {
		return n
	}
	n := k.numbers.Len() + 1
	k.numbers.Set(t, n)
	return n
}

// kindSet are kinds of which something is known.
type kindSet map[int]bool

// has reports whether it may be known of a kind: of it, of types that may be any, or of
// any where the kind itself is that.
func (s kindSet) has(kind int) bool {
	return s[kind] || s[anyKind] || kind == anyKind && len(s) > 0
}

// mentions reports whether a type parameter occurs in a type.
func mentions(t types.Type, seen map[types.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			if mentions(arg, seen) {
				return true
			}
		}
	case *types.Map:
		return mentions(t.Key(), seen) || mentions(t.Elem(), seen)
	case *types.Signature:
		return mentions(t.Params(), seen) || mentions(t.Results(), seen)
	case *types.Tuple:
		for v := range t.Variables() {
			if mentions(v.Type(), seen) {
				return true
			}
		}
	case *types.Struct:
		for f := range t.Fields() {
			if mentions(f.Type(), seen) {
				return true
			}
		}
	case interface{ Elem() types.Type }:
		return mentions(t.Elem(), seen)
	}
	return false
}
