package report

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"threading101/kernel/cell"
	"threading101/kernel/magic"
)

// TestGoNB reports what GoNB v0.11.4 answered to cells it refused, and what the
// go command said when it could not fetch a package.
func TestGoNB(t *testing.T) {
	c := open(t, "testdata/gonb.txtar")
	defer c.close()
	for _, name := range c.names() {
		m := cell.NewMemory()
		d := m.Begin(3, strings.TrimSuffix(c.get(name+"/cell"), "\n"))
		mainGo := "package main\n\n" + strings.Join(importLine.FindAllString(c.get(name+"/cell"), -1), "\n")
		if get := c.get(name + "/get"); get != "" {
			c.check(name, Get([]byte(get), d.Map([]byte(mainGo)), m))
			continue
		}
		c.check(name, GoNB(strings.TrimSuffix(c.get(name+"/evalue"), "\n"), d, d.Map([]byte(mainGo)), m))
	}
}

var importLine = regexp.MustCompile(`(?m)^import .*$`)

// TestRealSession takes the answers from a session with a real GoNB: each error
// is found in the cell that has it.
func TestRealSession(t *testing.T) {
	a, err := txtar.ParseFile("../cell/testdata/gonb/errors.txtar")
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range a.Files {
		parts[f.Name] = string(f.Data)
	}
	m := cell.NewMemory()
	m.Begin(1, strings.TrimSuffix(parts["cell 1"], "\n")).Commit()
	d := m.Begin(2, strings.TrimSuffix(parts["cell 2"], "\n"))
	r := Compile([]byte(parts["error 2"]), d.Map([]byte(parts["main.go 2"])), m)
	const want = `cell 2, line 1: cannot use 5 (untyped int constant) as
string value in return statement
    1 │ func good() string { return 5 }
      │                             ^

cell 2, line 5: undefined: nowhere
    5 │ fmt.Println(good(), nowhere, "@2:5")
      │                     ^`
	if got := r.text(); !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestWord(t *testing.T) {
	_, err := magic.Parse("\n%rael")
	r := Word(7, err, lines{7: "\n%rael"})
	const want = "cell 7, line 2: %rael is not a known command\n    2 │ %rael\nhint: did you mean %real?\n"
	if r.text() != want || r.Name != WordError || r.Value != "cell 7, line 2: %rael is not a known command" {
		t.Errorf("%s: %s\n%s", r.Name, r.Value, r.text())
	}
	checkForms(t, r)
	checkForms(t, Word(7, errors.New("anything"), nil))
}

func TestSimpleReports(t *testing.T) {
	for _, r := range []*Report{Stopped(), Died(true), Died(false), Compile(nil, nil, nil), Get(nil, nil, nil), GoNB("", nil, nil, nil), Syntax(nil, nil)} {
		checkForms(t, r)
		if len(r.Traceback) == 0 {
			t.Errorf("%s: %s says nothing", r.Name, r.Value)
		}
	}
}

// FuzzCompile checks that whatever the go command says, it becomes a report
// that keeps its lines apart and lets no colour through.
func FuzzCompile(f *testing.F) {
	f.Add("# gonb_1\n./main.go:4:2: undefined: x\n\tmore at ./main.go:1:1\n", "%%\nx()", "package main\nfunc main() {\n\tflag.Parse()\nx()\n}")
	f.Add("go: downloading x\ngo: y: cannot find module providing package y\n", "", "")
	f.Add("main.go:99999999999999999999:1: \x1b[31m", "var a = 1", "package main\nvar a = 1")
	f.Fuzz(func(t *testing.T, output, code, mainGo string) {
		m := cell.NewMemory()
		lines := m.Begin(1, code).Map([]byte(mainGo))
		checkForms(t, Compile([]byte(output), lines, m))
		checkForms(t, GoNB(output, nil, lines, m))
	})
}
