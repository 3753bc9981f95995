package rtfmt

import (
	"fmt"
	"reflect"
	"strconv"
	"unsafe"

	"threading101/kernel/rt"
)

// Conditions has expressions looked at, each of which returns a bool: see
// [rt.Conditions].
func Conditions(always int, all ...func() any) {
	rt.Conditions(always, len(all), func(i int) bool { return all[i]() == true }, func(i int) string { return tell(all[i]) })
}

// See says that a variable is read for a condition, and returns where it is.
func See[T any](p *T) *T {
	rt.Saw(unsafe.Pointer(p), unsafe.Sizeof(*p))
	return p
}

// SeeMap is See of what is in a map: whoever writes it writes that place.
func SeeMap[M ~map[K]V, K comparable, V any](m M) M {
	if m != nil {
		rt.Saw(*(*unsafe.Pointer)(unsafe.Pointer(&m)), 1)
	}
	return m
}

// telling collects what [Tell] is told; nil while nobody asks.
var telling *[]string

// Tell says what a part of a condition is, and returns it.
func Tell[T any](name string, v T) T {
	if telling != nil {
		if text := plain(v); text != "" {
			*telling = append(*telling, name, text)
		}
	}
	return v
}

// tell evaluates a condition once more, and says what was read for it: names and
// values in turn, and what it panics with, if it does, behind an empty name. All are
// joined by a line break.
func tell(condition func() any) (text string) {
	var all []string
	telling = &all
	defer func() {
		telling = nil
		if v := recover(); v != nil {
			all = append(all, "", fmt.Sprint(v))
		}
		for i, s := range all {
			if i > 0 {
				text += "\n"
			}
			text += s
		}
	}()
	condition()
	return ""
}

// plain is a value as it is written in Go, "" if that takes more than a word. No method
// of the program's is called for it: this is no step of the run.
func plain(v any) string {
	switch x := reflect.ValueOf(v); x.Kind() {
	case reflect.Invalid:
		return "nil"
	case reflect.Bool:
		return strconv.FormatBool(x.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(x.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.FormatUint(x.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(x.Float(), 'g', -1, x.Type().Bits())
	case reflect.String:
		return strconv.Quote(x.String())
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Func, reflect.Chan:
		if x.IsNil() {
			return "nil"
		}
		return "not nil"
	}
	return ""
}
