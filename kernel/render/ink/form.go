package ink

import (
	"encoding/json"
	"strings"
)

// Form is one of the forms in which a product can be had.
type Form[T any] struct {
	Name  string // what tests and golden files call it: "svg"
	MIME  string // its key in a MIME bundle; "" if bundles do not have it
	Flag  string // of threading101 run, which writes it to a file; "" if there is none
	Help  string // what is said of that flag
	Write func(T, Paper) []byte
}

// Forms are all forms of a product.
type Forms[T any] []Form[T]

// Bundle returns the MIME bundle of x, and its metadata.
func (all Forms[T]) Bundle(x T, p Paper) (data, metadata map[string]any) {
	data = map[string]any{}
	for _, f := range all {
		switch {
		case f.MIME == "":
		case strings.HasSuffix(f.MIME, "+json"):
			data[f.MIME] = json.RawMessage(f.Write(x, p))
		default:
			data[f.MIME] = string(f.Write(x, p))
		}
	}
	return data, map[string]any{}
}

// In writes x in the form of that name.
func (all Forms[T]) In(name string, x T, p Paper) []byte {
	for _, f := range all {
		if f.Name == name {
			return f.Write(x, p)
		}
	}
	panic("no form " + name)
}

// Marshal is x as JSON: for data that hold only strings and numbers.
func Marshal(x any) []byte {
	b, err := json.Marshal(x)
	if err != nil {
		panic(err)
	}
	return b
}
