package proxy

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threading101/kernel/build"
	"threading101/kernel/build/buildtest"
	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/proxy/output"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/sequel"
	"threading101/kernel/sequel/sequeltest"
)

// TestSplitAtOnce: some of them, side by side, for the race detector.
func TestSplitAtOnce(t *testing.T) { splitPrograms(t, 6) }

// splitPrograms splits n random programs at random into cells. What the cells print one
// after the other is what the whole program prints with the token of the last one. And
// what the cells before did is what they did without it, unless the cell shares a variable
// of theirs: then it is noticed where they do, or print, something else.
func splitPrograms(t *testing.T, n int) *tally {
	t.Helper()
	dir := t.TempDir()
	free, err := buildtest.Pool(2, "..", filepath.Join(dir, "builders"))
	if err != nil {
		t.Fatal(err)
	}
	all := &tally{}
	t.Run("programs", func(t *testing.T) {
		for i := range n {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				r := rand.New(rand.NewPCG(3, uint64(i)))
				s := &split{t: t, dir: filepath.Join(dir, fmt.Sprint(i)), free: free, all: all}
				s.cells(r)
				s.whole()
				s.continued(s.cut(r), r)
			})
		}
	})
	return all
}

// tally counts programs whose last cells change what the others are.
type tally struct {
	sync.Mutex
	shares, does, prints int
}

// split is a program in cells.
type split struct {
	t     *testing.T
	dir   string
	free  chan *build.Builder
	all   *tally
	parts []sequel.Part
	seeds []uint64
	last  *ran // of all cells, with marks
}

// ran is a run of some of them.
type ran struct {
	*run.Result
	bands *output.Bands
	shown string // on stdout
	built build.Result
	text  *sequel.Text
}

// cells makes the program: at least two cells.
func (s *split) cells(r *rand.Rand) {
	for len(s.parts) < 2 {
		cells, err := sequeltest.Cells(sequeltest.Program(r), r)
		if err != nil {
			s.t.Fatal(err)
		}
		s.parts = nil
		for _, m := range cells {
			s.parts = append(s.parts, m.Part())
		}
	}
	s.draw(r)
}

// draw draws a seed for each cell.
func (s *split) draw(r *rand.Rand) {
	s.seeds = nil
	for range s.parts {
		s.seeds = append(s.seeds, r.Uint64N(laterSeeds))
	}
}

// splitHead stands above the text of the cells, which may need all of it.
const splitHead = `package main

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

var (
	_ = errors.New
	_ = fmt.Println
	_ sync.Mutex
	_ = time.Sleep
)

`

// build builds the program of the first n cells.
func (s *split) build(n int) *ran {
	s.t.Helper()
	text := sequel.Compose(s.parts[:n], false)
	dir := filepath.Join(s.dir, fmt.Sprint(n))
	for name, content := range map[string]string{"main.go": splitHead + text.Source, "go.mod": "module split\n\ngo 1.26\n"} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			s.t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
	b := <-s.free
	defer func() { s.free <- b }()
	built, err := b.Build(s.t.Context(), build.Request{Dir: dir, Output: filepath.Join(dir, "program")})
	if err != nil || built.Exit != 0 || !built.Instrumented {
		s.t.Fatalf("%v %s\n%s", err, built.Output, text.Source)
	}
	built.Binary = filepath.Join(dir, "program")
	return &ran{built: built, text: text}
}

// place is the cell, by its place in the program, and line of a line of the program.
func (r *ran) place(line int) model.Pos {
	pos, _ := r.text.Place(line-strings.Count(splitHead, "\n"), 0)
	return pos
}

// run runs a program as it was built. known is what its first cells printed before.
func (s *split) run(p *ran, control sched.Spec, token *sched.Token, known [][2]string) *ran {
	s.t.Helper()
	o := &ran{built: p.built, text: p.text, bands: &output.Bands{Known: known}}
	o.bands.Show = func(stream, text string) {
		if stream == "stdout" {
			o.shown += text
		}
	}
	r, err := run.Start(context.Background(), run.Spec{
		Path: p.built.Binary, Sites: p.built.Sites, Code: p.built.Code, Mode: model.Controlled, Record: true, Control: &control, ReplayOf: token,
		Output: o.bands.Output, Prompt: o.bands.Prompt, Limits: run.Limits{Wall: time.Minute},
		Locate: func(_ string, line, _ int) model.Pos { return p.place(line) },
	})
	if err != nil {
		s.t.Fatal(err)
	}
	if o.Result = r.Wait(); o.Stop != event.StopPrompt || o.Execution == nil || o.TraceProblem != "" {
		s.t.Fatalf("it ends as %v: %s %s\n%s", o.Stop, o.TraceProblem, o.Stderr, p.text.Source)
	}
	return o
}

// spec is how the first n cells are run.
func (s *split) spec(n int) sched.Spec {
	return sched.Spec{Seed: s.seeds[0], Later: s.seeds[1:n], Marks: true}
}

