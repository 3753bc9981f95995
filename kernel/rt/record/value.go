package record

import (
	"unsafe"

	"threading101/kernel/event"
)

// Value is what a record says of a value: 64 raw bits, or a text.
type Value struct {
	Bits  uint64
	Text  string
	Flags uint8
}

// ValueOf looks at *p. A value of 1, 2, 4 or 8 bytes is kept as it is, the sign
// extended; the site says what it means. Of larger ones only strings are kept.
//
//go:norace
func ValueOf[T any](p *T) Value {
	switch unsafe.Sizeof(*p) {
	case 1:
		return Value{Bits: uint64(*(*int8)(unsafe.Pointer(p)))}
	case 2:
		return Value{Bits: uint64(*(*int16)(unsafe.Pointer(p)))}
	case 4:
		return Value{Bits: uint64(*(*int32)(unsafe.Pointer(p)))}
	case 8:
		return Value{Bits: *(*uint64)(unsafe.Pointer(p))}
	}
	if s, ok := any(p).(*string); ok {
		return Value{Text: *s, Flags: event.FlagText}
	}
	return Value{Flags: event.FlagNoValue}
}

// Put returns the flags and the Aux of a record with this value. The caller
// holds the lock.
//
//go:norace
func (v *Value) Put() (flags uint8, aux uint64) {
	if v.Flags&event.FlagText != 0 {
		return v.Flags, putText(v.Text)
	}
	return v.Flags, v.Bits
}

func Bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
