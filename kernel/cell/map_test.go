package cell

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"threading101/kernel/model"
)

func TestPlaceKeepsColumns(t *testing.T) {
	d := NewMemory().Begin(3, "%%\nif   x==1 {\n      f( y )\n}")
	m := d.Map([]byte("package main\n\nfunc main() {\n\tflag.Parse()\n\tif x == 1 {\n\t\tf(y)\n\t}\n\n}\n"))
	for _, c := range []struct{ line, col, wantLine, wantCol int }{
		{5, 5, 2, 6},  // x
		{5, 10, 2, 9}, // 1
		{6, 3, 3, 7},  // f
		{6, 5, 3, 10}, // y
		{6, 0, 3, 7},  // the line as a whole: its first token
		{7, 2, 4, 1},
		{3, 1, 1, 1}, // func main() { was made from %%
		{9, 1, 4, 1}, // and so was its end
	} {
		at, col := m.Place(c.line, c.col)
		if at != (model.Pos{Cell: 3, Line: c.wantLine}) || col != c.wantCol {
			t.Errorf("%d:%d is at %+v, column %d; want line %d, column %d", c.line, c.col, at, col, c.wantLine, c.wantCol)
		}
	}
}

// What no cell wrote keeps its place in main.go.
func TestPlaceOutsideCells(t *testing.T) {
	d := NewMemory().Begin(3, "var a = 1")
	m := d.Map([]byte("package main\n\nimport \"flag\"\n\nvar a = 1\n\nfunc main() { flag.Parse() }\n"))
	for line, want := range map[int]model.Pos{
		1: {File: "main.go", Line: 1}, 3: {File: "main.go", Line: 3}, 5: {Cell: 3, Line: 1},
		7: {File: "main.go", Line: 7}, 99: {File: "main.go", Line: 99}, 0: {File: "main.go"},
	} {
		if got := m.Pos(line, 1); got != want {
			t.Errorf("line %d is at %+v, want %+v", line, got, want)
		}
	}
	var none *Map
	if got := none.Pos(4, 2); got != (model.Pos{File: "main.go", Line: 4}) {
		t.Errorf("without a map: %+v", got)
	}
}

func TestImport(t *testing.T) {
	d := NewMemory().Begin(3, "import (\n\t\"fmt\"\n  x \"a/b\"\n)")
	m := d.Map([]byte("package main\nimport (\n\tx \"a/b\"\n\t\"fmt\"\n\t\"os\"\n)\n"))
	if at, col, ok := m.Import("a/b"); at != (model.Pos{Cell: 3, Line: 3}) || col != 3 || !ok {
		t.Errorf("a/b is at %+v, column %d, %t", at, col, ok)
	}
	if at, _, ok := m.Import("os"); ok {
		t.Errorf("os, which no cell imports, is at %+v", at)
	}
}

func TestLocate(t *testing.T) {
	d := NewMemory().Begin(3, "\nvar a = 1")
	m := d.Map([]byte("package main\nvar a = 1\n"))
	for file, want := range map[string]model.Pos{
		"/tmp/gonb_12ab/main.go":      {Cell: 3, Line: 2, In: "a"},
		"gonb_12ab/main_test.go":      {Cell: 3, Line: 2, In: "a"},
		"main.go":                     {Cell: 3, Line: 2, In: "a"},
		"./main.go":                   {Cell: 3, Line: 2, In: "a"},
		"/home/ada/project/main.go":   {File: "/home/ada/project/main.go", Line: 2},
		"/usr/lib/go/src/fmt/scan.go": {File: "/usr/lib/go/src/fmt/scan.go", Line: 2},
	} {
		if got := m.Locate(file, 2, 5); got != want {
			t.Errorf("%s is at %+v, want %+v", file, got, want)
		}
	}
}

