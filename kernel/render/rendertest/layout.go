package rendertest

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Names are the words for the numbers of a type, by its name: Names{"State": {"absent", "ready"}}.
type Names map[string][]string

// Layout writes down what was laid out, for a golden file: a line for each field, and
// one for each element of a list of structs. What is zero is left out, and so is what
// the layout was made of (the run), and the fields without, which repeat others.
func Layout(x any, names Names, without ...string) []byte {
	var b bytes.Buffer
	for _, f := range names.fields(reflect.ValueOf(x).Elem()) {
		if slices.Contains(without, f.name) {
			continue
		}
		if f.value.Kind() != reflect.Slice || !isStruct(f.value.Type().Elem()) {
			fmt.Fprintf(&b, "%s: %s\n", f.name, names.inline(f.value))
			continue
		}
		fmt.Fprintf(&b, "%s:\n", f.name)
		for i := range f.value.Len() {
			fmt.Fprintf(&b, "  %d %s\n", i, names.inline(f.value.Index(i)))
		}
	}
	return b.Bytes()
}

// field is a field that is not zero.
type field struct {
	name  string
	value reflect.Value
}

// fields are those of a struct, with those of what it embeds and points to.
func (n Names) fields(v reflect.Value) []field {
	var all []field
	for i := range v.NumField() {
		f, value := v.Type().Field(i), v.Field(i)
		switch {
		case value.IsZero() || value.Kind() == reflect.Slice && value.Len() == 0 || made(f.Type) || f.Type == reflect.TypeFor[[]byte]():
		case f.Anonymous:
			all = append(all, n.fields(value)...)
		case value.Kind() == reflect.Pointer && isStruct(f.Type.Elem()):
			for _, inner := range n.fields(value.Elem()) {
				all = append(all, field{f.Name + "." + inner.name, inner.value})
			}
		default:
			all = append(all, field{f.Name, value})
		}
	}
	return all
}

// made reports whether a layout is made of it.
func made(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return strings.HasSuffix(t.PkgPath(), "/model") || t.Name() == "Run" || t.Name() == "Follower" || t.Name() == "Int"
}

func isStruct(t reflect.Type) bool { return t.Kind() == reflect.Struct }

// inline is a value on one line.
func (n Names) inline(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Struct:
		var all []string
		for _, f := range n.fields(v) {
			if f.value.Kind() == reflect.Bool {
				all = append(all, f.name)
			} else {
				all = append(all, f.name+" "+n.inline(f.value))
			}
		}
		return "{" + strings.Join(all, ", ") + "}"
	case reflect.Slice, reflect.Array:
		all := make([]string, v.Len())
		for i := range all {
			all[i] = n.inline(v.Index(i))
		}
		return "[" + strings.Join(all, " ") + "]"
	case reflect.String:
		return strconv.Quote(v.String())
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Int:
		return n.number(v.Type(), v.Int())
	case reflect.Uint8:
		return n.number(v.Type(), int64(v.Uint()))
	}
	panic("a layout with " + v.Type().String())
}

func (n Names) number(t reflect.Type, i int64) string {
	if words := n[t.Name()]; i >= 0 && int(i) < len(words) {
		return words[i]
	}
	return strconv.FormatInt(i, 10)
}
