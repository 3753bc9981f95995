package build

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

// crashes is a program that says where it lies.
const crashes = `package main

import "fmt"

func main() {
	done := make(chan int)
	go func() { done <- 1 }()
	fmt.Println(<-done)
	panic("here")
}
`

// process is a builder as another process would have one.
type process struct {
	t     *testing.T
	b     *Builder
	cache string
}

func newProcess(t *testing.T, cache string) *process {
	b, err := New(Config{GoTool: realGo(t), RT: os.DirFS(".."), CacheDir: cache, WorkDir: t.TempDir(), Seed: ofSetup(t), Keep: true, Logf: t.Logf})
	if err != nil {
		t.Fatal(err)
	}
	return &process{t, b, cache}
}

// build builds a program, and returns when it is kept.
func (p *process) build(req Request) Result {
	p.t.Helper()
	r := mustBuild(p.t, p.b, req)
	p.b.Wait()
	return r
}

// finds builds in a process of its own and expects the program to be there, or not.
func (p *process) finds(want bool, req Request) Result {
	p.t.Helper()
	r := newProcess(p.t, p.cache).build(req)
	if r.Cached != want {
		p.t.Errorf("found: %v, want %v, of %+v", r.Cached, want, req)
	}
	return r
}

// gonb is a folder as GoNB makes one for each of its kernels.
func gonb(t *testing.T, id string, files ...string) string {
	dir := filepath.Join(t.TempDir(), "gonb_"+id)
	write(t, filepath.Join(dir, "go.mod"), "module gonb_"+id+"\n\ngo 1.26.0\n")
	for i := 0; i < len(files); i += 2 {
		write(t, filepath.Join(dir, files[i]), files[i+1])
	}
	return dir
}

// What one kernel has built another finds, and it is the program of the folder that it
// is asked for.
func TestProgramsAreKept(t *testing.T) {
	p := newProcess(t, freshCache(t))
	one, two := gonb(t, "00000001", "main.go", crashes), gonb(t, "00000002", "main.go", crashes)
	built := p.build(Request{Dir: one, Values: []string{"done"}})
	if built.Cached {
		t.Fatal("found in an empty cache")
	}
	found := p.finds(true, Request{Dir: two, Values: []string{"done"}})
	mine, its := strings.ReplaceAll(fmt.Sprintf("%+v", built), one, "DIR"), strings.ReplaceAll(fmt.Sprintf("%+v", found), two, "DIR")
	of := func(text string) string {
		_, text, _ = strings.Cut(text, " Sites:")
		return strings.Replace(text, "Cached:false", "Cached:true", 1)
	}
	if of(mine) != of(its) || len(found.Sites) == 0 {
		t.Errorf("found\n%s\nbuilt\n%s", its, mine)
	}
	for _, r := range []struct{ dir, program string }{{one, built.Binary}, {two, found.Binary}} {
		if text, exit := output(t, r.program); exit != 2 || !strings.Contains(text, filepath.Join(r.dir, "main.go:9")) {
			t.Errorf("exit status %d, printed\n%s\nwant a traceback with %s", exit, text, r.dir)
		}
	}
	if text, _ := output(t, found.Binary); strings.Contains(text, one) {
		t.Errorf("it names the folder of another:\n%s", text)
	}
}

// One that can be explored also runs; all else that differs makes another program.
func TestProgramsOfOtherQuestions(t *testing.T) {
	p := newProcess(t, freshCache(t))
	p.build(Request{Dir: gonb(t, "00000001", "main.go", crashes), Explore: true})
	p.finds(true, Request{Dir: gonb(t, "00000002", "main.go", crashes), Explore: true})
	p.finds(true, Request{Dir: gonb(t, "00000003", "main.go", crashes)})
	for i, req := range []Request{
		{Dir: gonb(t, "00000004", "main.go", strings.Replace(crashes, "here", "there", 1))},
		{Dir: gonb(t, "00000005", "main.go", crashes), Plain: true},
		{Dir: gonb(t, "00000006", "main.go", crashes), Spans: []string{"main"}},
		{Dir: gonb(t, "00000007", "main.go", crashes, "more.go", "package main\n")},
		{Dir: gonb(t, "00000008", "main.go", crashes, "go.mod", "module gonb_00000008\n\ngo 1.25.0\n")},
		{Dir: gonb(t, "00000009", "main.go", crashes, "data.h", "")},
		{Dir: gonb(t, "00000010x", "main.go", crashes)},
	} {
		if r := p.finds(false, req); r.Binary == "" {
			t.Errorf("%d: no program", i)
		}
	}
}

// A program is not found by a kernel with another recorder.
func TestProgramsOfAnotherRecorder(t *testing.T) {
	files, err := runtimeFiles(os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	changed := fstest.MapFS{}
	for name, text := range files {
		changed[strings.TrimPrefix(name, "kernel/")] = &fstest.MapFile{Data: append(text, "\n// changed\n"...)}
	}
	dir := gonb(t, "00000001", "main.go", crashes)
	found := map[string]bool{}
	for _, recorder := range []fs.FS{os.DirFS(".."), changed} {
		b, err := New(Config{GoTool: realGo(t), RT: recorder, CacheDir: t.TempDir(), WorkDir: t.TempDir(), Keep: true})
		if err != nil {
			t.Fatal(err)
		}
		j, err := b.newJob(t.Context(), Request{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		disk, ok := b.programsFor(j)
		if !ok {
			t.Fatal("it is not kept")
		}
		found[filepath.Base(disk.path(j.question(disk.recorder)))] = true
	}
	if len(found) != 2 {
		t.Errorf("both look for %v", found)
	}
}

// A program that names its folder is for that folder alone, one with packages of others
// for the process alone.
func TestProgramsThatDoNotLast(t *testing.T) {
	p := newProcess(t, freshCache(t))
	dir := gonb(t, "00000001")
	write(t, filepath.Join(dir, "main.go"), strings.Replace(crashes, "here", dir, 1))
	p.build(Request{Dir: dir})
	p.finds(false, Request{Dir: dir})
	own := gonb(t, "00000002", "main.go", strings.Replace(crashes, "\n\n", "\n\nimport _ \"gonb_00000002/own\"\n", 1), "own/own.go", own1)
	p.build(Request{Dir: own})
	p.finds(false, Request{Dir: own})
}

// A file that was cut off or changed is no program.
func TestDamagedPrograms(t *testing.T) {
	p := newProcess(t, freshCache(t))
	dir := gonb(t, "00000001", "main.go", crashes)
	p.build(Request{Dir: dir})
	all, err := filepath.Glob(filepath.Join(p.cache, "programs", "*"))
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	text, err := os.ReadFile(all[0])
	if err != nil {
		t.Fatal(err)
	}
	changed := []byte(string(text))
	changed[len(text)/2]++
	for _, damaged := range [][]byte{text[:len(text)-1], text[:100], nil, changed} {
		if err := os.WriteFile(all[0], damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		p.finds(false, Request{Dir: dir})
	}
	p.finds(true, Request{Dir: dir})
}

// Only so many programs stay, and any number of processes may put theirs at once.
func TestProgramsAreTrimmed(t *testing.T) {
	dir := t.TempDir()
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() { keep(filepath.Join(dir, fmt.Sprint(i)), []byte("text"), 10, 1<<20) })
	}
	all.Wait()
	keep(filepath.Join(dir, "last"), []byte("text"), 10, 1<<20)
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 10 {
		t.Errorf("%d files, %v", len(entries), err)
	}
}
