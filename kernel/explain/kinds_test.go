package explain_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"threading101/kernel/explain"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// How many seeds are tried until a program shows what it is to show, and with
// how many a near miss must not.
const (
	showSeeds = 400
	nearSeeds = 40
)

// Each file of testdata/kinds is about one kind of explanation, named in its
// first line. A program shows*.go shows it under some seed, in the words of the
// file that follows it; a program near*.go looks much like it and never shows it,
// nor anything else but what its first line "// may: …" allows.
func TestKinds(t *testing.T) {
	archives := map[string]*txtar.Archive{}
	var programs [][]byte
	for _, file := range kindFiles(t) {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		archives[file], programs = a, append(programs, texts(a)...)
	}
	w := newWorkshop(t, programs...)
	for _, file := range kindFiles(t) {
		a := archives[file]
		kind := strings.TrimSpace(string(a.Comment))
		for i, f := range a.Files {
			name := filepath.Base(strings.TrimSuffix(file, ".txtar")) + "/" + strings.TrimSuffix(f.Name, ".go")
			switch {
			case strings.HasPrefix(f.Name, "near"):
				t.Run(name, func(t *testing.T) { misses(t, w, kind, f.Data) })
			case strings.HasSuffix(f.Name, ".go"):
				t.Run(name, func(t *testing.T) { a.Files[i+1].Data = shows(t, w, kind, f.Data, a.Files[i+1].Data) })
			}
		}
		if explain.Update() {
			if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func kindFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/kinds/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	return files
}

// shows finds the first run in which the kind is shown, and compares the
// sentences. It returns those found.
func shows(t *testing.T, w workshop, kind string, src, want []byte) []byte {
	p := compile(t, w, src, false)
	for seed := range uint64(showSeeds) {
		var got bytes.Buffer
		for _, k := range explain.Kinds(p.run(t, seed+1)) {
			if k.Name == kind {
				got.WriteString(k.Sentence + "\n")
			}
		}
		if got.Len() == 0 {
			continue
		}
		if !bytes.Equal(got.Bytes(), want) && !explain.Update() {
			t.Errorf("seed %d says\n%swant\n%s", seed+1, got.Bytes(), want)
		}
		return got.Bytes()
	}
	t.Errorf("no %s in %d runs", kind, showSeeds)
	return want
}

func misses(t *testing.T, w workshop, kind string, src []byte) {
	p := compile(t, w, src, false)
	allowed := may(src)
	for seed := range uint64(nearSeeds) {
		for _, k := range explain.Kinds(p.run(t, seed+1)) {
			if k.Name == kind || !slices.Contains(allowed, k.Name) {
				t.Errorf("seed %d: %s: %s", seed+1, k.Name, k.Sentence)
				return
			}
		}
	}
}

// may reads the line "// may: data race; lost update".
func may(src []byte) []string {
	line, _, _ := strings.Cut(string(src), "\n")
	list, _ := strings.CutPrefix(line, "// may: ")
	return strings.Split(list, "; ")
}

// run runs the program with a seed.
func (p built) run(t *testing.T, seed uint64) *model.Execution {
	t.Helper()
	r, err := run.Start(t.Context(), run.Spec{Path: p.Binary, Mode: model.Controlled, Record: true, Sites: p.Sites,
		Control: &sched.Spec{Seed: seed}, Code: p.Code, Rules: p.rules, Conditions: p.conditions})
	if err != nil {
		t.Fatal(err)
	}
	o := r.Wait()
	if o.Execution == nil {
		t.Fatalf("seed %d: no execution: %s", seed, o.TraceProblem)
	}
	return o.Execution
}

// Every kind has a program that shows it, and one that nearly does.
func TestEveryKindIsShown(t *testing.T) {
	shown := map[string]bool{}
	for _, file := range kindFiles(t) {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		near := slices.ContainsFunc(a.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "near") })
		show := slices.ContainsFunc(a.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "shows") })
		shown[strings.TrimSpace(string(a.Comment))] = near && show
	}
	for _, kind := range explain.Names() {
		if !shown[kind] {
			t.Errorf("%s: no program that shows it, or none that nearly does", kind)
		}
	}
	if len(shown) != len(explain.Names()) {
		t.Errorf("%d files for %d kinds", len(shown), len(explain.Names()))
	}
}
