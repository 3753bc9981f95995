package rt

import (
	"strconv"
	"unsafe"

	"threading101/kernel/rt/control"
)

// BuiltinPrint is print.
func BuiltinPrint(s uint32, args ...any) { printed(s, builtinText(args, "")) }

// BuiltinPrintln is println.
func BuiltinPrintln(s uint32, args ...any) { printed(s, builtinText(args, " ")+"\n") }

func printed(s uint32, text string) {
	if !Prints() {
		print(text)
		return
	}
	done := Stderr.Print(s, text)
	if !Quiet() {
		print(text)
	}
	done()
}

func builtinText(args []any, sep string) string {
	var text []byte
	for i, arg := range args {
		if i > 0 {
			text = append(text, sep...)
		}
		text = appendBuiltin(text, arg)
	}
	return string(text)
}

// Values of the types that print and println take, in a form that has a text:
//
//	println(t, p)   becomes   rt.BuiltinPrintln(7, rt.Signed(t), rt.Word(p))

// Signed is an integer of a type of the program's.
func Signed[T ~int | ~int8 | ~int16 | ~int32 | ~int64](v T) int64 { return int64(v) }

// Unsigned is one without a sign.
func Unsigned[T ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr](v T) uint64 {
	return uint64(v)
}

// Truth is a truth.
func Truth[T ~bool](v T) bool { return bool(v) }

// Text is a string.
func Text[T ~string](v T) string { return string(v) }

// Float is a floating-point number of 64 bits.
func Float[T ~float64](v T) float64 { return float64(v) }

// Float32 is one of 32 bits.
func Float32[T ~float32](v T) float32 { return float32(v) }

// Complex is a complex number of 128 bits.
func Complex[T ~complex128](v T) complex128 { return complex128(v) }

// Complex64 is one of 64 bits.
func Complex64[T ~complex64](v T) complex64 { return complex64(v) }

// hex is an address.
type hex uintptr

// Word is a pointer, map, channel or function.
func Word[T any](v T) hex { return *(*hex)(unsafe.Pointer(&v)) }

// pairOf is an interface: its type and its value.
type pairOf struct{ t, v hex }

// Pair is an interface.
func Pair[T any](v T) pairOf { return *(*pairOf)(unsafe.Pointer(&v)) }

// sliceOf is a slice.
type sliceOf struct {
	at       hex
	len, cap int
}

// Slice is a slice.
func Slice[T any](v []T) sliceOf { return *(*sliceOf)(unsafe.Pointer(&v)) }

// appendBuiltin appends v as the runtime prints it.
func appendBuiltin(text []byte, v any) []byte {
	switch v := v.(type) {
	case bool:
		return strconv.AppendBool(text, v)
	case string:
		return append(text, v...)
	case int:
		return strconv.AppendInt(text, int64(v), 10)
	case int32:
		return strconv.AppendInt(text, int64(v), 10)
	case int64:
		return strconv.AppendInt(text, v, 10)
	case uint64:
		return strconv.AppendUint(text, v, 10)
	case float64:
		return strconv.AppendFloat(text, v, 'g', -1, 64)
	case float32:
		return strconv.AppendFloat(text, float64(v), 'g', -1, 32)
	case complex64:
		return append(text, strconv.FormatComplex(complex128(v), 'g', -1, 64)...)
	case complex128:
		return append(text, strconv.FormatComplex(v, 'g', -1, 128)...)
	case hex:
		return strconv.AppendUint(append(text, "0x"...), uint64(v), 16)
	case pairOf:
		return append(appendBuiltin(append(appendBuiltin(append(text, '('), v.t), ','), v.v), ')')
	case sliceOf:
		text = strconv.AppendInt(append(text, '['), int64(v.len), 10)
		text = strconv.AppendInt(append(text, '/'), int64(v.cap), 10)
		return appendBuiltin(append(text, ']'), v.at)
	}
	panic("rt: a value that only the runtime can print")
}

// Recovered passes on what recover returned: recover() becomes
// rt.Recovered(recover()). The call stays one by the deferred function itself;
// any other returns nil.
func Recovered(v any) any {
	if v != nil && control.OwnPanic(v) {
		panic(v)
	}
	return v
}
