package seed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// This test binary is the program that serves, when it is called as one.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == Word {
		os.Exit(Serve(os.Args[2:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// user is somebody with a build cache of their own.
type user struct {
	t     *testing.T
	cache string
}

// compiled asks a go command for a package and all it imports, and returns where they lie.
func (u user) compiled(prog string) (exports []string) {
	u.t.Helper()
	cmd := exec.Command("go", "list", "-export", "-deps", "-f", "{{.Export}}", "internal/byteorder")
	cmd.Env = append(os.Environ(), "GOCACHE="+u.cache, Variable+"="+prog)
	out, err := cmd.Output()
	if err != nil {
		u.t.Fatalf("%v: %s", err, err.(*exec.ExitError).Stderr)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// outputs counts what a cache holds.
func outputs(t *testing.T, dir string) (n int) {
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if strings.HasSuffix(path, "-d") {
			n++
		}
		return nil
	})
	return n
}

// TestForEveryUser: what the installer has compiled is compiled by nobody else, and lies
// in nobody else's cache; what the seed has not, or no longer as it was, is compiled.
func TestForEveryUser(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	s := Seed{filepath.Join(dir, "it's"), self}
	if s.There() || s.Filling(dir) != "" {
		t.Errorf("a seed in %q: %v, %q", s.Dir, s.There(), s.Filling(dir))
	}
	s.Dir = filepath.Join(dir, "with a space", "seed")
	installer, learner := user{t, filepath.Join(dir, "installer")}, user{t, filepath.Join(dir, "learner")}
	installer.compiled(s.Filling(installer.cache))
	if err := s.Publish(); err != nil || !s.There() {
		t.Fatalf("no seed: %v", err)
	}
	exports := learner.compiled(s.Reading(learner.cache))
	for _, path := range exports {
		if !strings.HasPrefix(path, s.Cache()) {
			t.Errorf("%s was compiled again", path)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o444 != 0o444 {
			t.Errorf("not everybody can read %s: %v", path, err)
		}
	}
	if n := outputs(t, learner.cache); len(exports) == 0 || n > 0 {
		t.Errorf("%d packages, and %d files in the learner's own cache", len(exports), n)
	}
	for _, path := range exports {
		os.Truncate(path, 10)
	}
	for _, path := range learner.compiled(s.Reading(learner.cache)) {
		if !strings.HasPrefix(path, learner.cache) {
			t.Errorf("%s was cut and is used", path)
		}
	}
}

// TestFilledFromBelow: nothing is compiled that the installer has already.
func TestFilledFromBelow(t *testing.T) {
	below, own := store{t.TempDir()}, store{t.TempDir()}
	if _, err := below.put([]byte("action"), []byte("output"), 4, strings.NewReader("text")); err != nil {
		t.Fatal(err)
	}
	for _, filled := range []bool{false, true} {
		l := layers{own, below, filled}
		r := l.answer(request{Command: "get", ActionID: []byte("action")}, nil)
		text, _ := os.ReadFile(r.DiskPath)
		if copied := strings.HasPrefix(r.DiskPath, own.dir); string(text) != "text" || copied != filled || string(r.OutputID) != "output" {
			t.Errorf("filled %v: %+v, %q", filled, r, text)
		}
	}
}

// TestBadRequests: whatever comes, the answer is an error, and no file is written outside.
func TestBadRequests(t *testing.T) {
	dir := t.TempDir()
	for _, line := range []string{
		`{"ID":1,"Command":"get"}`, `{"ID":1,"Command":"put","ActionID":"YQ=="}`, `{"ID":1,"Command":"drop","ActionID":"YQ=="}`,
		`{"ID":1,"Command":"put","ActionID":"YQ==","OutputID":"YQ==","BodySize":9}` + "\n" + `"YQ=="`,
	} {
		var out bytes.Buffer
		if Serve([]string{read, dir, dir}, strings.NewReader(line), &out, os.Stderr) != 0 {
			t.Errorf("%s: it has ended", line)
		}
		var r response
		last := bytes.TrimSpace(out.Bytes()[bytes.IndexByte(out.Bytes(), '\n'):])
		if err := json.Unmarshal(last, &r); err != nil || r.Err == "" || r.ID != 1 {
			t.Errorf("%s: %s", line, last)
		}
	}
	if Serve([]string{read, dir, dir}, strings.NewReader("no JSON"), &bytes.Buffer{}, &bytes.Buffer{}) == 0 {
		t.Error("garbage is no error")
	}
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Errorf("written: %v", entries)
	}
}

// TestTrim: what a user's go command has not used for days is removed once a day, as the go
// command itself does it; nothing is removed from a seed.
func TestTrim(t *testing.T) {
	dir := t.TempDir()
	own, below := store{filepath.Join(dir, "own")}, store{filepath.Join(dir, "seed")}
	ago := func(s store, name string, days int) {
		t.Helper()
		e, err := s.put([]byte(name), []byte(name+" output"), 4, strings.NewReader("text"))
		if err != nil {
			t.Fatal(err)
		}
		used := time.Now().Add(-time.Duration(days) * 24 * time.Hour)
		for _, path := range []string{e.path, s.path([]byte(name), "a")} {
			if err := os.Chtimes(path, used, used); err != nil {
				t.Fatal(err)
			}
		}
	}
	has := func(s store, name string) bool { _, ok := s.get([]byte(name)); return ok }
	serve := func(way string, own, below store, line string) {
		t.Helper()
		var out bytes.Buffer
		if Serve([]string{way, own.dir, below.dir}, strings.NewReader(line), &out, os.Stderr) != 0 {
			t.Fatal("it has failed")
		}
	}
	ago(own, "old", 7)
	ago(own, "young", 3)
	ago(below, "old", 7)
	serve(fill, below, own, `{"ID":1,"Command":"close"}`)
	serve(read, own, below, `{"ID":1,"Command":"close"}`)
	if has(own, "old") || !has(own, "young") || !has(below, "old") {
		t.Errorf("kept: old %v, young %v; in the seed %v", has(own, "old"), has(own, "young"), has(below, "old"))
	}
	if n := outputs(t, own.dir); n != 1 {
		t.Errorf("%d outputs are left", n)
	}
	ago(own, "old", 7)
	serve(read, own, below, "")
	if !has(own, "old") {
		t.Error("trimmed twice on one day")
	}
	yesterday := fmt.Append(nil, time.Now().Add(-25*time.Hour).Unix())
	if err := os.WriteFile(filepath.Join(own.dir, "trim.txt"), yesterday, 0o600); err != nil {
		t.Fatal(err)
	}
	if serve(read, own, below, ""); has(own, "old") {
		t.Error("not trimmed on the next day")
	}
}
