package rt

import (
	"unsafe"

	"threading101/kernel/event"
)

// value is what a record says of a value: 64 raw bits, or a text.
type value struct {
	bits  uint64
	text  string
	flags uint8
}

// valueOf looks at *p. A value of 1, 2, 4 or 8 bytes is kept as it is, the sign
// extended; the site says what it means. Of larger ones only strings are kept.
//
//go:norace
func valueOf[T any](p *T) value {
	switch unsafe.Sizeof(*p) {
	case 1:
		return value{bits: uint64(*(*int8)(unsafe.Pointer(p)))}
	case 2:
		return value{bits: uint64(*(*int16)(unsafe.Pointer(p)))}
	case 4:
		return value{bits: uint64(*(*int32)(unsafe.Pointer(p)))}
	case 8:
		return value{bits: *(*uint64)(unsafe.Pointer(p))}
	}
	if s, ok := any(p).(*string); ok {
		return value{text: *s, flags: event.FlagText}
	}
	return value{flags: event.FlagNoValue}
}

// put returns the flags and the Aux of a record with this value. The caller
// holds the lock.
//
//go:norace
func (v *value) put() (flags uint8, aux uint64) {
	if v.flags&event.FlagText != 0 {
		return v.flags, putText(v.text)
	}
	return v.flags, v.bits
}
