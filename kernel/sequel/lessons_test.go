package sequel

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"threading101/kernel/cell"
	"threading101/kernel/magic"
)

var goCells = regexp.MustCompile("(?ms)^```go[^\n]*\n(.*?)^```$")

// TestLessonsInCells: each program of the lessons, with the statements of its main in a
// cell each, is a file that compiles.
func TestLessonsInCells(t *testing.T) {
	lessons, err := filepath.Glob("../../lessons/[0-9f]*.md")
	if err != nil || len(lessons) == 0 {
		t.Fatal("no lessons", err)
	}
	for _, path := range lessons {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		programs := programsOf(t, string(text))
		if len(programs) == 0 && !strings.Contains(path, "-00-") { // which lists lessons
			t.Errorf("%s has no program", path)
		}
		for n, p := range programs {
			file, err := File(p.declarations, p.cells)
			if err != nil {
				t.Errorf("%s, program %d: %v", path, n, err)
				continue
			}
			if err := compiles(file); err != nil {
				t.Errorf("%s, program %d: %v\n%s", path, n, err, file)
			}
		}
	}
}

// library are the packages of the standard library, each read once. A driver of a database
// is imported for what it does, and declares nothing that a lesson uses.
var library = withDrivers{importer.ForCompiler(token.NewFileSet(), "gc", nil)}

type withDrivers struct{ types.Importer }

func (w withDrivers) Import(path string) (*types.Package, error) {
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return w.Importer.Import(path)
	}
	driver := types.NewPackage(path, "driver")
	driver.MarkComplete()
	return driver, nil
}

// compiles says why the compiler would refuse a file.
func compiles(file string) error {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "main.go", file, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	config := types.Config{Importer: library}
	_, err = config.Check("main", fset, []*ast.File{f}, nil)
	return err
}

type lessonProgram struct {
	declarations string
	cells        []*Moment
}

// programsOf are the programs of a lesson: the cells that continue each other, and each
// main, taken apart.
func programsOf(t *testing.T, lesson string) (all []lessonProgram) {
	memory := cell.NewMemory()
	var continued Timeline
	for n, found := range goCells.FindAllStringSubmatch(lesson, -1) {
		c, err := magic.Parse(found[1])
		if err != nil {
			t.Fatalf("%q: %v", found[1], err)
		}
		if strings.Contains("\n"+c.Code, "\n%") || strings.HasPrefix(c.Code, "!") {
			continue // it has a command of GoNB's or of the shell, and is no part of a program
		}
		if IsBare(c.Code) {
			next(t, memory, &continued, n+1, c.Code)
			continue
		}
		memory.Begin(n+1, c.Code).Commit()
		if statements := mainOf(t, c.Code); len(statements) > 0 {
			var own Timeline
			for i, s := range statements {
				next(t, memory, &own, i+1, s)
			}
			all = append(all, lessonProgram{memory.Declarations(), own.Live()})
		}
	}
	if cells := continued.Live(); len(cells) > 0 {
		all = append(all, lessonProgram{memory.Declarations(), cells})
	}
	return all
}

// next runs a cell behind those of the timeline. One of declarations alone is no part
// of the program.
func next(t *testing.T, memory *cell.Memory, tl *Timeline, number int, code string) {
	t.Helper()
	a := tl.Next()
	c, faults := Read(number, code, past{vars: strings.Join(varsOf(a), " ")})
	if len(faults) > 0 {
		t.Fatalf("%q: %v", code, faults)
	}
	if c == nil {
		memory.Begin(number, code).Commit()
		return
	}
	memory.Begin(number, c.Declarations).Commit()
	tl.Happened(a, &Moment{ID: fmt.Sprint(number), Number: number, Cell: c}, false)
}

func varsOf(a Attempt) (all []string) {
	for _, m := range a.Before {
		all = append(all, m.Cell.names()...)
	}
	return all
}

// mainOf are the statements of a cell's main, each with the comments above it.
func mainOf(t *testing.T, code string) (all []string) {
	const opening = "package p;"
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", opening+code, parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("%q: %v", code, err)
	}
	offset := func(p token.Pos) int { return fset.Position(p).Offset - len(opening) }
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv != nil || fn.Name.Name != "main" {
			continue
		}
		from := offset(fn.Body.Lbrace) + 1
		for _, s := range fn.Body.List {
			all = append(all, strings.TrimLeft(code[from:offset(s.End())], "\n"))
			from = offset(s.End())
		}
	}
	return all
}

// TestProgramCompiles: so does the program of cells that need care.
func TestProgramCompiles(t *testing.T) {
	for _, cells := range [][]string{
		{"x := [3]int{}", "const k = len(x)\nk", "const k = len(x)\nk"},
		{"x := [3]int{}", "const k = len(x)", "k := 2\nk"},
		{"x := [3]int{}", "const k = len(x)", "var y = k\ny"},
		{"time := 1", "time++"},
		{"fmt := 1", "fmt++"},
		{"x := 1\r\nx++\r\n", "x\r\n"},
		{"x := 1", "return", "x++"},
		{"err := 1", "var y = err\nerr := 2", "err, y := 1, 2"},
		{"loop:\nfor { break loop }", "loop:\nfor { break loop }"},
		{"x := 1 // c", " /* a\n\n b */ x++", "\n\n// only\nx\n// end"},
	} {
		memory, tl := cell.NewMemory(), Timeline{}
		for i, code := range cells {
			next(t, memory, &tl, i+1, code)
		}
		file, err := File(memory.Declarations(), tl.Live())
		if err == nil {
			err = compiles(file)
		}
		if err != nil {
			t.Errorf("%q: %v\n%s", cells, err, file)
		}
	}
}

// Each cell is a block in the one before: 200 of them are no more than Go can take, as a
// program to run and as a file to read.
func TestProgramOf200Cells(t *testing.T) {
	memory, tl := cell.NewMemory(), Timeline{}
	for n := range 200 {
		next(t, memory, &tl, n+1, fmt.Sprintf("x%d, err := %d, error(nil)", n, n))
	}
	next(t, memory, &tl, 201, "x0 + x199")
	file, err := File(memory.Declarations(), tl.Live())
	if err == nil {
		err = compiles(file)
	}
	if err != nil {
		t.Fatal(err)
	}
	composed := "package main\n\nimport \"fmt\"\n" + Compose(tl.Next().Parts(), true).Source
	if err := compiles(composed); err != nil {
		t.Error(err)
	}
}
