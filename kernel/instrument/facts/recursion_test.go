package facts

import (
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// TestCircles: a function is recursive if calls lead from it back to itself, and
// not if they only lead to one that is.
func TestCircles(t *testing.T) {
	for graph, want := range map[string]string{
		"a>b b>c":                     "",
		"a>a":                         "a",
		"a>b b>a":                     "a b",
		"a>b b>c c>b c>d":             "b c",
		"a>b a>c b>d c>d d>a":         "a b c d",
		"a>b b>a c>a c>d d>e e>d e>b": "a b d e",
		"a>b b>c c>c c>a d>a":         "a b c",
		"a>b a>d b>c c>a d>e e>d":     "a b c d e",
	} {
		calls, names := map[types.Object][]types.Object{}, map[string]types.Object{}
		object := func(name string) types.Object {
			if names[name] == nil {
				names[name] = types.NewFunc(token.NoPos, nil, name, nil)
			}
			return names[name]
		}
		for arrow := range strings.FieldsSeq(graph) {
			from, to, _ := strings.Cut(arrow, ">")
			calls[object(from)] = append(calls[object(from)], object(to))
		}
		var got []string
		for fn, recursive := range circles(calls) {
			if recursive {
				got = append(got, fn.Name())
			}
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", graph, got, want)
		}
	}
}