// whole compares what the cells of the program print, in a run that marks them, with
// what a run of its token prints, which knows of no cells.
func (s *split) whole() {
	built := s.build(len(s.parts))
	s.last = s.run(built, s.spec(len(s.parts)), nil, nil)
	token, err := sched.ParseToken(s.last.Token)
	if err != nil {
		s.t.Fatal(s.last.Token, err)
	}
	again := s.run(built, token.Spec, &token, nil)
	var cells strings.Builder
	for i := range s.parts {
		cells.WriteString(s.last.bands.Of(i)[0])
	}
	switch {
	case again.shown != cells.String():
		s.t.Errorf("the cells print %q, the whole %q", cells.String(), again.shown)
	case again.Parted != -1 || again.Token != s.last.Token || again.Hash != s.last.Hash:
		s.t.Errorf("the token %s gives %s, which parts after %d steps", s.last.Token, again.Token, again.Parted)
	case !reflect.DeepEqual(again.events(len(s.parts)), s.last.events(len(s.parts))):
		s.t.Error("the events differ")
	}
}

// cut is after how many cells something is to be continued: where the next one shares a
// variable of another, if there is such a place.
func (s *split) cut(r *rand.Rand) int {
	for i, p := range s.parts[1:] {
		if strings.Contains(p.Statements, sequeltest.Shares) {
			return 1 + i
		}
	}
	return 1 + r.IntN(len(s.parts)-1)
}

// seedsEach is with how many seeds a program is continued.
const seedsEach = 4

// continued runs the first n cells alone, and then all of them as the kernel does: it
// knows what the first n printed and did.
func (s *split) continued(n int, r *rand.Rand) {
	alone := s.build(n)
	shares := !slices.Equal(alone.sites(n), s.last.sites(n))
	does, prints := false, false
	for range seedsEach {
		before := s.run(alone, s.spec(n), nil, nil)
		known, part := [][2]string{}, &sequelOf{did: deeds(before.Execution)}
		for i := range n {
			known = append(known, before.bands.Of(i))
		}
		now := s.run(s.last, s.spec(len(s.parts)), nil, known)
		part.repeated(now.Execution)
		did, printed := s.noticedDeed(part, deeds(now.Execution)), s.noticedPrint(n, before, now)
		if same := reflect.DeepEqual(before.events(n), now.events(n)); !shares && (did || printed || !same) {
			s.t.Errorf("the first %d cells have the same steps, and do something else:\n%s", n, cmp.Diff(before.events(n), now.events(n)))
		}
		does, prints = does || did, prints || printed
		s.draw(r)
	}
	s.all.count(shares, does, prints)
}

// noticedDeed says whether the first cells do something else now, and fails where it is
// said of another.
func (s *split) noticedDeed(part *sequelOf, now []uint64) bool {
	for i, did := range part.did {
		if now[i] == did {
			continue
		}
		if part.other != i+1 {
			s.t.Errorf("cell %d is the first that does something else, and cell %d is said to be", i+1, part.other)
		}
		return true
	}
	if part.other != 0 {
		s.t.Errorf("no cell does something else, and cell %d is said to", part.other)
	}
	return false
}

// noticedPrint says whether the first n cells print something else now, and fails where
// that is not shown, or is not said.
func (s *split) noticedPrint(n int, before, now *ran) bool {
	want, first := "", 0
	for i := range s.parts {
		again := now.bands.Of(i)[0]
		if i < n && again == before.bands.Of(i)[0] {
			continue
		}
		if want += again; i < n && first == 0 {
			first = i + 1
		}
	}
	if now.shown != want || now.bands.Differs != first {
		s.t.Errorf("cell %d is the first that prints something else, and cell %d is said to be; shown is %q, not %q", first, now.bands.Differs, now.shown, want)
	}
	return first > 0
}

func (a *tally) count(shares, does, prints bool) {
	a.Lock()
	defer a.Unlock()
	for n, is := range map[*int]bool{&a.shares: shares, &a.does: does, &a.prints: prints} {
		if is {
			*n++
		}
	}
}

// sites are the accesses to memory in the first n cells that are recorded.
func (r *ran) sites(n int) (all []string) {
	for _, site := range r.built.Sites {
		if at := r.place(site.Line); at.Cell <= n && event.Table[site.Op].Class == event.ClassMemory {
			all = append(all, fmt.Sprint(site.Op, at, site.Col, site.Object))
		}
	}
	return all
}

// events is what was done by the first n cells, but for what belongs to no cell: that
// main starts, and goes on from its prompts.
func (r *ran) events(n int) (all []string) {
	for _, e := range r.Execution.Events[:r.Execution.Prompts[n-1].Event] {
		if mainStarts := e.G == 0 && e.Op == event.Start; !mainStarts && (e.Site == nil || e.Site.Prompt == 0) {
			all = append(all, fmt.Sprint(e.G, e.Op, e.Pos, e.T, e.Value))
		}
	}
	return all
}
