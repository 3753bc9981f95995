package code

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

func parse(t testing.TB, texts ...string) (files []*File) {
	t.Helper()
	for _, text := range texts {
		f := &File{Text: []byte("package main\n\n" + text)}
		var err error
		if f.AST, err = parser.ParseFile(token.NewFileSet(), "x.go", f.Text, parser.ParseComments|parser.SkipObjectResolution); err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

const codeProgram = `
import "fmt"

const (
	first = iota
	second
)

const limit, more = 3, 4

type Worker struct{ name string }

func (w *Worker) Run() { fmt.Println(w.name, second) }

var (
	a, b int
	names = []string{"A", "B"}
)

func main() {
	for _, n := range names[:limit] {
		(&Worker{n}).Run()
	}
	a, b = b, a
}
`

// How a program is written down makes no difference.
func TestSameCode(t *testing.T) {
	want := Of(parse(t, codeProgram))
	if len(want) != Length {
		t.Fatalf("%q", want)
	}
	tests := map[string][]string{
		"as GoNB writes it": {`
import (
	"flag"
	"fmt"
)

type Worker struct{ name string }

const (
	first = iota
	second
)

const (
	limit = 3
	more  = 4
)

var (
	a int
	b int
	names = []string{"A", "B"}
)

// Run says hello.
func (w *Worker) Run() {
	fmt.Println(w.name, second)
}

func main() {
	flag.Parse()
	for _, n := range names[:limit] {
		// as many as there may be
		(&Worker{
			n,
		}).Run()
	}
	a, b = b, a
}
`},
		"in two files": {
			codeProgram[:strings.Index(codeProgram, "var (")] + "\nvar a int",
			"var b int\nvar names = []string{\"A\", \"B\"}\n" + codeProgram[strings.Index(codeProgram, "func main"):],
		},
		"with what another cell declared": {"import \"sync\"\n" + codeProgram + `
type Other struct{ sync.Mutex }
func (o *Other) Use() { unused() }
func unused() { fmt.Println(counter) }
var counter = 7
var mu = new(sync.Mutex)
var ready = make(chan int)
var later = func() { panic(1) }
const pi = 3
`},
	}
	for name, texts := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Of(parse(t, texts...)); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		})
	}
}

// What it does makes one.
func TestOtherCode(t *testing.T) {
	seen := map[string]string{Of(parse(t, codeProgram)): "the program itself"}
	for _, change := range [][2]string{
		{"more = 3", "more = 2"}, {`"A"`, `"a"`}, {"a, b = b, a", "a, b = a, b"}, {"a, b int", "a, b int8"}, {"a, b int", "a int\n\tb uint"},
		{"first = iota\n\tsecond", "second = iota\n\tfirst"}, {"w *Worker", "w Worker"}, {"{ name string }", "{ name string; n int }"},
		{"names[:limit]", "names[limit:]"}, {"fmt.Println(w.name, second)", "fmt.Println(w.name); fmt.Println(second)"},
		{"(w.name, second)", "(w.name + second)"}, {"_, n :=", "_, n ="}, {"func main() {", "func main() {\n\tdefer recover()"}, {"names = ", "names []string = "},
		{"func main() {", "func main() {\n\tfor i = 0; ; {\n\t}"}, {"func main() {", "func main() {\n\tfor ; ; i = 0 {\n\t}"},
		{"func main() {", "func init() { fmt.Println() }\n\nfunc main() {"}, {"func main() {", "var done = start()\n\nfunc main() {"},
		{"func main() {", "var got = <-ch\n\nfunc main() {"}, {"func main() {", "var x, y = f()\n\nfunc main() {"}, {"func main() {", "var x = func() int { return 1 }()\n\nfunc main() {"},
	} {
		text := strings.Replace(codeProgram, change[0], change[1], 1)
		if text == codeProgram {
			t.Fatalf("no %q in the program", change[0])
		}
		got := Of(parse(t, text))
		if other, ok := seen[got]; ok {
			t.Errorf("%q for %q has the code of %s", change[1], change[0], other)
		}
		seen[got] = change[1]
	}
}

// A notebook remembers methods that this program does not call: they make no other code.
func TestMethodsThatNobodyCalls(t *testing.T) {
	want := Of(parse(t, codeProgram))
	for _, beside := range []string{
		"func (w *Worker) Start() { go w.Run() }",
		"func (w *Worker) Join() { <-done }\nvar done = make(chan bool)",
		"func (w Worker) Less(o Worker) bool { return true }\ntype sorter interface{ Less(Worker) bool }",
	} {
		if got := Of(parse(t, codeProgram+beside)); got != want {
			t.Errorf("%s: %s, want %s", beside, got, want)
		}
	}
}

// What may be called counts: by name, through an interface, or by a package.
func TestMethodsThatMayBeCalled(t *testing.T) {
	const program = "\nimport (\"fmt\"; \"sort\")\ntype T []int\nfunc main() {\n\tt := T{1}\n\tfmt.Println(t)\n}\n"
	for _, c := range []struct{ name, in, method string }{
		{"by name", "\tt.Work()\n", "func (T) Work() {}"},
		{"in a chain", "\tgo func() { this().Work() }()\n", "func this() T { return nil }\nfunc (T) Work() {}"},
		{"as a value", "\tf := T.Work; f(t)\n", "func (T) Work() {}"},
		{"from another method", "\tt.Work()\n", "func (t T) Work() { t.help() }\nfunc (T) help() {}"},
		{"through an interface", "\tvar w worker = t; work(w)\n", "type worker interface{ Work() }\nfunc work(w any) {}\nfunc (T) Work() {}"},
		{"by fmt", "", "func (T) String() string { return \"\" }"},
		{"by log", "\tlog.Println(t)\n", "func (T) GoString() string { return \"\" }"},
		{"by os", "\tos.Stdout.ReadFrom(t)\n", "func (T) WriteTo(w io.Writer) (int64, error) { return 0, nil }"},
		{"by a panic", "\tpanic(t)\n", "func (T) Error() string { return \"\" }"},
		{"by sort", "\tsort.Sort(t)\n", "func (T) Len() int { return 0 }"},
		{"by a package nobody knows", "\ttemplate.Execute(t)\n", "func (T) Rows() {}"},
	} {
		text := strings.Replace(program, "\tfmt.Println(t)\n", "\tfmt.Println(t)\n"+c.in, 1)
		last := strings.LastIndex(c.method, "func (")
		before, method := c.method[:last], c.method[last:]
		if Of(parse(t, text+before)) == Of(parse(t, text+before+method)) {
			t.Errorf("%s: %s makes no difference", c.name, method)
		}
	}
}

// The code is in every token that was shown, like the numbers of a seed.
func TestCodeStaysAsItIs(t *testing.T) {
	if got := Of(parse(t, codeProgram)); got != "067gx" {
		t.Errorf("%s", got)
	}
}

func BenchmarkCode(b *testing.B) {
	files := parse(b, codeProgram)
	for b.Loop() {
		Of(files)
	}
}
