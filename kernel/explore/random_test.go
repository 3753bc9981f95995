//go:build !race

package explore

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"threading101/kernel/explore/wire"
	"threading101/kernel/model"
	"threading101/kernel/proof/oracle"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

var (
	randomPrograms = flag.Int("random", 300, "`number` of random programs")
	randomFirst    = flag.Uint64("random.seed", 1, "seed of the first of them")
	randomShrink   = flag.Bool("random.shrink", true, "make a program on which the search fails smaller")
	randomFor      = flag.Duration("random.for", 0, "go on for so long, from a seed of the clock")
	randomKeep     = flag.String("random.keep", "", "a `folder` for programs on which the search fails")
)

// perBuild is how many programs share a source file: building takes far longer than
// running.
const perBuild = 50

// TestRandom holds the search to the oracles on random programs. One on which it fails
// is made as small as it can be before it is shown.
func TestRandom(t *testing.T) {
	if *randomFor > 0 {
		goOn(t)
		return
	}
	for first := 0; first < *randomPrograms; first += perBuild {
		seed := *randomFirst + uint64(first)
		t.Run(fmt.Sprint("from ", seed), func(t *testing.T) {
			t.Parallel()
			holdRandom(t, seed, min(perBuild, *randomPrograms-first))
		})
	}
}

// goOn holds the search to programs nobody has tried yet, as long as was asked for.
func goOn(t *testing.T) {
	begin := time.Now()
	seed := uint64(begin.Unix()) * 1000
	for time.Since(begin) < *randomFor {
		holdRandom(t, seed, perBuild)
		seed += perBuild
		fmt.Printf("%v: to seed %d\n", time.Since(begin).Round(time.Second), seed)
	}
}

// holdRandom holds the search to n programs, the first of that seed.
func holdRandom(t *testing.T, seed uint64, n int) {
	t.Helper()
	var all []candidate
	for i := range uint64(n) {
		p, ends := oracle.Random(seed+i, oracle.Small)
		all = append(all, candidate{name: fmt.Sprint("seed ", seed+i), p: p, ends: ends, clocked: p.Has(oracle.Late)})
	}
	hold(t, all)
}

// candidate is a program that the search is held to.
type candidate struct {
	name string
	p    *oracle.Program
	ends *oracle.Ends

	// It looks at the clock, and is no pair. It may then be counted otherwise than by
	// the plain search: where somebody begins to sleep in the step that starts him.
	clocked bool
}

// hold builds programs together, compares what is found of each, and shrinks those of
// which something else is found than is right.
func hold(t *testing.T, all []candidate) {
	t.Helper()
	for i, problem := range problems(t, all) {
		if problem == "" {
			continue
		}
		if !*randomShrink {
			t.Errorf("%s: %s", all[i].name, problem)
			continue
		}
		small, its := shrink(t, all[i], problem)
		if seed, is := strings.CutPrefix(all[i].name, "seed "); is {
			t.Logf("again: go test ./kernel/explore -run TestRandom -random 1 -random.seed %s", seed)
		}
		t.Errorf("%s: %s\nas small as it gets: %s\n%s", all[i].name, problem, its, small.p.Source())
		small.keep(t, its)
	}
}

