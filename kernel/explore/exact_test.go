//go:build !race

package explore

import (
	"fmt"
	"math/big"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/model"
)

// exact is what is known of a program with certain constants.
type exact struct {
	constants     string
	interleavings string // decimal
	classes       int
	outcomes      int
	deadlocks     int // classes that end so
}

// exactOf parses "goroutines=2 times=1: interleavings 6, classes 4, outcomes 2, deadlock classes 0".
func exactOf(t *testing.T, row string) (e exact) {
	t.Helper()
	constants, facts, _ := strings.Cut(row, ":")
	_, err := fmt.Sscanf(strings.TrimSpace(facts), "interleavings %s classes %d, outcomes %d, deadlock classes %d", &e.interleavings, &e.classes, &e.outcomes, &e.deadlocks)
	if err != nil {
		t.Fatalf("%q: %v", row, err)
	}
	e.constants, e.interleavings = constants, strings.TrimSuffix(e.interleavings, ",")
	return e
}

// TestExact: the programs whose numbers are known have these numbers.
func TestExact(t *testing.T) {
	files, err := filepath.Glob("testdata/exact/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	var all []*subject
	var claims []exact
	for _, file := range files {
		s := subjectFile(t, file)
		s.values = namesOf(s.src)
		rows := s.rows()
		if len(rows) == 0 {
			t.Errorf("%s claims nothing", s.name)
		}
		for _, row := range rows {
			want := exactOf(t, row)
			all, claims = append(all, s.with(t, want.constants)), append(claims, want)
		}
	}
	together(t, all)
	for i, p := range all {
		t.Run(p.name, func(t *testing.T) { claims[i].hold(t, p) })
	}
}

// hold explores the program and compares.
func (e exact) hold(t *testing.T, p *subject) {
	r, err := Explore(t.Context(), Spec{Run: p.build(t), Budget: searchTime, Clock: p.clock, Values: p.values})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d runs in %v", r.Runs, r.Elapsed)
	if !r.Complete() || r.Stopped != "" {
		t.Fatalf("not everything was tried: %v %q %q", r.Level, r.Stopped, r.Notes)
	}
	allNamed(t, r)
	got := exact{constants: e.constants, interleavings: bigText(r.Interleavings), classes: r.Classes, outcomes: len(r.ByEnd())}
	for _, o := range r.Outcomes {
		if o.Status == model.Deadlock {
			got.deadlocks += o.Classes
		}
	}
	if got != e {
		t.Errorf("got %+v, want %+v", got, e)
	}
	e.parts(t, r)
	if want := ends(p); want != nil && !slices.Equal(endsOf(r), want) {
		t.Errorf("it ends\n%q, not\n%q", endsOf(r), want)
	}
}

// parts says whether they are the whole.
func (e exact) parts(t *testing.T, r *model.Result) {
	t.Helper()
	all, classes := new(big.Int), 0
	for _, o := range r.Outcomes {
		all, classes = plus(all, o.Interleavings), classes+o.Classes
	}
	if bigText(all) != e.interleavings || classes != e.classes {
		t.Errorf("the outcomes have %s interleavings in %d classes together, not %s in %d", bigText(all), classes, e.interleavings, e.classes)
	}
}

// endsOf are status and value of each outcome, in order.
func endsOf(r *model.Result) (all []string) {
	for _, o := range r.ByEnd() {
		all = append(all, string(o.Status)+" "+strings.TrimSpace(o.Value))
	}
	slices.Sort(all)
	return all
}

// ends are those that the program must have, in order.
func ends(p *subject) []string {
	constant := func(name string) (n int) {
		_, text, _ := strings.Cut(p.name, " "+name+"=")
		fmt.Sscan(text, &n)
		return n
	}
	name, _, _ := strings.Cut(p.name, " ")
	goroutines, times := constant("goroutines"), constant("times")
	switch name {
	case "lost":
		return lostEnds("ok x = %d", goroutines, times)
	case "lost_package":
		return lostEnds("ok x is %d", goroutines, times)
	case "locked":
		return []string{fmt.Sprint("ok ", goroutines*times)}
	case "philosophers":
		return []string{"deadlock ", "ok all have eaten"}
	case "philosophers_ordered":
		return []string{"ok all have eaten"}
	case "channel":
		if constant("consumers") == 1 {
			return []string{"ok aabb", "ok abab", "ok abba", "ok baab", "ok baba", "ok bbaa"}
		}
		return []string{"ok aa/bb", "ok ab/ab", "ok ab/ba", "ok ba/ab", "ok ba/ba", "ok bb/aa"}
	case "bounded":
		return []string{"deadlock ", "ok done"}
	case "private":
		return []string{"ok [" + strings.TrimSpace(strings.Repeat(fmt.Sprint(times, " "), goroutines)) + "]"}
	}
	return nil
}

// lostEnds: each number from 2 on, or from 1 if each adds only once, up to the
// right one.
func lostEnds(form string, goroutines, times int) (all []string) {
	for x := min(2, times); x <= goroutines*times; x++ {
		all = append(all, fmt.Sprintf(form, x))
	}
	slices.Sort(all)
	return all
}
