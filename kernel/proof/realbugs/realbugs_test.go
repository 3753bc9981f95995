// Package realbugs holds kinds of concurrency bugs that were published of Go
// programs, each as a small program of our own that has the bug and a twin in
// which it is mended. The bug must be found, with a token whose run shows it; of
// the twin nothing bad may be said.
//
// An archive of testdata is one kind. Its comment says what the bug is and where
// the kind was described. What is asked of each of its programs is at that
// program's top:
//
//	// must find: race NAME             two accesses to NAME race
//	// must find: deadlock              a run ends so; likewise leak, panic, exit
//	// must find: outcome other than X  a run in which main returns prints something else
//	// must say: WORD                   the explanation of the run that was found has this word
//	// must be clean                    no race, and every run ends well
//	// must print: X                    some run prints this, and each prints one of these
//	// not all: WORD                    the search is not complete, and says why with this word
//	// clock: virtual                   delays keep their meaning
package realbugs

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"threading101/kernel/build"
	"threading101/kernel/build/buildtest"
	"threading101/kernel/explain"
	"threading101/kernel/explore"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// TestRealBugs runs testdata/*.txtar.
func TestRealBugs(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no bugs: ", err)
	}
	var all []*program
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"bug", "fixed"} {
			all = append(all, newProgram(t, a, strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+name))
		}
	}
	linkTogether(t, all)
	for _, p := range all {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			p.build(t)
			p.explore(t)
			p.test(t)
		})
	}
}

// program is one of the two programs of an archive.
type program struct {
	name   string // "lazy-map/bug"
	dir    string
	files  map[string][]byte // by their path in the module
	asked  map[string][]string
	spec   run.Spec
	result *model.Result
}

