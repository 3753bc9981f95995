package bundle

import (
	"go/parser"
	"go/token"
	"slices"
	"testing"
)

func TestBeginsInMain(t *testing.T) {
	for decl, want := range map[string]bool{
		"func init() {}":                                    false,
		"type t int\nfunc (t) init() {}":                    true,
		"var n = f()\nfunc f() int":                         false,
		"var n = <-c\nvar c chan int":                       false,
		"var n = -1":                                        true,
		"var f = func() { println(<-c()) }":                 true,
		"var n = func() int { return 1 }()":                 false,
		"var c, p = make(chan int), new(T)":                 true,
		"var c = []chan T{make(chan T, n())}\nfunc n() int": false,
		"var m sync.Mutex\nfunc main() { m.Lock() }":        true,
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "", "package main\n"+decl, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := BeginsInMain(f); got != want {
			t.Errorf("%s: %v", decl, got)
		}
	}
}

func TestClosure(t *testing.T) {
	known := map[string][]string{"a": {"b", "unsafe"}, "b": {"c"}, "c": nil, "d": {"a"}}
	if got, want := Closure(known, []string{"b", "a"}), []string{"a", "b", "c"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