// A main.go that differs from the cells still maps each line to a near one: the
// tokens after a difference align again.
func TestDifferencesAreBridged(t *testing.T) {
	d := NewMemory().Begin(1, "func f() {\n\ta()\n\tb()\n\tc()\n}")
	m := d.Map([]byte("package main\nfunc f() {\n\ta()\n\tinserted(1, 2)\n\tb()\n\tc(extra)\n}\n"))
	for line, want := range map[int]int{2: 1, 3: 2, 5: 3, 6: 4, 7: 5} {
		if got := m.Pos(line, 0); got.Line != want {
			t.Errorf("line %d is at line %d, want %d", line, got.Line, want)
		}
	}
	if got := m.Pos(4, 2).Line; got < 2 || got > 3 {
		t.Errorf("the inserted line is at line %d", got)
	}
}

// The cell's own text is mapped line by line when Go cannot parse it.
func TestMapOfUnparsedText(t *testing.T) {
	d := NewMemory().Begin(2, "%args\nfunc f( {\n}")
	m := d.Map([]byte(d.raw.text))
	if got := m.Pos(3, 6); got != (model.Pos{Cell: 2, Line: 2}) {
		t.Errorf("got %+v", got)
	}
}

// Any statements, laid out anyhow, are found at their lines after gofmt.
func TestLayoutDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code, want := statements(t)
		d := NewMemory().Begin(1, code)
		if len(d.Syntax()) > 0 {
			t.Fatalf("%q: %v", code, d.Syntax())
		}
		formatted, ok := gofmt(strings.Replace(d.raw.text, "@", "@", 1))
		if !ok {
			t.Skip("gofmt refuses it")
		}
		m := d.Map(formatted)
		for i, line := range strings.Split(string(formatted), "\n") {
			for word, wantLine := range want {
				if at := strings.Index(line, word+"("); at >= 0 {
					if got := m.Pos(i+1, at+1); got.Line != wantLine {
						t.Fatalf("%s is found at line %d, want %d\n%s", word, got.Line, wantLine, code)
					}
				}
			}
		}
	})
}

// statements makes calls of functions with names of their own, at random places
// and depths, and says in which line each stands.
func statements(t *rapid.T) (code string, lines map[string]int) {
	var b strings.Builder
	lines = map[string]int{}
	line, depth := 1, 0
	space := func() string { return rapid.SampledFrom([]string{"", " ", "\t", "   "}).Draw(t, "space") }
	end := func() {
		b.WriteString(rapid.SampledFrom([]string{"\n", ";", " ; ", "\n\n", " // c\n", "\n/* c\nc */ "}).Draw(t, "end"))
		line = 1 + strings.Count(b.String(), "\n")
	}
	b.WriteString("func f() {")
	for i := range rapid.IntRange(1, 12).Draw(t, "n") {
		b.WriteString(space())
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			b.WriteString("if" + " " + "x" + space() + "{")
			depth++
			continue
		case 1:
			if depth > 0 {
				b.WriteString("}")
				depth--
				end()
				continue
			}
		}
		name := "call" + string(rune('a'+i))
		lines[name] = line
		b.WriteString(name + space() + "(" + space() + "`r\n`," + space() + "1" + space() + ")")
		end()
	}
	b.WriteString(strings.Repeat("}", depth) + "\n}")
	return b.String(), lines
}

func FuzzMap(f *testing.F) {
	f.Add("var a = 1\n%%\nf()", "package main\nvar a = 2\nfunc main() { f() }", 2, 5)
	f.Add("const (\na = iota\nb\n)", "package main\nconst (\n\ta = iota\n\tb\n)", 4, 1)
	f.Add("%%\n`\n%x\n`", "package main\nfunc (", -1, 7)
	f.Add("var a, b = f()", "package main\nvar b, a = f()\nvar _ = 1", 2, 7)
	f.Fuzz(func(t *testing.T, code, mainGo string, line, col int) {
		m := NewMemory()
		d := m.Begin(1, code)
		at := d.Map([]byte(mainGo)).Pos(line, col)
		if at.Cell == 1 && (at.Line < 1 || at.Line > strings.Count(code, "\n")+1) {
			t.Errorf("line %d of a cell of %d lines", at.Line, strings.Count(code, "\n")+1)
		}
		d.Commit()
		if faults := NewMemory().Begin(1, m.Declarations()).Syntax(); len(faults) > 0 {
			t.Errorf("declarations that do not parse: %v\n%s", faults, m.Declarations())
		}
	})
}
