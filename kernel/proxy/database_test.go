package proxy

import (
	"os"
	"path/filepath"
	"testing"

	"threading101/kernel/build"
	"threading101/kernel/program"
	"threading101/kernel/words"
)

// shownText is a screen that keeps the lines shown on it.
type shownText struct {
	program.Screen
	lines []string
}

func (s *shownText) Display(data, _ map[string]any) {
	s.lines = append(s.lines, data["text/plain"].(string))
}

// That a driver is compiled for the first time is said before it is, until it was.
func TestAnnounceDrivers(t *testing.T) {
	t.Setenv("GOCACHE", t.TempDir())
	if err := os.Mkdir(filepath.Join(os.Getenv("GOCACHE"), "threading101"), 0o700); err != nil {
		t.Fatal(err)
	}
	dir, shown := t.TempDir(), &shownText{}
	e := &execution{turn: turn{cell: &program.Cell{Session: program.NewSession(nil), Screen: shown}}}
	for _, c := range []struct {
		main, unnamed string
		want          int
	}{
		{"package main\n\nimport \"fmt\"\n", "", 0},
		{"package main\n", "package main\n\nimport _ \"modernc.org/sqlite\"\n", 1},
		{"package main\n\nimport _ \"modernc.org/sqlite\"\n", "", 1}, // once in a session
	} {
		for name, text := range map[string]string{"main.go": c.main, unnamedFile: c.unnamed} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		e.announceDrivers(dir)
		if len(shown.lines) != c.want || c.want > 0 && shown.lines[0] != words.DatabaseCompiling {
			t.Errorf("%s%s: said %q", c.main, c.unnamed, shown.lines)
		}
	}
	noteDrivers(build.Result{Imports: []string{"modernc.org/sqlite"}})
	shown.lines, e.cell.Session = nil, program.NewSession(nil)
	if e.announceDrivers(dir); len(shown.lines) != 0 {
		t.Errorf("said once more: %q", shown.lines)
	}
}

// What a cell has set with %env counts, the last of it.
func TestSettingsEnvironment(t *testing.T) {
	t.Setenv("DATABASE_URL", "first")
	var s settings
	for _, c := range []struct{ line, want string }{
		{"", "first"}, {"%env OTHER x", "first"}, {"%env DATABASE_URL second", "second"}, {"%env  DATABASE_URL=third", "third"},
		{"%env DATABASE_URLS=x", "third"}, {"//gonb:%env DATABASE_URL \"fourth\"", "fourth"}, {"%env DATABASE_URL=", ""},
	} {
		s.keep(c.line)
		if got := s.environment()[0]; got != "DATABASE_URL="+c.want {
			t.Errorf("after %q: %s, want %q", c.line, got, c.want)
		}
	}
}
