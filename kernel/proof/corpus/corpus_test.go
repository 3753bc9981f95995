package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"threading101/kernel/proof/corpus/try"
)

func TestAction(t *testing.T) {
	for src, want := range map[string]string{
		"// run\n\npackage main\n":                   "[]",
		"//go:build linux\n\n// run\npackage main\n": "[]",
		"// run a b\npackage main\n":                 "[a b]",
		"// run -gcflags=-l\npackage main\n":         "[-gcflags=-l]",
		"// errorcheck\npackage main\n":              "no",
		"package main\n\n// run\n":                   "no",
		"// runoutput\npackage main\n":               "no",
		"":                                           "no",
	} {
		got := "no"
		if args, ok := action(src); ok {
			got = "[" + strings.Join(args, " ") + "]"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", src, got, want)
		}
	}
}

func TestBuilt(t *testing.T) {
	for src, want := range map[string]bool{
		"package main": true,
		"//go:build linux && amd64\npackage main": true,
		"//go:build plan9\npackage main":          false,
		"//go:build cgo\npackage main":            false,
		"//go:build go1.21\npackage main":         true,
		"package main\n//go:build plan9\n":        true,
	} {
		if got := built(src); got != want {
			t.Errorf("%q: %v, want %v", src, got, want)
		}
	}
}

// What differs from run to run is not compared; all else is.
func TestLook(t *testing.T) {
	a := try.Outcome{Stdout: "at 1", Stderr: "panic: x 0xc001\n\ngoroutine 1 [running]:\nmain.main()\n", Exit: 2}
	b := try.Outcome{Stdout: "at 1", Stderr: "panic: x 0xd002\n\ngoroutine 7 [running]:\nrt.f()\n", Exit: 2}
	if look(a) != look(b) {
		t.Errorf("%q and %q differ", look(a), look(b))
	}
	a.Stderr, b.Stderr = "2026/11/29 13:45:00 no such file\n", "2026/11/29 13:45:01 no such file\n"
	if look(a) != look(b) {
		t.Errorf("%q and %q differ: one was logged a second later", look(a), look(b))
	}
	for _, c := range []try.Outcome{
		{Stdout: "at 2", Stderr: a.Stderr, Exit: 2}, {Stdout: "at 1", Stderr: "panic: y", Exit: 2}, {Stdout: "at 1", Stderr: a.Stderr, Exit: 1},
	} {
		if look(a) == look(c) {
			t.Errorf("%q is taken for the same", look(c))
		}
	}
}

func TestReport(t *testing.T) {
	list := map[string]string{"old.go": "a reason", "gone.go": "another", "maybe.go": "sometimes it is slow"}
	program := func(name string) program { return program{name: name, concurrent: true} }
	good := []verdict{{program: program("a.go")}, {program: program("old.go"), err: errTimeout}, {program: program("gone.go"), err: errTimeout}, {program: program("maybe.go")}}
	if r := sum(good, list, false); !r.ok() {
		t.Error("all is as listed, but not ok")
	}
	if r := sum(good, list, true); r.ok() {
		t.Error("half of the programs differ, and that is ok")
	}
	if r := sum(good[:1], list, true); r.ok() {
		t.Error("programs in the list are not there, and that is ok")
	}
	healed := []verdict{{program: program("old.go")}}
	if r := sum(healed, list, false); r.ok() {
		t.Error("a listed program agrees, and that is ok")
	}
	surprise := []verdict{{program: program("b.go"), err: errTimeout}}
	r := sum(surprise, nil, false)
	var text bytes.Buffer
	r.print(&text)
	if r.ok() || !strings.Contains(text.String(), "DIFFERS: b.go") {
		t.Errorf("a surprise is ok, or not named:\n%s", &text)
	}
}

