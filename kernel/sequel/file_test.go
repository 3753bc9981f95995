package sequel_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/build/buildtest"
	"threading101/kernel/sequel"
	"threading101/kernel/sequel/sequeltest"
)

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
		statements := sequeltest.Program(r)
		add(fmt.Sprintf("whole%d", n), fileOf(t, []string{strings.Join(scoped(statements), "\n")}, r))
		add(fmt.Sprintf("cut%d", n), fileOf(t, statements, r))
	}
	put("go.mod", "module stories\n\ngo 1.26\n")
	put("main.go", "package main\n\nimport \"fmt\"\n"+imported.String()+"\nfunc main() {\n"+calls.String()+"}\n")
	cmd := exec.Command("go", "run", buildtest.Slim, ".")
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

// fileOf is the file of a program that is cut into cells.
func fileOf(t *testing.T, statements []string, r *rand.Rand) string {
	t.Helper()
	cells, err := sequeltest.Cells(statements, r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := sequel.File("", cells)
	if err != nil {
		t.Fatalf("%q: %v", statements, err)
	}
	return text
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
