package cell

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"threading101/kernel/model"
)

// The files in testdata/gonb hold cells and the main.go that a real GoNB v0.11.4
// made of them; "error N" says that it refused cell N. A text @3:12 in a cell
// stands in line 12 of cell 3, so that each says where it must be found.
var marker = regexp.MustCompile(`@(\d+):(\d+)`)

type session struct {
	t      *testing.T
	memory *Memory
	parts  map[string]string
	order  []string
}

func openSession(t *testing.T, path string) *session {
	t.Helper()
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s := &session{t: t, memory: NewMemory(), parts: map[string]string{}}
	for _, f := range a.Files {
		s.order = append(s.order, f.Name)
		s.parts[f.Name] = string(f.Data)
	}
	return s
}

// each runs the cells and calls check with the main.go of each, if it has one.
func (s *session) each(check func(number int, d *Draft, mainGo string)) {
	s.t.Helper()
	for _, name := range s.order {
		n, ok := strings.CutPrefix(name, "cell ")
		if !ok {
			continue
		}
		number, _ := strconv.Atoi(n)
		d := s.memory.Begin(number, strings.TrimSuffix(s.parts[name], "\n"))
		mainGo := s.parts["main.go "+n] + s.parts["main_test.go "+n]
		check(number, d, mainGo)
		if refusal, bad := s.parts["error "+n]; !bad || strings.HasPrefix(refusal, "exit status") {
			d.Commit()
		}
	}
}

func sessions(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/gonb/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no sessions: %v", err)
	}
	return paths
}

// TestMapOfRealMains finds each marker of each main.go at its cell and line.
func TestMapOfRealMains(t *testing.T) {
	for _, path := range sessions(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			found := 0
			s := openSession(t, path)
			s.each(func(number int, d *Draft, mainGo string) {
				found += checkMarkers(t, fmt.Sprintf("main.go %d", number), d.Map([]byte(mainGo)), mainGo)
			})
			if found < 10 {
				t.Errorf("only %d markers were looked for", found)
			}
		})
	}
}

// checkMarkers looks up all markers of a main.go by line and column and, where
// they are alone on their line, by line.
func checkMarkers(t *testing.T, name string, m *Map, mainGo string) int {
	t.Helper()
	found := 0
	for i, line := range strings.Split(mainGo, "\n") {
		for _, at := range marker.FindAllStringSubmatchIndex(line, -1) {
			want := model.Pos{Cell: atoi(line[at[2]:at[3]]), Line: atoi(line[at[4]:at[5]])}
			if got := m.Pos(i+1, at[0]+1); got != want {
				t.Errorf("%s:%d:%d: got %+v, want %+v\n%s", name, i+1, at[0]+1, got, want, line)
			}
			if got := m.Pos(i+1, 0); got.Cell != want.Cell {
				t.Errorf("%s:%d: got %+v, want cell %d\n%s", name, i+1, got, want.Cell, line)
			}
			found++
		}
	}
	return found
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// TestMemoryIsGoNBs checks that what we remember is what GoNB wrote: each
// declaration of main.go is known, and each known one but imports is there.
func TestMemoryIsGoNBs(t *testing.T) {
	for _, path := range sessions(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			openSession(t, path).each(func(number int, d *Draft, mainGo string) {
				if mainGo == "" || mainGo == d.raw.text {
					return
				}
				compareMemory(t, fmt.Sprintf("main.go %d", number), d, mainGo)
			})
		})
	}
}

func compareMemory(t *testing.T, name string, d *Draft, mainGo string) {
	t.Helper()
	f, err := parse(mainGo, 0, func(line, col int) (int, int) { return line, col })
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	claimed := map[*unit]bool{}
	known := map[*unit]bool{}
	for _, p := range d.pairs(f, claimed) {
		known[p.written] = true
		if !equal(p.written.toks, p.original.toks) {
			t.Errorf("%s: %s is remembered as\n%s\nbut GoNB wrote\n%s", name, p.original.key, p.original.text, p.written.text)
		}
	}
	for _, u := range append(append(f.types, f.consts...), f.funcs...) {
		if !known[u] && u.key != "main" {
			t.Errorf("%s: %s is not remembered", name, u.key)
		}
	}
	for _, group := range []map[string]*unit{d.merged.types, d.consts(), d.merged.vars, d.merged.funcs} {
		for _, u := range sorted(group) {
			if u.written() && !claimed[u] {
				t.Errorf("%s: %s is remembered, but GoNB did not write it", name, u.key)
			}
		}
	}
}

// equal reports whether all tokens are the same. The names of init functions
// are not compared.
func equal(a, b []tok) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !a[i].same(b[i]) && a[i].text != "init" {
			return false
		}
	}
	return true
}

// TestReplay gives the declarations to an empty memory and finds the same there,
// also a second time.
func TestReplay(t *testing.T) {
	for _, path := range sessions(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			s := openSession(t, path)
			s.each(func(number int, d *Draft, mainGo string) {
				text := s.memory.Declarations()
				again := NewMemory()
				again.Begin(1, text).Commit()
				if got := again.Declarations(); got != text {
					t.Errorf("after cell %d: replayed\n%s\ninstead of\n%s", number, got, text)
				}
			})
		})
	}
}

// TestMapOfReformattedMains maps each main.go after gofmt has been over it.
func TestMapOfReformattedMains(t *testing.T) {
	for _, path := range sessions(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			openSession(t, path).each(func(number int, d *Draft, mainGo string) {
				if formatted, ok := gofmt(mainGo); ok {
					checkMarkers(t, fmt.Sprintf("formatted main.go %d", number), d.Map(formatted), string(formatted))
				}
			})
		})
	}
}