// newProgram takes NAME.go of an archive, or the module that lies in the folder NAME,
// where NAME is the last part of the program's name.
func newProgram(t *testing.T, a *txtar.Archive, of string) *program {
	t.Helper()
	p := &program{name: of, dir: t.TempDir(), files: map[string][]byte{"go.mod": []byte("module program\n\ngo 1.26.0\n")}}
	name := path.Base(of)
	for _, f := range a.Files {
		if path, ok := strings.CutPrefix(f.Name, name+"/"); ok {
			p.files[path] = f.Data
		}
		if f.Name == name+".go" {
			p.files["main.go"] = f.Data
		}
	}
	p.asked = asked(t, p.files["main.go"])
	for path, data := range p.files {
		path = filepath.Join(p.dir, path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, data, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// request has a program built as the command line does.
func (p *program) request() build.Request { return build.Request{Explore: true, Dir: p.dir} }

// linkTogether links what can be linked into one, which takes longer than to compile.
func linkTogether(t *testing.T, all []*program) {
	t.Helper()
	var requests []build.Request
	for _, p := range all {
		requests = append(requests, p.request())
	}
	if err := builder.Together(t.Context(), requests); err != nil {
		t.Fatal(err)
	}
}

// explore explores the program.
func (p *program) explore(t *testing.T) {
	t.Helper()
	clock := sched.Free
	if p.asked["clock"] != nil {
		clock = sched.Virtual
	}
	var err error
	p.result, err = explore.Explore(t.Context(), explore.Spec{Run: p.spec, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
}

// directives are what a program's top may ask.
var directives = []string{"must find", "must say", "must be clean", "must print", "not all", "clock"}

// asked reads the comment at a program's top.
func asked(t *testing.T, src []byte) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for line := range strings.Lines(string(src)) {
		text, ok := strings.CutPrefix(line, "// ")
		if !ok {
			break
		}
		key, value, _ := strings.Cut(strings.TrimSpace(text), ":")
		if !slices.Contains(directives, key) {
			t.Fatalf("%q means nothing", key)
		}
		all[key] = append(all[key], strings.TrimSpace(value))
	}
	return all
}

var builder *build.Builder

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "realbugs-")
	if err == nil {
		builder, err = buildtest.New("../..", dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	debug.SetGCPercent(400) // to collect the garbage of many small programs as often as usual is a tenth of the work
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// build says how the program is run.
func (p *program) build(t *testing.T) {
	t.Helper()
	r, err := builder.Build(t.Context(), p.request())
	if err != nil || r.Exit != 0 || !r.Instrumented {
		t.Fatalf("building: %v\n%s%v", err, r.Output, r.Notes)
	}
	p.spec = run.Spec{Path: r.Binary, Sites: r.Sites, Code: r.Code, Uncontrolled: r.Uncontrolled}
}

// test asks what the program's top asks.
func (p *program) test(t *testing.T) {
	defer func() {
		if t.Failed() {
			p.log(t)
		}
	}()
	p.everyToken(t)
	for _, want := range p.asked["must find"] {
		p.mustFind(t, want)
	}
	if p.asked["must be clean"] != nil {
		p.mustBeClean(t)
	}
	if p.asked["must find"] == nil && p.asked["must be clean"] == nil {
		t.Error("nothing is asked of it")
	}
}

// log lists what was found.
func (p *program) log(t *testing.T) {
	r := p.result
	t.Logf("level %d, %d classes, %d runs, stopped %q, notes %q", r.Level, r.Classes, r.Runs, r.Stopped, r.Notes)
	for _, o := range r.Outcomes {
		t.Logf("%s %q %s", o.Status, o.Value, o.Token)
	}
	for _, race := range r.Races {
		t.Logf("race %q: line %d, line %d, %s", race.Object, race.A.Line, race.B.Line, race.Token)
	}
}

// everyToken makes each outcome again by its token, which must have been tried
// before: only then is it the one that the run itself names.
func (p *program) everyToken(t *testing.T) {
	if p.result.Runs == 0 || len(p.result.Outcomes) == 0 {
		t.Error("nothing was tried")
	}
	for _, o := range p.result.Outcomes {
		if o.Token == "" {
			t.Errorf("%s %q has no token", o.Status, o.Value)
			continue
		}
		x := p.replay(t, o.Token)
		if x.Token != o.Token {
			t.Errorf("%s %q: its token was not tried: %s makes %s", o.Status, o.Value, o.Token, x.Token)
		}
		if x.Execution.Status != o.Status || x.Stdout != o.Value {
			t.Errorf("%s %q: its token ends %s %q", o.Status, o.Value, x.Execution.Status, x.Stdout)
		}
	}
}

func (p *program) replay(t *testing.T, token string) *run.Result {
	x, err := explore.Open(t.Context(), explore.Spec{Run: p.spec}, token)
	if err != nil || x.Execution == nil {
		t.Fatalf("replay of %s: %v", token, err)
	}
	return x
}

// mustFind asks for one bug, and that a run in which it is found tells of it.
func (p *program) mustFind(t *testing.T, want string) {
	if object, ok := strings.CutPrefix(want, "race "); ok {
		p.mustRace(t, object)
		return
	}
	i := slices.IndexFunc(p.result.Outcomes, func(o model.Outcome) bool { return shows(o, want) })
	if i < 0 {
		t.Errorf("not found: %s", want)
		return
	}
	if token := p.result.Outcomes[i].Token; token != "" {
		p.mustSay(t, p.replay(t, token), p.asked["must say"])
	}
}

// shows says whether an outcome is a bug that is asked for.
func shows(o model.Outcome, want string) bool {
	if right, ok := strings.CutPrefix(want, "outcome other than "); ok {
		return good(o.Status) && strings.TrimSpace(o.Value) != right
	}
	return string(o.Status) == want
}

// good says whether a program may end so without a bug.
func good(s model.Status) bool { return s == model.OK || s == model.CutOff }

func (p *program) mustRace(t *testing.T, object string) {
	i := slices.IndexFunc(p.result.Races, func(r model.FoundRace) bool { return r.Object == object })
	if i < 0 {
		t.Errorf("no race on %s", object)
		return
	}
	if p.result.Races[i].Token == "" {
		t.Errorf("the race on %s has no token", object)
		return
	}
	x := p.replay(t, p.result.Races[i].Token)
	if !slices.ContainsFunc(x.Execution.Races, func(r model.Race) bool { return r.Object == object }) {
		t.Errorf("the token of the race on %s shows only %+v", object, x.Execution.Races)
	}
	p.mustSay(t, x, []string{object})
}

// mustSay asks what the explanation of a run says.
func (p *program) mustSay(t *testing.T, x *run.Result, all []string) {
	text := strings.Join(explain.Sentences(x.Execution), "\n")
	if x.Crash != nil {
		text += "\n" + x.Crash.Message
	}
	for _, word := range all {
		if !strings.Contains(text, word) {
			t.Errorf("%q is not said:\n%s", word, text)
		}
	}
}

// mustBeClean asks for the contrary of a bug.
func (p *program) mustBeClean(t *testing.T) {
	for _, race := range p.result.Races {
		t.Errorf("a race on %s", race.Object)
	}
	for _, o := range p.result.Outcomes {
		if !good(o.Status) {
			t.Errorf("it ends with %s", o.Status)
		}
	}
	p.mustPrint(t, p.asked["must print"])
	p.mustBeAll(t)
}

// mustPrint asks for what the runs print, where the program's top says it.
func (p *program) mustPrint(t *testing.T, want []string) {
	var got []string
	for _, o := range p.result.Outcomes {
		got = append(got, strings.TrimSpace(o.Value))
	}
	slices.Sort(got)
	slices.Sort(want)
	if got = slices.Compact(got); want != nil && !slices.Equal(got, want) {
		t.Errorf("it prints %q, want %q", got, want)
	}
}

// mustBeAll asks that all interleavings were tried, and nothing was held fixed;
// or else for the reason.
func (p *program) mustBeAll(t *testing.T) {
	said := strings.Join(append(p.result.Notes, p.result.Stopped), "\n")
	reasons := p.asked["not all"]
	if complete := p.result.Complete() && strings.TrimSpace(said) == ""; complete != (reasons == nil) {
		t.Errorf("complete is %v", complete)
	}
	for _, word := range reasons {
		if !strings.Contains(said, word) {
			t.Errorf("the reason %q is not given", word)
		}
	}
}
