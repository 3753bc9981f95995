package build

import (
	"reflect"
	"slices"
	"testing"
)

// Each program of those that are linked together prints what it prints alone, its
// types' names too, and all that is known of it is the same. What is not as alone among
// others is left to be built.
func TestTogether(t *testing.T) {
	program := func(decl, text string) string {
		return "package main\n\nimport \"fmt\"\n\n" + decl + "\n\ntype T struct{ n int }\n\nvar t T\n\nfunc main() {\n\tdone := make(chan T)\n\tgo func() { done <- T{1} }()\n\t" + text + "\n}\n"
	}
	programs := []struct {
		name, text string
		together   bool
	}{
		{"one", program("", "fmt.Printf(\"%+v %T\\n\", <-done, t)"), true},
		{"another", program("var m = map[string]int{\"a\": 2}", "fmt.Println(<-done, m)"), true},
		{"made", program("var c = make(chan int, 1)", "c <- 7; fmt.Println(<-done, <-c)"), true},
		{"without fmt", "package main\n\nfunc main() {\n\tgo func() {}()\n\tprintln(5)\n}\n", true},
		{"without fmt, too", "package main\n\nfunc main() {\n\tgo func() {}()\n\tprintln(6)\n}\n", true},
		{"init", program("func init() { t.n = 3 }", "fmt.Println(<-done, t)"), false},
		{"called", program("var n = f()\n\nfunc f() int { return 4 }", "fmt.Println(<-done, n)"), false},
		{"received", program("var n = <-c\n\nvar c = func() chan int { c := make(chan int, 1); c <- 5; return c }()", "fmt.Println(<-done, n)"), false},
		{"alone in what it imports", "package main\n\nimport (\n\t\"bufio\"\n\t\"fmt\"\n)\n\nfunc main() {\n\tgo func() {}()\n\tfmt.Println(bufio.MaxScanTokenSize)\n}\n", false},
		{"nothing to record", "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(6) }\n", false},
		{"broken", program("", "fmt.Println(<-done, missing)"), false},
	}
	b, apart := realBuilder(t), realBuilder(t)
	var requests []Request
	for _, p := range programs {
		requests = append(requests, Request{Dir: folder(t, "go.mod", goMod, "main.go", p.text), Explore: true})
	}
	if err := b.Together(t.Context(), requests); err != nil {
		t.Fatal(err)
	}
	for i, p := range programs {
		_, together := b.together[mustJob(t, b, requests[i]).key]
		if together != p.together {
			t.Errorf("%s: linked together: %v", p.name, together)
		}
		if together {
			compareAlone(t, mustBuild(t, b, requests[i]), mustBuild(t, apart, requests[i]))
		}
	}
}

func mustJob(t *testing.T, b *Builder, req Request) *job {
	t.Helper()
	j, err := b.newJob(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func compareAlone(t *testing.T, got, want Result) {
	t.Helper()
	printed, exit := output(t, got.Binary)
	wants, wantsExit := output(t, want.Binary)
	if printed != wants || exit != wantsExit {
		t.Errorf("%q, exit %d; alone %q, exit %d", printed, exit, wants, wantsExit)
	}
	got.Binary, got.way, got.Cached = want.Binary, want.way, want.Cached
	if !reflect.DeepEqual(sorted(got), sorted(want)) {
		t.Errorf("%+v, alone %+v", got, want)
	}
}

// sorted is a result whose imports, which are in no order, are in one.
func sorted(r Result) Result {
	slices.Sort(r.Imports)
	return r
}

// A program that was linked together with others to be explored also runs.
func TestTogetherAlsoRuns(t *testing.T) {
	b := realBuilder(t)
	one, two := folder(t, "go.mod", goMod, "main.go", hello), folder(t, "go.mod", goMod, "main.go", hello)
	if err := b.Together(t.Context(), []Request{{Dir: one, Explore: true}, {Dir: two, Explore: true}}); err != nil {
		t.Fatal(err)
	}
	if r := mustBuild(t, b, Request{Dir: two}); r.way != "together" {
		t.Errorf("built again: %s", r.way)
	}
}
