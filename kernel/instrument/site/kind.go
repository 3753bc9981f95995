package site

import (
	"go/types"

	"threading101/kernel/event"
	"threading101/kernel/instrument/syntax"
)

// KindOf says how the recorded bits of a value of type t are to be read.
func KindOf(t types.Type) event.Kind {
	if syntax.IsTypeParam(t) {
		return event.KindNone
	}
	if _, ok := t.Underlying().(*types.Pointer); ok {
		return event.KindPointer
	}
	basic, ok := t.Underlying().(*types.Basic)
	if !ok {
		return event.KindNone
	}
	switch basic.Kind() {
	case types.Bool:
		return event.KindBool
	case types.Int, types.Int8, types.Int16, types.Int32, types.Int64:
		return event.KindInt
	case types.Uint, types.Uint64, types.Uintptr:
		return event.KindUint
	case types.Uint8:
		return event.KindUint8
	case types.Uint16:
		return event.KindUint16
	case types.Uint32:
		return event.KindUint32
	case types.Float32:
		return event.KindFloat32
	case types.Float64:
		return event.KindFloat64
	case types.String:
		return event.KindText
	}
	return event.KindNone
}
