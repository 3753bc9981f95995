package sequel

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// stories are groups of statements that come in their order, and join what they start.
// %d is a number that tells one from another.
var stories = [][]string{
	{"x%[1]d := %[1]d", "x%[1]d += 2", `fmt.Println("x%[1]d is", x%[1]d)`},
	{
		"c%[1]d := make(chan int, 2)", "go func() { for i := range 3 { c%[1]d <- i }; close(c%[1]d) }()",
		`for v := range c%[1]d { fmt.Println("c%[1]d gives", v) }`,
	},
	{
		"m%[1]d, n%[1]d, g%[1]d := new(sync.Mutex), 0, new(sync.WaitGroup)",
		"for range 3 { g%[1]d.Go(func() { m%[1]d.Lock(); defer m%[1]d.Unlock(); n%[1]d++; fmt.Println(\"n%[1]d grows\") }) }",
		"g%[1]d.Wait()", `fmt.Println("n%[1]d is", n%[1]d)`,
	},
	{"d%[1]d := make(chan bool)", "go func() { defer close(d%[1]d); time.Sleep(time.Millisecond); fmt.Println(\"d%[1]d\") }()", "<-d%[1]d"},
	{"err := errors.New(\"e%[1]d\")\nfmt.Println(err)"},
	{"kept := %[1]d"},
	{"again:\nfor i := range 3 { if i == 1 { continue again }; fmt.Println(\"again%[1]d\", i) }"},
	{"if y := %[1]d; y > 3 {\n\tfmt.Println(\"large\", y)\n} else {\n\tfmt.Println(\"small\", y)\n}"},
}

// story is a random program as statements: those of its stories, mixed.
func story(r *rand.Rand) (all []string) {
	var open [][]string
	for n := range 2 + r.IntN(4) {
		var lines []string
		for _, line := range stories[r.IntN(len(stories))] {
			lines = append(lines, strings.ReplaceAll(line, "%[1]d", fmt.Sprint(n)))
		}
		open = append(open, lines)
	}
	for len(open) > 0 {
		i := r.IntN(len(open))
		all = append(all, open[i][0])
		if open[i] = open[i][1:]; len(open[i]) == 0 {
			open = slices.Delete(open, i, i+1)
		}
	}
	return all
}

// inCells cuts statements into cells, each read as the kernel does.
func inCells(t *testing.T, statements []string, r *rand.Rand) (all []*Moment) {
	var tl Timeline
	for len(statements) > 0 {
		n := 1 + r.IntN(min(3, len(statements)))
		for _, name := range []string{"err :=", "kept :="} { // one cell cannot declare a name twice
			first := true
			for i := 0; i < n; i++ {
				if strings.HasPrefix(statements[i], name) && !first {
					n = i
				} else if strings.HasPrefix(statements[i], name) {
					first = false
				}
			}
		}
		code := strings.Join(statements[:n], "\n")
		statements = statements[n:]
		a := tl.Next()
		c, faults := Read(len(all)+1, code, past{vars: strings.Join(varsOf(a), " ")})
		if c == nil || len(faults) > 0 {
			t.Fatalf("%q: %v", code, faults)
		}
		m := &Moment{ID: fmt.Sprint(len(all)), Number: len(all) + 1, Cell: c}
		tl.Happened(a, m, false)
		all = append(all, m)
	}
	return all
}

func varsOf(a Attempt) (all []string) {
	for _, m := range a.Before {
		all = append(all, m.Cell.names()...)
	}
	return all
}

const programs = 50

// TestProgramRuns: the program of cells, as a file, prints what the statements of all
// cells print in one main: in any order where goroutines print. All of them are built
// as one.
func TestProgramRuns(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var imported, calls strings.Builder
	add := func(name, text string) {
		text = strings.Replace(text, "package main", "package "+name, 1)
		put(name+"/main.go", strings.Replace(text, "func main()", "func Main()", 1))
		fmt.Fprintf(&imported, "import %q\n", "stories/"+name)
		fmt.Fprintf(&calls, "\tfmt.Println(%q)\n\t%s.Main()\n", "-- "+name, name)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for n := range programs {
		statements := story(r)
		whole, err := File("", inCells(t, []string{strings.Join(scoped(statements), "\n")}, r))
		if err != nil {
			t.Fatalf("%q: %v", statements, err)
		}
		add(fmt.Sprintf("whole%d", n), whole)
		cut, err := File("", inCells(t, statements, r))
		if err != nil {
			t.Fatalf("%q: %v", statements, err)
		}
		add(fmt.Sprintf("cut%d", n), cut)
	}
	put("go.mod", "module stories\n\ngo 1.26\n")
	put("main.go", "package main\n\nimport \"fmt\"\n"+imported.String()+"\nfunc main() {\n"+calls.String()+"}\n")
	cmd := exec.Command("go", "run", ".")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	printed := map[string][]string{}
	name := ""
	for line := range strings.Lines(string(out)) {
		if rest, ok := strings.CutPrefix(line, "-- "); ok {
			name = strings.TrimSpace(rest)
			continue
		}
		printed[name] = append(printed[name], line)
	}
	for n := range programs {
		whole, cut := printed[fmt.Sprintf("whole%d", n)], printed[fmt.Sprintf("cut%d", n)]
		slices.Sort(whole)
		slices.Sort(cut)
		if len(whole) == 0 || !slices.Equal(whole, cut) {
			t.Errorf("program %d prints %q in cells, %q in one piece", n, cut, whole)
		}
	}
}

// scoped puts in a block what one main cannot declare twice.
func scoped(statements []string) (all []string) {
	for i, s := range statements {
		switch {
		case strings.HasPrefix(s, "err :="):
			s = "{\n" + s + "\n}"
		case strings.HasPrefix(s, "kept :="):
			s = "{\n" + s + "\n_ = kept\n}"
		}
		all = append(all, strings.NewReplacer("again:", fmt.Sprintf("again%d:", i), "continue again ", fmt.Sprintf("continue again%d ", i)).Replace(s))
	}
	return all
}
