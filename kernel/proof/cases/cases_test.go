// Package cases holds small programs about which the tool must say exactly what
// is true. Each file of testdata is one: the program, and a script that asks the
// command line about it. Where it once said something false, the file keeps it
// from saying so again.
package cases

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"

	"threading101/kernel/build"
	"threading101/kernel/build/buildtest"
	"threading101/kernel/cli"
	explorer "threading101/kernel/explore"
	"threading101/kernel/render/found"
	"threading101/kernel/render/picture"
)

var only = flag.String("case", "", "only the cases whose names contain this")

func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // to collect the garbage of many small programs as often as usual is a tenth of the work
	testscript.Main(m, map[string]func(){
		"threading101": func() {
			args := append([]string{"threading101"}, os.Args[1:]...)
			os.Exit(cli.Main(args, os.DirFS(os.Getenv("KERNEL_SOURCE")), os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestCases runs testdata/*.txtar.
func TestCases(t *testing.T) {
	source, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(source, "proof", "cases", "testdata", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatal("no cases: ", err)
	}
	t.Chdir(t.TempDir()) // where programs put their files
	files = slices.DeleteFunc(files, func(f string) bool { return !strings.Contains(filepath.Base(f), *only) })
	caches := goEnv(t, "GOCACHE", "GOMODCACHE", "GOPROXY")
	all := linkedTogether(t, source, files)
	testscript.Run(t, testscript.Params{
		Files: files,
		Setup: func(env *testscript.Env) error {
			env.Vars = append(append(env.Vars, "KERNEL_SOURCE="+source), caches...)
			env.Values[asked{}] = new(question)
			env.Values[lent{}] = all
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"explore": explore, "check": check, "run": runProgram,
			"complete": complete, "level": level, "interleavings": interleavings, "classes": classes,
			"outcome": outcome, "errors": printsErrors, "outcomes": outcomes, "tokens": tokens, "says": says, "races": races,
			"holds": holds, "note": note, "same": same,
		},
	})
}

// asked is the key of the last explore or check of a script.
type asked struct{}

// question is one explore or check, and what it found.
type question struct {
	number  int // in the script, from 1
	args    []string
	most    int // the largest exit status it may have
	answer  found.Check
	budget  time.Duration // it had at last
	patient bool          // it has had all the time it may have
}

func of(ts *testscript.TestScript) *found.Check { return &last(ts).answer }

func last(ts *testscript.TestScript) *question { return ts.Value(asked{}).(*question) }

// explore FLAGS… PROGRAM explores a program.
func explore(ts *testscript.TestScript, neg bool, args []string) {
	ask(ts, neg, append([]string{"explore", "-json"}, args...), 0)
}

// check PROPERTY FLAGS… PROGRAM checks one property of a program.
func check(ts *testscript.TestScript, neg bool, args []string) {
	ask(ts, neg, append([]string{"check", "-json", "-property", args[0]}, args[1:]...), 3)
}

// A search that tries everything needs only a moment. Any other has the time that a
// search has if nobody says otherwise, so that what must not come has its chance to
// come: at once, if the script says that not everything will be tried. On a busy machine
// that may not be enough for what must come: where it is missing it is looked for again,
// with twice the time, until it has had a minute.
const (
	moment = 500 * time.Millisecond
	long   = time.Minute
)

// ask runs the command line, which may end with any status up to most, and keeps
// the JSON it prints.
func ask(ts *testscript.TestScript, neg bool, args []string, most int) {
	if neg {
		ts.Fatalf("! %s means nothing", args[0])
	}
	q := last(ts)
	*q = question{number: q.number + 1, args: args, most: most, patient: slices.Contains(args, "-budget")}
	if q.patient || !unfinished(ts)[q.number-1] {
		if q.ask(ts, moment); q.answer.Complete || q.patient {
			return
		}
	}
	q.ask(ts, explorer.DefaultBudget)
}

// unfinished says of each explore and check of a script whether it must not have tried
// everything.
func unfinished(ts *testscript.TestScript) (all []bool) {
	archive, err := txtar.ParseFile(filepath.Join(ts.Getenv("KERNEL_SOURCE"), "proof", "cases", "testdata", ts.Name()+".txtar"))
	ts.Check(err)
	for line := range strings.Lines(string(archive.Comment)) {
		switch words := strings.Fields(line); {
		case len(words) > 0 && (words[0] == "explore" || words[0] == "check"):
			all = append(all, false)
		case slices.Equal(words, []string{"!", "complete"}):
			all[len(all)-1] = true
		}
	}
	return all
}

func (q *question) ask(ts *testscript.TestScript, budget time.Duration) {
	q.budget = budget
	args := q.args
	if !slices.Contains(args, "-budget") {
		args = slices.Insert(slices.Clone(args), 1, "-budget", budget.String())
	}
	out, code := threading101(ts, args...)
	if code > q.most {
		ts.Fatalf("exit status %d", code)
	}
	q.answer = found.Check{}
	ts.Check(json.Unmarshal(out, &q.answer))
}

// settled reports whether something was found, at the latest once the search has had
// all the time it may have.
func settled(ts *testscript.TestScript, ok func() bool) bool {
	q := last(ts)
	for !ok() && !q.patient {
		q.ask(ts, min(2*q.budget, long))
		q.patient = q.budget == long
	}
	return ok()
}

// programs have one builder for all scripts: what one has asked the go command, the next
// script need not ask again, and a program that a script has explored is not built again
// to replay its tokens. Most are linked together, from copies of the archives.
type programs struct {
	builder *build.Builder
	copies  string // a folder for each script
}

// lent is the key of the programs in a script's values.
type lent struct{}

func linkedTogether(t *testing.T, source string, files []string) *programs {
	t.Helper()
	builder, err := buildtest.New(source, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	p := &programs{builder, t.TempDir()}
	var requests []build.Request
	for _, file := range files {
		script := strings.TrimSuffix(filepath.Base(file), ".txtar")
		archive, err := txtar.ParseFile(file)
		if err == nil {
			err = txtar.Write(archive, p.copyOf(script))
		}
		if err != nil {
			t.Fatal(err)
		}
		requests = append(requests, p.requests(script, archive)...)
	}
	if err := builder.Together(t.Context(), requests); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *programs) copyOf(script string) string { return filepath.Join(p.copies, script) }

// requests are what a script has built by its commands: the files and folders that they
// name last.
func (p *programs) requests(script string, archive *txtar.Archive) (all []build.Request) {
	known := map[string]bool{}
	for line := range strings.Lines(string(archive.Comment)) {
		words := strings.Fields(line)
		if len(words) < 2 || known[words[len(words)-1]] {
			continue
		}
		name := words[len(words)-1]
		known[name] = true
		path := filepath.Join(p.copyOf(script), name)
		switch info, err := os.Stat(path); {
		case err != nil:
		case info.IsDir():
			all = append(all, build.Request{Dir: path, Explore: true})
		case filepath.Ext(path) == ".go":
			all = append(all, build.Request{Dir: filepath.Dir(path), Files: []string{filepath.Base(path)}, Explore: true})
		}
	}
	return all
}

// locate is the copy of a file or folder of a script's folder, if there is one and the
// script has not changed it.
func (p *programs) locate(ts *testscript.TestScript, name string) string {
	path, twin := ts.MkAbs(name), filepath.Join(p.copyOf(ts.Name()), name)
	alike := true
	err := filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(file)
		other, otherErr := os.ReadFile(twin + strings.TrimPrefix(file, path))
		alike = alike && otherErr == nil && bytes.Equal(text, other)
		return err
	})
	if err == nil && alike {
		return twin
	}
	return path
}

// enough is longer than any command takes that comes to an end.
const enough = 2 * time.Minute

// runProgram FLAGS… PROGRAM is threading101 run. What it prints is there for stdout and
// stderr.
func runProgram(ts *testscript.TestScript, neg bool, args []string) {
	stdout, stderr, code := threading101Prints(ts, append([]string{"run"}, args...)...)
	ts.Stdout().Write(stdout)
	ts.Stderr().Write(stderr)
	if (code != 0) != neg {
		ts.Fatalf("exit status %d", code)
	}
}

// threading101 runs the command line in this process, and returns what it printed to its
// standard output.
func threading101(ts *testscript.TestScript, args ...string) (out []byte, code int) {
	out, errors, code := threading101Prints(ts, args...)
	ts.Logf("threading101 %s\n%s%s", strings.Join(args, " "), out, errors)
	return out, code
}

func threading101Prints(ts *testscript.TestScript, args ...string) (out, errors []byte, code int) {
	var stdout, stderr bytes.Buffer
	env := cli.Env{
		Runtime: os.DirFS(ts.Getenv("KERNEL_SOURCE")), Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
		Builder: ts.Value(lent{}).(*programs).builder,
	}
	ended := make(chan int, 1)
	go func() { ended <- cli.Run(env, inFolder(ts, args)) }()
	select {
	case code = <-ended:
	case <-time.After(enough):
		ts.Fatalf("threading101 %s does not end", strings.Join(args, " "))
	}
	return stdout.Bytes(), stderr.Bytes(), code
}

// inFolder are the arguments with those that name a file of the script's folder
// as they are called from anywhere.
func inFolder(ts *testscript.TestScript, args []string) []string {
	args = slices.Clone(args)
	for i, arg := range args {
		if _, err := os.Stat(ts.MkAbs(arg)); err == nil && arg != "" {
			args[i] = ts.Value(lent{}).(*programs).locate(ts, arg)
		}
	}
	return args
}

// complete: every interleaving was tried; "! complete": not in the time that a search
// has if nobody says otherwise.
func complete(ts *testscript.TestScript, neg bool, _ []string) {
	if neg == of(ts).Complete && (neg || !settled(ts, func() bool { return of(ts).Complete })) {
		ts.Fatalf("complete is %v, level %s", of(ts).Complete, of(ts).Level)
	}
}

// level NAME: how far the search got.
func level(ts *testscript.TestScript, _ bool, args []string) {
	equal(ts, func() string { return of(ts).Level }, args[0])
}

// interleavings N, or null.
func interleavings(ts *testscript.TestScript, _ bool, args []string) {
	equal(ts, func() string { return text(of(ts).Interleavings) }, args[0])
}

// classes N.
func classes(ts *testscript.TestScript, _ bool, args []string) {
	equal(ts, func() string { return strconv.Itoa(of(ts).Classes) }, args[0])
}

// outcomes N: so many were found.
func outcomes(ts *testscript.TestScript, _ bool, args []string) {
	equal(ts, func() string { return strconv.Itoa(len(of(ts).Outcomes)) }, args[0])
}

// outcome STATUS VALUE [INTERLEAVINGS]: it was found. \n in VALUE is a line break.
func outcome(ts *testscript.TestScript, neg bool, args []string) {
	value := strings.ReplaceAll(args[1], `\n`, "\n")
	find := func() int {
		return slices.IndexFunc(of(ts).Outcomes, func(o found.Outcome) bool { return o.Status == args[0] && o.Value == value })
	}
	switch {
	case neg && find() >= 0:
		ts.Fatalf("found: %s %q", args[0], value)
	case neg:
	case !settled(ts, func() bool { return find() >= 0 }):
		ts.Fatalf("not found: %s %q", args[0], value)
	case len(args) > 2:
		equal(ts, func() string { return text(of(ts).Outcomes[find()].Interleavings) }, args[2])
	}
}

// errors STATUS TEXT: an outcome was found that prints this to its standard error.
func printsErrors(ts *testscript.TestScript, neg bool, args []string) {
	printed := strings.ReplaceAll(args[1], `\n`, "\n")
	wasPrinted := func() bool {
		return slices.ContainsFunc(of(ts).Outcomes, func(o found.Outcome) bool {
			return o.Status == args[0] && o.Stderr == printed
		})
	}
	if neg && wasPrinted() || !neg && !settled(ts, wasPrinted) {
		ts.Fatalf("found is %v: %s %q", neg, args[0], printed)
	}
}

// tokens: each outcome has one, and each replay ends as the outcome says. The
// arguments are those of run that come before the program, and the program.
func tokens(ts *testscript.TestScript, _ bool, args []string) {
	settled(ts, func() bool {
		return !slices.ContainsFunc(of(ts).Outcomes, func(o found.Outcome) bool { return o.Token == "" })
	})
	for _, o := range of(ts).Outcomes {
		if o.Token == "" {
			ts.Fatalf("no token: %s %q", o.Status, o.Value)
		}
		out, _ := threading101(ts, append([]string{"run", "-json", "-replay", o.Token}, args...)...)
		var run picture.Run
		if err := json.Unmarshal(out, &run); err != nil {
			ts.Fatalf("replay of %s: %v\n%s", o.Token, err, out)
		}
		if run.Status != o.Status {
			ts.Fatalf("the replay of %s ends as %s, want %s", o.Token, run.Status, o.Status)
		}
	}
}

// says STATUS REGEXP PROGRAM: the run of the first outcome of that status explains
// itself so, on one line; "! says": it does not.
func says(ts *testscript.TestScript, neg bool, args []string) {
	settled(ts, func() bool {
		return slices.ContainsFunc(of(ts).Outcomes, func(o found.Outcome) bool { return o.Status == args[0] && o.Token != "" })
	})
	for _, o := range of(ts).Outcomes {
		if o.Status != args[0] {
			continue
		}
		out, _ := threading101(ts, "run", "-replay", o.Token, args[2])
		text := strings.Join(strings.Fields(string(out)), " ")
		if regexp.MustCompile(args[1]).MatchString(text) == neg {
			ts.Fatalf("the run of %s says\n%s", o.Token, out)
		}
		return
	}
	ts.Fatalf("no outcome %s", args[0])
}

// races N: so many pairs race. "! races 0" says that there are some.
func races(ts *testscript.TestScript, neg bool, args []string) {
	if !settled(ts, func() bool { return neg != (strconv.Itoa(len(of(ts).Races)) == args[0]) }) {
		ts.Fatalf("%d races", len(of(ts).Races))
	}
}

// holds: the property does in all that was tried; "! holds": it fails, with a token.
func holds(ts *testscript.TestScript, neg bool, _ []string) {
	settled(ts, func() bool {
		all := of(ts).Verdicts
		return len(all) == 1 && (all[0].Holds || all[0].Token != nil) && all[0].Holds != neg
	})
	all := of(ts).Verdicts
	if len(all) != 1 || all[0].Holds == neg {
		ts.Fatalf("verdicts: %+v", all)
	}
	if neg && all[0].Token == nil {
		ts.Fatalf("it fails, and has no token")
	}
}

// note TEXT: something with this text could not be controlled, or was held fixed.
func note(ts *testscript.TestScript, neg bool, args []string) {
	notes := func() string { return strings.Join(of(ts).Uncontrolled, "\n") }
	noted := func() bool { return strings.Contains(notes(), args[0]) }
	if neg && noted() || !neg && !settled(ts, noted) {
		ts.Fatalf("notes:\n%s", notes())
	}
}

// same N FLAGS… PROGRAM: run prints the same JSON N times.
func same(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	var first []byte
	for i := range n {
		out, _ := threading101(ts, append([]string{"run", "-json"}, args[1:]...)...)
		if i == 0 {
			first = out
		}
		if !bytes.Equal(out, first) {
			ts.Fatalf("run %d differs:\n%s\n%s", i, first, out)
		}
	}
}

func equal(ts *testscript.TestScript, got func() string, want string) {
	if !settled(ts, func() bool { return got() == want }) {
		ts.Fatalf("%s, want %s", got(), want)
	}
}

func text(s *string) string {
	if s == nil {
		return "null"
	}
	return *s
}

// goEnv returns NAME=value of the go command's settings: scripts run with a home
// of their own, and would fill new caches.
func goEnv(t *testing.T, names ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"env"}, names...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for i, value := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		all = append(all, fmt.Sprint(names[i], "=", value))
	}
	return all
}
