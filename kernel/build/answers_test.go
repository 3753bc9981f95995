package build

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// asking is a go command that counts what it is asked.
type asking struct{ tool, log string }

func askingGo(t *testing.T) asking {
	t.Helper()
	dir := t.TempDir()
	a := asking{filepath.Join(dir, "go"), filepath.Join(dir, "log")}
	write(t, a.tool, fmt.Sprintf("#!/bin/sh\necho \"$1\" >>%s\nexec %s \"$@\"\n", a.log, realGo(t)))
	if err := os.Chmod(a.tool, 0o755); err != nil {
		t.Fatal(err)
	}
	return a
}

// asked are the questions since the last call.
func (a asking) asked() []string {
	text, _ := os.ReadFile(a.log)
	os.Remove(a.log)
	return strings.Fields(string(text))
}

// remembering is a folder to build, with a cache of answers of its own.
type remembering struct {
	t     *testing.T
	dir   string
	cache string
	env   []string
	asking
}

func newRemembering(t *testing.T, files ...string) *remembering {
	r := &remembering{t: t, dir: folder(t, files...), cache: freshCache(t), asking: askingGo(t)}
	r.env = os.Environ()
	r.set("GOFLAGS", "-mod=mod")
	r.set("CGO_ENABLED", "0")
	r.older()
	return r
}

// set gives a variable another value.
func (r *remembering) set(name, value string) {
	r.env = slices.DeleteFunc(r.env, func(v string) bool { return strings.HasPrefix(v, name+"=") })
	r.env = append(r.env, name+"="+value)
}

// older makes what lies in the folder old enough to be told from what comes.
func (r *remembering) older() {
	before := time.Now().Add(-time.Minute)
	filepath.WalkDir(r.dir, func(path string, _ os.DirEntry, _ error) error { return os.Chtimes(path, before, before) })
}

// run builds the program as a process of its own would, and returns what it prints
// and whether the go command was asked anything.
func (r *remembering) run() (printed string, asked bool) {
	r.t.Helper()
	b, err := New(Config{GoTool: r.tool, RT: os.DirFS(".."), CacheDir: r.cache, WorkDir: r.t.TempDir(), Seed: ofSetup(r.t), Logf: r.t.Logf})
	if err != nil {
		r.t.Fatal(err)
	}
	result := mustBuild(r.t, b, Request{Dir: r.dir, Env: r.env})
	printed, _ = output(r.t, result.Binary)
	return printed, len(r.asked()) > 0
}

// remembered runs twice and expects the second run to ask nothing.
func (r *remembering) remembered() {
	r.t.Helper()
	r.run()
	if _, asked := r.run(); asked {
		r.t.Fatal("the go command was asked again though nothing has changed")
	}
}

// mustAsk expects the next run to ask, and to print that.
func (r *remembering) mustAsk(want string) {
	r.t.Helper()
	printed, asked := r.run()
	if !asked || !strings.Contains(printed, want) {
		r.t.Errorf("asked: %v, printed %q, want %q", asked, printed, want)
	}
}

const (
	usesOwn = "package main\n\nimport (\"fmt\"; \"sync\"; \"gonb_x/own\")\n\nfunc main() { var mu sync.Mutex; mu.Lock(); fmt.Println(\"hello\", own.Name()) }\n"
	own1    = "package own\n\nfunc Name() string { return \"one\" }\n"
	own2    = "package own\n\nfunc Name() string { return \"two\" }\n"
)

func TestAnswersAreRemembered(t *testing.T) {
	newRemembering(t, "go.mod", goMod, "main.go", hello).remembered()
	newRemembering(t, "go.mod", goMod, "main.go", usesOwn, "own/own.go", own1).remembered()
}

// A program that changes needs no new answer as long as it imports the same.
func TestAnswersForAnEditedProgram(t *testing.T) {
	r := newRemembering(t, "go.mod", goMod, "main.go", hello)
	r.remembered()
	write(t, filepath.Join(r.dir, "main.go"), strings.ReplaceAll(hello, "hello", "goodbye"))
	if printed, asked := r.run(); asked || !strings.Contains(printed, "goodbye") {
		t.Errorf("asked: %v, printed %q", asked, printed)
	}
}

func TestAnswersOfAnEditedPackage(t *testing.T) {
	r := newRemembering(t, "go.mod", goMod, "main.go", usesOwn, "own/own.go", own1)
	r.remembered()
	path := filepath.Join(r.dir, "own", "own.go")
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, own2) // as long as the other
	os.Chtimes(path, info.ModTime(), info.ModTime())
	r.mustAsk("two")
}