// keep writes a program where TestKept finds it, or where one was asked to.
func (c *candidate) keep(t *testing.T, problem string) {
	t.Helper()
	if *randomKeep == "" {
		return
	}
	text, err := json.MarshalIndent(c.p, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	archive := &txtar.Archive{
		Comment: fmt.Appendf(nil, "%s: %s\n", c.name, problem),
		Files:   []txtar.File{{Name: "program.json", Data: append(text, '\n')}, {Name: "main.go", Data: []byte(c.p.Source())}},
	}
	name := strings.ReplaceAll(c.name, " ", "-") + ".txtar"
	if err := os.WriteFile(filepath.Join(*randomKeep, name), txtar.Format(archive), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestKept holds the search to programs on which it has failed.
func TestKept(t *testing.T) {
	files, err := filepath.Glob("testdata/kept/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for some := range slices.Chunk(files, perBuild) {
		var all []candidate
		for _, file := range some {
			all = append(all, kept(t, file))
		}
		hold(t, all)
	}
}

// kept reads a program that was kept.
func kept(t *testing.T, file string) candidate {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p := &oracle.Program{}
	if err := json.Unmarshal(archive.Files[0].Data, p); err != nil {
		t.Fatal(file, err)
	}
	if got, want := p.Source(), string(archive.Files[1].Data); got != want {
		t.Errorf("%s: main.go is not what program.json says:\n%s", file, got)
	}
	ends, err := p.Ends(oracle.Small.States)
	if err != nil {
		t.Fatal(file, err)
	}
	return candidate{name: filepath.Base(file), p: p, ends: ends}
}

// problems is what is wrong with each program, "" where nothing is.
func problems(t *testing.T, all []candidate) []string {
	t.Helper()
	var programs []*oracle.Program
	for _, c := range all {
		programs = append(programs, c.p)
	}
	built := (&subject{name: "random", src: oracle.Together(programs), clock: sched.Free}).build(t)
	found := make([]string, len(all))
	var wait sync.WaitGroup
	free := make(chan bool, atOnce)
	for i, c := range all {
		free <- true
		wait.Go(func() {
			defer func() { <-free }()
			one := built
			one.Args = []string{fmt.Sprint(i)}
			found[i] = c.problem(t, one)
		})
	}
	wait.Wait()
	return found
}

// atOnce is how many programs of one build are looked at at the same time.
const atOnce = 4

// kindOf is the first word of a problem: what is smaller must have the same.
func kindOf(problem string) string {
	kind, _, _ := strings.Cut(problem, ":")
	return kind
}

// shrink looks for a smaller program of which the same is wrong, until there is none.
// One without goroutines would not be instrumented.
func shrink(t *testing.T, c candidate, problem string) (candidate, string) {
	t.Helper()
	for tried := map[string]bool{}; ; {
		var all []candidate
		for _, p := range c.p.Smaller() {
			ends, err := p.Ends(oracle.Small.States)
			if src := p.Source(); err == nil && !tried[src] && p.Has(oracle.Go, oracle.GroupGo) {
				tried[src] = true
				all = append(all, candidate{c.name, p, ends, c.clocked})
			}
		}
		at, its := firstOf(t, all, kindOf(problem))
		if at < 0 {
			return c, problem
		}
		c, problem = all[at], its
	}
}

// firstOf is the first program with a problem of that kind, -1 if none has one.
func firstOf(t *testing.T, all []candidate, kind string) (int, string) {
	t.Helper()
	first := 0
	for some := range slices.Chunk(all, perBuild/4) {
		for i, problem := range problems(t, some) {
			if problem != "" && kindOf(problem) == kind {
				return first + i, problem
			}
		}
		first += len(some)
	}
	return -1, ""
}

// problem holds the search of one program to the oracles: to all its states, to the
// plain search, to sleep sets, and to runs made again by their tokens.
func (c *candidate) problem(t *testing.T, program run.Spec) string {
	t.Helper()
	dpor := searched(t, program, sched.Spec{Search: sched.SearchDPOR, Clock: sched.Free, Budget: uint64(soon)})
	switch {
	case c.ends.Endless || c.loops() && dpor.end != wire.EndDone:
		return ""
	case dpor.end != wire.EndDone:
		return "end: the search ends with " + dpor.end.String()
	}
	if problem := c.otherEnds(dpor); problem != "" {
		return problem + c.plainly(t, program)
	}
	for _, problem := range []string{
		c.otherCounts(t, program, dpor), sums(dpor), strays(t, program, dpor),
	} {
		if problem != "" {
			return problem
		}
	}
	return ""
}

// loops says whether the program may go on for ever.
func (c *candidate) loops() bool { return c.p.Loops() || c.ends.Circles }

// otherEnds says which ends the search has not found, and which there are not.
func (c *candidate) otherEnds(dpor report) (problem string) {
	found := map[oracle.End]bool{}
	for _, o := range dpor.outcomes {
		found[c.end(oracle.End{Status: string(o.status), Output: o.value})] = true
	}
	must, may := c.all(c.ends.Must), c.all(c.ends.May)
	for _, end := range sorted(must) {
		if !found[end] {
			if problem == "" {
				problem = "missing " + end.Status + ":"
			}
			problem += "\n\tnot found: " + end.String()
		}
	}
	for _, end := range sorted(found) {
		if !may[end] {
			if problem == "" {
				problem = "wrong " + end.Status + ":"
			}
			problem += "\n\tfound, and impossible: " + end.String()
		}
	}
	return problem
}

// plainly says whether the plain search is as wrong: then it is not the reduction that
// has left something out.
func (c *candidate) plainly(t *testing.T, program run.Spec) string {
	t.Helper()
	plain := searched(t, program, c.plain())
	switch {
	case plain.end != wire.EndDone:
		return "\n\tthe plain search was not through"
	case c.otherEnds(plain) == "":
		return "\n\tthe plain search is right"
	}
	return "\n\tthe plain search: " + c.otherEnds(plain)
}

// plain asks for a search of each order.
func (c *candidate) plain() sched.Spec {
	return sched.Spec{Search: sched.SearchPlain, Clock: sched.Free, Repeat: 2 * mostPlain, Budget: uint64(soon)}
}

// end is an end as it is compared. Whether one who looks again and again waits for
// good is another question than in what orders that can be.
func (c *candidate) end(end oracle.End) oracle.End {
	if c.loops() && end.Status == "leak" {
		end.Status = "cut-off"
	}
	return end
}

// all is a set of ends as they are compared.
func (c *candidate) all(ends map[oracle.End]bool) map[oracle.End]bool {
	compared := map[oracle.End]bool{}
	for end := range ends {
		compared[c.end(end)] = true
	}
	return compared
}

func sorted(all map[oracle.End]bool) (list []oracle.End) {
	for end := range all {
		list = append(list, end)
	}
	slices.SortFunc(list, func(a, b oracle.End) int { return strings.Compare(b.String(), a.String()) }) // cut-off last
	return list
}

// otherCounts holds the numbers to those of the plain search and of sleep sets.
func (c *candidate) otherCounts(t *testing.T, program run.Spec, dpor report) string {
	t.Helper()
	if c.loops() || c.clocked {
		return ""
	}
	plain := searched(t, program, c.plain())
	if plain.end == wire.EndDone {
		tried := talliesOf(plain, func(o *found) tally { return tally{Interleavings: fmt.Sprint(o.runs)} })
		counted := talliesOf(dpor, func(o *found) tally { return tally{Interleavings: bigText(o.interleavings)} })
		if text := unlike("plain", tried, counted); text != "" {
			return text
		}
	}
	sleep := searched(t, program, sched.Spec{Search: sched.SearchSleep, Clock: sched.Free, Budget: uint64(soon)})
	classes := func(o *found) tally { return tally{Classes: o.classes} }
	return unlike("sleep", talliesOf(sleep, classes), talliesOf(dpor, classes))
}

// unlike says in what two searches differ.
func unlike(kind string, right, got map[string]tally) (text string) {
	for end, n := range right {
		if got[end] != n {
			text += fmt.Sprintf("\n\t%s: %+v, dpor: %+v", end, n, got[end])
		}
	}
	for end, n := range got {
		if _, known := right[end]; !known {
			text += fmt.Sprintf("\n\t%s: only dpor: %+v", end, n)
		}
	}
	if text != "" {
		text = kind + ":" + text
	}
	return text
}

// strays makes the run of each outcome again, and says which do not end as they did.
func strays(t *testing.T, program run.Spec, dpor report) (problem string) {
	t.Helper()
	for _, o := range dpor.outcomes {
		again, err := replay(t.Context(), program, sched.Spec{Switches: append([]sched.Switch{}, o.schedule...), Clock: sched.Free}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if x := again.Execution; x == nil || x.Status != o.status || again.Stdout != o.value {
			status := model.Status("nothing")
			if x != nil {
				status = x.Status
			}
			problem += fmt.Sprintf("\n\t%s %q by the search, %s %q when it is made again", o.status, o.value, status, again.Stdout)
		}
	}
	if problem != "" {
		problem = "token:" + problem
	}
	return problem
}
