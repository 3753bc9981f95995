package build

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/instrument/site"
)

// ownProgram is a program of three packages of one module: main imports two, and
// one of them the other.
var ownProgram = []string{
	"go.mod", "module program\n\ngo 1.26.0\n",
	"main.go", `package main

import (
	"fmt"

	"program/count"
	"program/internal/steps"
)

func main() {
	done := make(chan bool)
	go func() { count.Add(steps.One); done <- true }()
	count.Add(steps.One)
	<-done
	fmt.Println(count.Total <= 2)
}
`,
	"count/count.go", `package count

import "program/internal/steps"

var Total int

func Add(n steps.Step) { Total += int(n) }
`,
	"internal/steps/steps.go", "package steps\n\ntype Step int\n\nvar One Step = 1\n\nfunc init() { One = 1 }\n",
}

// sitesIn counts the sites in files of that name.
func sitesIn(sites []event.Site, name string) (n int) {
	for _, s := range sites {
		if strings.HasSuffix(s.File, name) {
			n++
		}
	}
	return n
}

func TestOwnPackages(t *testing.T) {
	for _, slow := range []bool{false, true} {
		way := map[bool]string{false: "direct", true: "overlay"}[slow]
		t.Run(way, func(t *testing.T) {
			b := realBuilder(t)
			b.slowOnly = slow
			dir := folder(t, ownProgram...)
			r := mustBuild(t, b, Request{Dir: dir, Env: offline()})
			if r.way != way || !r.Instrumented || len(r.Uncontrolled)+len(r.Notes) > 0 {
				t.Errorf("way %q, instrumented %v, uncontrolled %q, notes %q", r.way, r.Instrumented, r.Uncontrolled, r.Notes)
			}
			for _, name := range []string{"main.go", "count/count.go"} {
				if sitesIn(r.Sites, filepath.Join(dir, name)) == 0 {
					t.Errorf("no sites in %s", name)
				}
			}
			if got := behaviour(t, r.Binary); got != "true\nexit 0\n" {
				t.Error(got)
			}
		})
	}
}

// What is compiled is what lies there: a package that changed is compiled again,
// one that did not is not, and what main writes of it counts.
func TestOwnPackageChanges(t *testing.T) {
	b := realBuilder(t)
	dir := folder(t, ownProgram...)
	first := mustBuild(t, b, Request{Dir: dir, Env: offline()})
	objects := maps.Clone(b.objects)
	again := mustBuild(t, b, Request{Dir: dir, Env: offline()})
	if again.Code != first.Code || !maps.Equal(objects, b.objects) {
		t.Errorf("codes %s and %s, the same objects: %v", first.Code, again.Code, maps.Equal(objects, b.objects))
	}
	write(t, filepath.Join(dir, "count", "count.go"), strings.Replace(ownProgram[5], "Total +=", "Total += 5 +", 1))
	changed := mustBuild(t, b, Request{Dir: dir, Env: offline()})
	if changed.Code == first.Code || changed.Cached {
		t.Errorf("the code is still %s; cached %v", changed.Code, changed.Cached)
	}
	if got := behaviour(t, changed.Binary); got != "false\nexit 0\n" {
		t.Error(got)
	}
	for place, o := range objects {
		if same := b.objects[place] == o; same == strings.HasPrefix(place, "program/count") {
			t.Errorf("%s: the same object: %v", place, same)
		}
	}
}

// A package whose rewritten source does not compile runs as it is, and is named.
func TestOwnPackageFails(t *testing.T) {
	b := realBuilder(t)
	b.rewrite = func(b *Builder, f *file, c *checked, next uint32) ([]byte, []event.Site, []site.Note, error) {
		if c.pkg.Name() == "count" {
			return append(bytes.Clone(f.text), "var x int = false\n"...), nil, nil, nil
		}
		return instrumenter(b, f, c, next)
	}
	r := mustBuild(t, b, Request{Dir: folder(t, ownProgram...), Env: offline()})
	if !r.Instrumented || !slices.Equal(r.Uncontrolled, []string{"program/count"}) || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "cannot use false") {
		t.Errorf("instrumented %v, uncontrolled %q, notes %q", r.Instrumented, r.Uncontrolled, r.Notes)
	}
	if got := behaviour(t, r.Binary); got != "true\nexit 0\n" {
		t.Error(got)
	}
}

// A package with cgo stays as it is, and so does all that it imports: it was
// compiled against that.
func TestOwnPackageUnderCgo(t *testing.T) {
	if !hasCompiler("gcc", os.Environ()) {
		t.Skip("no C compiler (gcc)")
	}
	files := slices.Clone(ownProgram)
	files[5] = strings.Replace(files[5], "import \"program/internal/steps\"", "// #include <stdlib.h>\nimport \"C\"\n\nimport \"program/internal/steps\"", 1)
	files[5] += "\nfunc Abs(n int) int { return int(C.abs(C.int(n))) }\n"
	r := mustBuild(t, realBuilder(t), Request{Dir: folder(t, files...), Env: offline()})
	if !r.Instrumented || !slices.Equal(r.Uncontrolled, []string{"program/count", "program/internal/steps"}) {
		t.Errorf("instrumented %v, uncontrolled %q, notes %q", r.Instrumented, r.Uncontrolled, r.Notes)
	}
	if got := behaviour(t, r.Binary); got != "true\nexit 0\n" {
		t.Error(got)
	}
}

// What Go says of a package that does not compile is what the learner reads.
func TestOwnPackageErrors(t *testing.T) {
	for name, text := range map[string]string{
		"syntax": "package count\n\nfunc Add(n int) {\n",
		"type":   "package count\n\nvar Total int\n\nfunc Add(n any) { Total += \"a\" }\n",
		"unused": "package count\n\nimport \"os\"\n\nvar Total int\n\nfunc Add(n any) {}\n",
		"cycle":  "package count\n\nimport \"program/count\"\n\nvar Total int\n\nfunc Add(n any) { count.Add(n) }\n",
	} {
		t.Run(name, func(t *testing.T) {
			files := slices.Clone(ownProgram)
			files[5] = text
			dir := folder(t, files...)
			req := Request{Dir: dir, Env: append(offline(), "CGO_ENABLED=0")}
			cmd := exec.Command(realGo(t), "build", slim, "-o", filepath.Join(t.TempDir(), "x"))
			cmd.Dir, cmd.Env = dir, append(req.Env, "PWD="+dir)
			want, _ := cmd.CombinedOutput()
			r, err := realBuilder(t).Build(t.Context(), req)
			if err != nil || r.Exit != cmd.ProcessState.ExitCode() || r.Exit == 0 || !bytes.Equal(r.Output, want) {
				t.Errorf("%v, exit %d\n%swant\n%s", err, r.Exit, r.Output, want)
			}
		})
	}
}

// No room for the recorder: the program runs as it is, and the reason is told.
func TestNoRoom(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "")
	b, err := New(Config{GoTool: realGo(t), RT: os.DirFS(".."), CacheDir: filepath.Join(file, "cache"), WorkDir: t.TempDir(), Logf: t.Logf})
	if err != nil {
		t.Fatal(err)
	}
	r := mustBuild(t, b, Request{Dir: folder(t, ownProgram...), Env: offline()})
	if r.Instrumented || !strings.Contains(r.Unrecorded, "not a directory") {
		t.Errorf("instrumented %v, unrecorded %q, notes %q", r.Instrumented, r.Unrecorded, r.Notes)
	}
}
