package sequel

import (
	"fmt"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// past is a notebook for tests.
type past struct {
	vars    string // with blanks between
	results map[string]int
}

func (p past) Has(name string) bool {
	return strings.Contains(" "+p.vars+" ", " "+name+" ")
}

func (p past) Results(name string) int {
	if n, ok := p.results[name]; ok {
		return n
	}
	return -1
}

func TestWhichCellsContinue(t *testing.T) {
	for code, want := range map[string]bool{
		"a := 1":                             true,
		"a.Start()":                          true,
		"type T int\n\nfunc (t T) M() {}":    false,
		"func f() {}\nf()":                   true,
		"func() { f() }()":                   true,
		"func main() {}":                     false,
		"x := 1\nfunc main() {}":             false,
		"%%\nx := 1":                         false,
		"!ls\nx := 1":                        false,
		"var x = 1":                          false,
		"var y = x + 1":                      true, // x is one of the program's
		"var y = T{x: 1}":                    false,
		"const c = len(x)":                   true,
		"import \"fmt\"":                     false,
		"fun f() {}":                         false,
		"}":                                  false,
		"// a comment":                       false,
		"":                                   false,
		"for {\n}":                           true,
		"again:\n\tgoto again":               true,
		"s := `\nfunc main() {\n`":           true,
		"go func() {\n\tmain()\n}()":         true,
		"func (m *Main) main() {}\nm.main()": true,
		"<-done":                             true,
		"func":                               false,
		"x := 1; func f() {}":                true,
		"if x := 1; x > 0 { println(x) }":    true,
		"return":                             true,
		"defer f()":                          true,
		"select {}":                          true,
		"/* func main() {} */ x++ // main":   true,
	} {
		if c, _ := Read(1, code, past{vars: "x"}); (c != nil) != want {
			t.Errorf("%q: continues %t", code, c != nil)
		}
	}
}

func TestCompose(t *testing.T) {
	read := func(code string, p past) *Cell {
		c, faults := Read(1, code, p)
		if c == nil || len(faults) > 0 {
			t.Fatalf("%q: %v", code, faults)
		}
		return c
	}
	results := map[string]int{"total": 1, "~Balance": 1, "~Join": 0}
	one := read("type W struct{}\n\na, _ := f()\nvar b = a", past{vars: "a"})
	two := read("a, err := f()\nloop:\nfor { break loop }\ntotal()", past{vars: "a b", results: results})
	three := read("loop:\nfor { continue loop }\n\tacc.Balance() // now", past{vars: "a b err", results: results})
	got := Compose([]Part{{one, 3, false}, {two, 4, true}, {three, 7, false}}, true)
	for _, line := range []string{
		"func main() {\n", "a, _ := f()\nvar b = a\nconst t101cell1 = 0; _, _ = a, b\n{\n",
		"fmt.Println(total())\nconst t101cell2 = 1; _, _ = a, err\n{\n",
		"loop_3:\nfor { continue loop_3 }\n\tfmt.Println(acc.Balance()) // now\nconst t101cell3 = 0\n}\n}\n}",
	} {
		if !strings.Contains(got.Source, line) {
			t.Errorf("no %q in\n%s", line, got.Source)
		}
	}
	if strings.Contains(got.Source, "type W") {
		t.Errorf("declarations of a cell before are written again:\n%s", got.Source)
	}
	lines := strings.Split(got.Source, "\n")
	find := func(text string) (line, col int) {
		for i, l := range lines {
			if at := strings.Index(l, text); at >= 0 {
				return i + 1, at + 1
			}
		}
		t.Fatalf("no %q", text)
		return 0, 0
	}
	for text, want := range map[string][3]int{
		"a, _ := f()": {3, 3, 1}, "var b": {3, 4, 1}, "t101cell1": {3, 4, 0}, "total()": {4, 4, 1},
		"loop_3:": {7, 1, 1}, "acc.Balance": {7, 3, 2}, "// now": {7, 3, 16}, "t101cell3": {7, 3, 0},
	} {
		p, col := got.Place(find(text))
		if [3]int{p.Cell, p.Line, col} != want {
			t.Errorf("%q is at cell %d, line %d, column %d, want %v", text, p.Cell, p.Line, col, want)
		}
	}
}

func TestShown(t *testing.T) {
	results := map[string]int{"f": 1, "two": 2, "~Value": 1, "~Add": 0, "strings.ToUpper": 1, "fmt.Println": 2, "x.ToUpper": 1}
	for code, want := range map[string]bool{
		"x": true, "x.y": true, "x + 1": true, "&x": true, "len(x)": true, "f()": true, "x.Value()": true, "x[1]": true, `"text"`: true,
		"x;": false, "two()": false, "g()": false, "x.Add()": false, "fmt.Println(x)": false, "<-x": false, "x++": false, "x = 1": false,
		"x\nf := 1": false, "(f())": true, "func() int { return 1 }()": false,
		"strings.ToUpper(x)": true, "strings := y\nstrings.ToUpper(x)": false, "x.ToUpper()": false,
	} {
		c, faults := Read(1, code, past{vars: "x", results: results})
		if len(faults) > 0 || c == nil || (c.shown != nil) != want {
			t.Errorf("%q: %+v %v", code, c, faults)
		}
	}
}

func TestFaults(t *testing.T) {
	for code, want := range map[string]string{
		"x := (1":       "1:8",
		"x := 1\nfor {": "2:6 at the end",
		"a.Start(\n":    "1:9 at the end",
		"x := 1 2":      "1:8",
	} {
		_, faults := Read(1, code, past{})
		if len(faults) == 0 {
			t.Errorf("%q has no fault", code)
			continue
		}
		got := fmt.Sprintf("%d:%d", faults[0].Pos.Line, faults[0].Col)
		if faults[0].AtEnd {
			got += " at the end"
		}
		if got != want {
			t.Errorf("%q: %s (%s), want %s", code, got, faults[0].Message, want)
		}
	}
}

func TestTimeline(t *testing.T) {
	var tl Timeline
	run := func(id string) Attempt {
		a := tl.Begin(id)
		tl.Happened(a, &Moment{ID: id, Cell: &Cell{}}, false)
		return a
	}
	names := func(all []*Moment) (text string) {
		for _, m := range all {
			text += m.ID
		}
		return text
	}
	for _, id := range []string{"a", "b", "c", "d"} {
		run(id)
	}
	if a := run("b"); names(a.Before) != "a" || names(tl.Live()) != "ab" {
		t.Fatalf("%q, then %q", names(a.Before), names(tl.Live()))
	}
	if a := run("d"); names(a.Before) != "abc" || a.Live != 2 || names(tl.Live()) != "abcd" {
		t.Errorf("a later one runs behind %q, of which %d happened", names(a.Before), a.Live)
	}
	run("b")
	if a := run("x"); names(a.Before) != "ab" || names(tl.Live()) != "abx" {
		t.Errorf("a new one runs behind %q", names(a.Before))
	}
	if a := run("c"); names(a.Before) != "abx" {
		t.Errorf("then a later one behind %q", names(a.Before))
	}
	bad := tl.Begin("e")
	tl.Failed(bad, &Moment{ID: "e", Cell: &Cell{}})
	if a := tl.Begin("f"); names(a.Before) != "abxc" {
		t.Errorf("behind one that failed: %q", names(a.Before))
	}
	run("f")
	if a := run("e"); names(a.Before) != "abxc" || names(tl.Live()) != "abxce" {
		t.Errorf("mended it runs behind %q: %q", names(a.Before), names(tl.Live()))
	}
	tl.Ended(true)
	if a := tl.Begin("g"); len(a.Before) != 0 {
		t.Errorf("a program that has ended goes on behind %q", names(a.Before))
	}
}

// What a text in back quotes holds is the program's, also its empty lines; a constant
// that needs a variable of the program is one of its statements.
func TestFileKeepsWhatCellsHold(t *testing.T) {
	for _, c := range []struct {
		cells []string
		want  string
	}{
		{[]string{"s := `a\n\n\tb\n   \nc`\ns"}, "s := `a\n\n\tb\n   \nc`\n"},
		{[]string{"x := [3]int{}", "const k = len(x)\nk", "k := 2\nk"}, "const k = len(x)"},
		{[]string{"time := 1", "time++"}, "time++"},
	} {
		var tl Timeline
		for i, code := range c.cells {
			a := tl.Next()
			cell, faults := Read(i+1, code, past{vars: strings.Join(varsOf(a), " ")})
			if cell == nil || len(faults) > 0 {
				t.Fatalf("%q: %v", code, faults)
			}
			tl.Happened(a, &Moment{Number: i + 1, Cell: cell}, false)
		}
		text, err := File("", tl.Live())
		if err != nil || !strings.Contains(text, c.want) {
			t.Errorf("%q: no %q in %s, %v", c.cells, c.want, text, err)
		}
		if _, err := parser.ParseFile(token.NewFileSet(), "", text, 0); err != nil {
			t.Errorf("%v\n%s", err, text)
		}
	}
}