func TestAnswersOfAnAddedFile(t *testing.T) {
	r := newRemembering(t, "go.mod", goMod, "main.go", usesOwn, "own/own.go", strings.ReplaceAll(own1, "\"one\"", "name"), "own/name.go", "package own\n\nvar name = \"one\"\n")
	r.remembered()
	write(t, filepath.Join(r.dir, "own", "init.go"), "package own\n\nfunc init() { name = \"two\" }\n")
	r.mustAsk("two")
}

func TestAnswersOfAnotherModuleFile(t *testing.T) {
	r := newRemembering(t, "go.mod", goMod, "main.go", usesOwn, "own/own.go", own1)
	r.remembered()
	write(t, filepath.Join(r.dir, "go.mod"), goMod+"\n// changed\n")
	r.mustAsk("one")
	r.older()
	r.remembered()
	write(t, filepath.Join(r.dir, "go.sum"), "\n")
	r.mustAsk("one")
}

// tagged has a file for a build tag.
func tagged(t *testing.T) *remembering {
	return newRemembering(t, "go.mod", goMod, "main.go", usesOwn,
		"own/one.go", "//go:build !two\n\n"+own1, "own/two.go", "//go:build two\n\n"+own2)
}

func TestAnswersUnderOtherFlags(t *testing.T) {
	r := tagged(t)
	r.remembered()
	r.set("GOFLAGS", "-mod=mod -tags=two")
	r.mustAsk("two")
	r.set("GOFLAGS", "-mod=mod")
	if printed, asked := r.run(); asked || !strings.Contains(printed, "one") {
		t.Errorf("back under the first flags: asked %v, printed %q", asked, printed)
	}
}

func TestAnswersUnderWrittenFlags(t *testing.T) {
	r := tagged(t)
	config := filepath.Join(t.TempDir(), "env")
	r.env = append(slices.DeleteFunc(r.env, func(v string) bool { return strings.HasPrefix(v, "GOFLAGS=") }), "GOENV="+config)
	r.remembered()
	write(t, config, "GOFLAGS=-tags=two\n")
	r.mustAsk("two")
}

// A workspace that appears above the folder gives the import another module.
func TestAnswersInAWorkspace(t *testing.T) {
	lib := func(text string) []string {
		return []string{"go.mod", "module example.com/lib\n\ngo 1.26\n", "lib.go", strings.Replace(text, "own", "lib", 1)}
	}
	one, two := folder(t, lib(own1)...), folder(t, lib(own2)...)
	r := newRemembering(t,
		"app/go.mod", "module gonb_x\n\ngo 1.26\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => "+one+"\n",
		"app/main.go", strings.ReplaceAll(strings.ReplaceAll(usesOwn, "gonb_x/own", "example.com/lib"), "own.", "lib."))
	before := time.Now().Add(-time.Minute)
	os.Chtimes(filepath.Join(one, "lib.go"), before, before)
	os.Chtimes(one, before, before)
	os.Chtimes(filepath.Join(one, "go.mod"), before, before)
	above := r.dir
	r.dir = filepath.Join(r.dir, "app")
	r.set("GOFLAGS", "")
	r.remembered()
	write(t, filepath.Join(above, "go.work"), "go 1.26\n\nuse ./app\n\nreplace example.com/lib => "+two+"\n")
	r.mustAsk("two")
}

// A go command that is another one is asked, though it has the same name.
func TestAnswersOfAnotherGo(t *testing.T) {
	r := newRemembering(t, "go.mod", goMod, "main.go", hello)
	r.remembered()
	text, err := os.ReadFile(r.tool)
	if err != nil {
		t.Fatal(err)
	}
	write(t, r.tool, string(text)+"# newer\n")
	r.mustAsk("hello")
	r.remembered()
	r.set("GOTOOLCHAIN", "go"+runtime.Version()[2:])
	r.mustAsk("hello")
}

// A recorder that is another one is another folder.
func TestAnswersOfAnotherRecorder(t *testing.T) {
	old := inquiry{goTool: "go", dir: "/cache/1", tc: &toolchain{}, about: ofTheRecorder}
	other := old
	other.dir = "/cache/2"
	if old.String() == other.String() {
		t.Error("the questions about two recorders are the same")
	}
}