func TestExceptions(t *testing.T) {
	for _, file := range []string{"exceptions.txt", "everything.txt", "control.txt"} {
		if _, err := readExceptions(file); err != nil {
			t.Error(err)
		}
	}
	bad := filepath.Join(t.TempDir(), "list")
	if err := os.WriteFile(bad, []byte("a.go\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readExceptions(bad); err == nil {
		t.Error("an exception without a reason was accepted")
	}
}

// TestLong: each program that is run with one seed alone is there.
func TestLong(t *testing.T) {
	root, err := folder("")
	if err != nil {
		t.Fatal(err)
	}
	list, err := long()
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	for name := range list {
		if _, err := os.Stat(filepath.Join(root, name)); err != nil {
			t.Error(err)
		}
	}
}

// TestPromises: of what Go's own tests say of a program nothing need be tried.
func TestPromises(t *testing.T) {
	p := program{path: filepath.Join(t.TempDir(), "p.go")}
	silent, prints, says := try.Outcome{}, try.Outcome{Stdout: "1\n"}, try.Outcome{Stderr: "1\n"}
	if !p.promises(silent) || p.promises(prints) || p.promises(says) {
		t.Error("without a file of its output a program prints nothing")
	}
	if err := os.WriteFile(strings.TrimSuffix(p.path, ".go")+".out", []byte("1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if p.promises(silent) || !p.promises(prints) || !p.promises(says) {
		t.Error("it prints what the file holds, to one of the two streams")
	}
	for _, o := range []try.Outcome{{Stdout: "1\n", Exit: 2}, {Stdout: "1\n", Exit: -1}, {Stdout: "1", Stderr: "\n"}, {Stdout: "1\n1\n"}} {
		if p.promises(o) {
			t.Errorf("%+v is taken for what Go promises", o)
		}
	}
}

// TestGroups: what another program would see of one, or the linker makes of it, is
// compared alone; so is what is long.
func TestGroups(t *testing.T) {
	var programs []program
	for _, src := range []string{
		"var n = map[string]int{}\n\nfunc init() { n[\"a\"]++ }",
		"var n = f()\n\nfunc f() int { return 1 }",
		"var c chan int\nvar n = <-c",
		"//go:linkname nanotime runtime.nanotime",
		"// long",
		"var f = func() int { return len(\"abc\") }",
		"var c = make(chan int)",
		"type t int\n\nfunc (t) init() { println(1) }",
	} {
		programs = append(programs, program{name: src, src: []byte("package main\n\n" + src + "\n")})
	}
	if got, want := fmt.Sprint(groups(programs, map[string]string{programs[4].name: "why"})), "[[0] [1] [2] [3] [4] [5 6 7]]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestTogether: of several programs in one the one named runs, and what does not
// compile is in none.
func TestTogether(t *testing.T) {
	kit, err := try.New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var files []try.File
	for i, body := range []string{"println(1)", "return 1", "panic(2)"} {
		files = append(files, try.File{Name: fmt.Sprintf("/src/%d.go", i), Src: fmt.Appendf(nil, "// of one\npackage main // alone\n\nfunc main() { %s }\n", body)})
	}
	binary := filepath.Join(t.TempDir(), "programs")
	in, err := kit.Together(t.Context(), files, binary)
	if err != nil || fmt.Sprint(in) != "[true false true]" {
		t.Fatal(in, err)
	}
	for which, want := range map[int]string{0: "0 1\n", 2: "2 panic: 2\n\ngoroutine 1 [running]:\n"} {
		o, err := try.Control(t.Context(), nil, []string{fmt.Sprint(try.Which, "=", which)}, binary, t.TempDir(), t.TempDir())
		if got := fmt.Sprint(o.Exit, " ", o.Stderr); err != nil || !strings.HasPrefix(got, want) {
			t.Errorf("%d: %q, want %q, %v", which, got, want, err)
		}
		if which == 2 && !strings.Contains(o.Stderr, "/src/2.go:4") {
			t.Errorf("it is not said where:\n%s", o.Stderr)
		}
	}
}

// TestPassed: what has passed is not compared again, until something is another.
func TestPassed(t *testing.T) {
	root, folder := t.TempDir(), t.TempDir()
	list := filepath.Join(t.TempDir(), "list")
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	prints := "// run\n\npackage main\n\nfunc main() { println(1) }\n"
	write(filepath.Join(root, "a.go"), prints)
	write(filepath.Join(root, "a.out"), "1\n")
	write(list, "")
	for _, step := range []struct {
		what   string
		change func()
		again  bool
		code   int
	}{
		{"the first time", func() {}, true, 0},
		{"the second time", func() {}, false, 0},
		{"another program", func() { write(filepath.Join(root, "a.go"), strings.Replace(prints, "1", "0+1", 1)) }, true, 0},
		{"the same program", func() {}, false, 0},
		{"another promise", func() { write(filepath.Join(root, "a.out"), "2\n") }, true, 0}, // plain Go does it, too
		{"another list", func() { write(list, "a.go: why\n") }, true, 1},
		{"what has failed", func() {}, true, 1},
		{"the list of before", func() { write(list, "") }, true, 0},
	} {
		step.change()
		var out, errs bytes.Buffer
		code := run([]string{"-root", root, "-exceptions", list, "-passed", folder}, &out, &errs)
		if again := out.String() != asBefore; code != step.code || again != step.again {
			t.Errorf("%s: exit %d, compared: %v\n%s%s", step.what, code, again, &out, &errs)
		}
	}
}

// TestCorpus compares three programs: one that agrees with what is promised of it,
// one that agrees with plain Go, and one made to differ from both.
func TestCorpus(t *testing.T) {
	root := t.TempDir()
	for name, src := range map[string]string{
		"good.go":   "// run\n\npackage main\n\nimport \"fmt\"\n\nfunc main() {\n\tc := make(chan int)\n\tgo func() { c <- 1 }()\n\tfmt.Println(<-c)\n}\n",
		"kept.go":   "// run\n\npackage main\n\nfunc main() { println(1) }\n",
		"kept.out":  "1\n",
		"frame.out": "3\n",
		"frame.go":  "// run\n\npackage main\n\nimport (\n\t\"fmt\"\n\t\"runtime\"\n)\n\nfunc main() {\n\tc := make(chan int)\n\tgo where(c)\n\tfmt.Println(<-c)\n}\n\nfunc where(c chan int) {\n\tc <- runtime.Callers(0, make([]uintptr, 9))\n}\n",
	} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out, errs bytes.Buffer
	args := []string{"-root", root, "-exceptions", os.DevNull}
	if code := run(args, &out, &errs); code != 1 || strings.Count(out.String(), "DIFFERS: frame.go") != 2 || strings.Contains(out.String(), "good.go") || strings.Contains(out.String(), "kept.go") {
		t.Errorf("exit %d\n%s%s", code, &out, &errs)
	}
	list := filepath.Join(t.TempDir(), "list")
	if err := os.WriteFile(list, []byte("frame.go: it counts its callers\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if code := run([]string{"-root", root, "-exceptions", list, "frame", "good"}, &out, &errs); code != 0 {
		t.Errorf("exit %d\n%s%s", code, &out, &errs)
	}
}
