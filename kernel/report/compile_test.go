package report

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"threading101/kernel/build/buildtest"
	"threading101/kernel/cell"
)

var (
	update  = flag.Bool("update", false, "write the golden texts")
	compile = flag.Bool("compile", false, "with -update: let the go command compile the cells anew")
)

// cases is a golden file: for each case NAME a section NAME/cell and what is
// made of it.
type cases struct {
	t       *testing.T
	path    string
	archive *txtar.Archive
}

func open(t *testing.T, path string) *cases {
	t.Helper()
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return &cases{t, path, a}
}

// names returns the cases in order.
func (c *cases) names() []string {
	var names []string
	for _, f := range c.archive.Files {
		if name, ok := strings.CutSuffix(f.Name, "/cell"); ok {
			names = append(names, name)
		}
	}
	return names
}

func (c *cases) get(name string) string {
	for _, f := range c.archive.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

// set puts a section after the others of its case.
func (c *cases) set(name, text string) {
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	at := len(c.archive.Files)
	for i, f := range c.archive.Files {
		switch {
		case f.Name == name:
			c.archive.Files[i].Data = []byte(text)
			return
		case strings.HasPrefix(f.Name, filepath.Dir(name)+"/"):
			at = i + 1
		}
	}
	files := append([]txtar.File{}, c.archive.Files[:at]...)
	files = append(files, txtar.File{Name: name, Data: []byte(text)})
	c.archive.Files = append(files, c.archive.Files[at:]...)
}

// check compares a report with the golden one.
func (c *cases) check(name string, r *Report) {
	c.t.Helper()
	got := r.Name + ": " + r.Value + "\n\n" + r.text()
	if *update {
		c.set(name+"/report", got)
		return
	}
	if d := cmp.Diff(c.get(name+"/report"), got); d != "" {
		c.t.Errorf("%s: %s (-update writes it anew):\n%s", c.path, name, d)
	}
	checkForms(c.t, r)
}

func (c *cases) close() {
	if *update {
		if err := os.WriteFile(c.path, txtar.Format(c.archive), 0o666); err != nil {
			c.t.Fatal(err)
		}
	}
}

// checkForms checks what front ends rely on in every report.
func checkForms(t *testing.T, r *Report) {
	t.Helper()
	for _, line := range r.Traceback {
		if strings.Count(line, "\x1b[")%2 != 0 {
			t.Errorf("a colour does not end on its line: %q", line)
		}
	}
	if strings.Contains(r.Value, "\n") || r.Value == "" || r.Name == "" {
		t.Errorf("%q: %q", r.Name, r.Value)
	}
}

// TestCompile reports what the compiler says of beginners' cells. The section
// output is the go command's own; -update -compile asks it again.
func TestCompile(t *testing.T) {
	c := open(t, "testdata/compile.txtar")
	defer c.close()
	for _, name := range c.names() {
		code := strings.TrimSuffix(c.get(name+"/cell"), "\n")
		m := cell.NewMemory()
		d := m.Begin(3, code)
		if faults := d.Syntax(); len(faults) > 0 {
			t.Errorf("%s does not parse: %v", name, faults)
			continue
		}
		if *update && *compile {
			mainGo, output := build(t, code)
			c.set(name+"/main.go", mainGo)
			c.set(name+"/output", output)
		}
		lines := d.Map([]byte(c.get(name + "/main.go")))
		c.check(name, Compile([]byte(c.get(name+"/output")), lines, m))
	}
}

// TestSyntax reports cells that Go cannot parse.
func TestSyntax(t *testing.T) {
	c := open(t, "testdata/syntax.txtar")
	defer c.close()
	for _, name := range c.names() {
		m := cell.NewMemory()
		faults := m.Begin(3, strings.TrimSuffix(c.get(name+"/cell"), "\n")).Syntax()
		if len(faults) == 0 {
			t.Errorf("%s can be parsed", name)
			continue
		}
		c.check(name, Syntax(faults, m))
	}
}

// build compiles a cell the way GoNB does and returns main.go and the output.
func build(t *testing.T, code string) (mainGo, output string) {
	t.Helper()
	if before, body, ok := strings.Cut("\n"+code, "\n%%\n"); ok {
		code = before + "\nfunc main() {\n\tflag.Parse()\n" + body + "\n\n}\n"
	} else if !strings.Contains(code, "func main()") {
		code += "\n\nfunc main() { flag.Parse() }\n"
	}
	code = "package main\n\n" + code
	dir := filepath.Join(t.TempDir(), "gonb_1")
	file := filepath.Join(dir, "main.go")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.mod"), "module gonb_1\n\ngo 1.26\n")
	write(t, file, code)
	if out, err := exec.Command("go", "tool", "goimports", "-w", file).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "build", buildtest.Slim, "-o", os.DevNull)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Errorf("this compiles:\n%s", code)
	}
	return string(text), string(out)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