// The module cache is read-only, and yet somebody may write into it.
func TestAnswersOfAChangedModuleCache(t *testing.T) {
	dir := t.TempDir()
	q := inquiry{goTool: "go", dir: t.TempDir(), tc: &toolchain{GOMODCACHE: dir}}
	p := listed{ImportPath: "example.com/m", Dir: filepath.Join(dir, "example.com", "m@v1.0.0")}
	write(t, filepath.Join(p.Dir, "m.go"), "package m\n")
	store := answers{t.TempDir()}
	witnesses, ok := q.witnesses([]listed{p})
	store.put("q", []byte("answer"), witnesses, time.Now())
	if out, known := store.get("q"); !ok || !known || string(out) != "answer" {
		t.Fatalf("not remembered: %v %v", ok, known)
	}
	write(t, filepath.Join(p.Dir, "m.go"), "package m // changed\n")
	if _, known := store.get("q"); known {
		t.Error("remembered though the module's source has changed")
	}
}

// What was changed while the go command looked at it is not remembered.
func TestAnswersWhileFilesChange(t *testing.T) {
	r := newRemembering(t, "go.mod", goMod, "main.go", usesOwn, "own/own.go", own1)
	write(t, filepath.Join(r.dir, "own", "own.go"), own1)
	r.run()
	r.mustAsk("one")
}

func TestBrokenAnswers(t *testing.T) {
	store := answers{filepath.Join(t.TempDir(), "answers")}
	put := func() { store.put("q", []byte("answer"), nil, time.Now()) }
	put()
	whole, err := os.ReadFile(store.path("q"))
	if err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		for name, text := range map[string][]byte{"cut": whole[:n], "changed": slices.Concat(whole[:n], []byte{whole[n] ^ 1}, whole[n+1:])} {
			write(t, store.path("q"), string(text))
			if out, ok := store.get("q"); ok {
				t.Fatalf("%s at %d: answered %q", name, n, out)
			}
		}
	}
	put()
	if _, ok := store.get("q"); !ok {
		t.Error("a broken answer is not replaced")
	}
}

func TestAnswersAreBounded(t *testing.T) {
	store := answers{t.TempDir()}
	for i := range keepAnswers + 20 {
		store.put(fmt.Sprint(i), []byte("answer"), nil, time.Now())
	}
	entries, err := os.ReadDir(store.dir)
	if err != nil || len(entries) != keepAnswers {
		t.Errorf("%d files, %v", len(entries), err)
	}
}

// TestKeptIsBounded: two hundred edited cells, of which each leaves a program, take no more
// than the folder may; those used last stay, and one that is larger than that, alone.
func TestKeptIsBounded(t *testing.T) {
	dir := t.TempDir()
	const size, most = 1000, 20*1000 + 500
	for i := range 200 {
		path := filepath.Join(dir, fmt.Sprintf("program%03d", i))
		keep(path, make([]byte, size), 256, most)
		used := time.Now().Add(time.Duration(i-1000) * time.Second)
		if err := os.Chtimes(path, used, used); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != most/size || entries[0].Name() != "program180" {
		t.Errorf("%d files, from %v, %v", len(entries), entries[:1], err)
	}
	keep(filepath.Join(dir, "large"), make([]byte, 2*most), 256, most)
	if entries, _ := os.ReadDir(dir); len(entries) != 1 || entries[0].Name() != "large" {
		t.Errorf("%v", entries)
	}
}

func TestAnswersOfManyKernels(t *testing.T) {
	store := answers{t.TempDir()}
	var all sync.WaitGroup
	for k := range 8 {
		all.Go(func() {
			for i := range 100 {
				q := fmt.Sprint((i + k) % (keepAnswers + 10))
				if out, ok := store.get(q); ok && string(out) != "answer "+q {
					t.Errorf("%s: %q", q, out)
				}
				store.put(q, []byte("answer "+q), nil, time.Now())
			}
		})
	}
	all.Wait()
}

func TestAnswersWithoutAHome(t *testing.T) {
	b := newBuilder(t)
	store := b.answersIn([]string{"PATH=/bin"})
	store.put("q", []byte("answer"), nil, time.Now())
	if _, ok := store.get("q"); ok || filepath.IsAbs(store.dir) {
		t.Errorf("remembered in %q", store.dir)
	}
}

// TestNoCacheAtAll: the go command refuses to work, in its own words, and no folder is
// made that is called as the setting is.
func TestNoCacheAtAll(t *testing.T) {
	dir := folder(t, "go.mod", goMod, "main.go", hello)
	t.Chdir(dir)
	b := newBuilder(t)
	r, err := b.Build(t.Context(), Request{Dir: dir, Env: append(os.Environ(), "GOCACHE=off")})
	if err != nil || r.Exit == 0 || !strings.Contains(string(r.Output), "GOCACHE=off") {
		t.Errorf("%v, exit %d: %s", err, r.Exit, r.Output)
	}
	if exists("off") {
		t.Error("there is a folder off")
	}
}
