package explore

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"threading101/kernel/explore/property"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// Of many switches those are left that matter, and the run is still like it was.
func TestShrink(t *testing.T) {
	program, switches := losing(t)
	var many []sched.Switch
	for i := range uint64(30) {
		many = append(many, sched.Switch{Step: i, To: sched.Picked}) // picks that are made anyway
	}
	k := shrinking(t, program, func(o *run.Result) bool { return o.Stdout == "1\n" })
	less, token := k.shrink(append(many, switches...))
	short, err := sched.ParseToken(token)
	if err != nil || !slices.Equal(less, switches) || !slices.Equal(short.Spec.Switches, switches) || len(short.Trail) == 0 {
		t.Errorf("%q, %v", token, err)
	}
	if o, err := Open(t.Context(), Spec{Run: program}, token); err != nil || o.Stdout != "1\n" || o.Parted != -1 {
		t.Errorf("%v %+v", err, o)
	}
}

// What is as short as can be stays as it is; of what is not looked for there is no
// run, nor where nobody waits any more.
func TestShrinkNothing(t *testing.T) {
	program, switches := losing(t)
	if less, token := shrinking(t, program, func(o *run.Result) bool { return o.Stdout == "1\n" }).shrink(switches); !slices.Equal(less, switches) || token == "" {
		t.Errorf("%v became %v, %q", switches, less, token)
	}
	if _, token := shrinking(t, program, func(*run.Result) bool { return false }).shrink(switches); token != "" {
		t.Errorf("found %q", token)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	k := shrinking(t, program, func(*run.Result) bool { return true })
	k.ctx = ctx
	if _, token := k.shrink(switches); token != "" {
		t.Errorf("found %q after the end", token)
	}
}

func shrinking(t *testing.T, program run.Spec, still func(*run.Result) bool) *shrinker {
	return &shrinker{ctx: t.Context(), program: program, still: still, until: time.Now().Add(shortenTime)}
}

// Of a search that could not try everything, runs are made shorter before anybody
// sees them; not if nobody can tell whether the shorter one is the same.
func TestShorten(t *testing.T) {
	program, switches := losing(t)
	many := []sched.Switch{{Step: 0, To: sched.Picked}, {Step: 1, To: sched.Picked}}
	many = append(many, switches...)
	for marks, want := range map[string]int{"race": 1, "overlap work|race": 3} {
		told := fmt.Sprintf("outcome 1 ok %q \"\" %q MARKS 1 1 1 3 3 %s\n", "1\n", "", scheduleText(many))
		spec := telling(t, program, told)
		for i, v := range spec.Env {
			spec.Env[i] = strings.Replace(v, "MARKS", marks, 1)
		}
		r := explored(t, spec, func(s *Spec) { s.Run.Env = append(s.Run.Env, incompleteVariable+"=1") })
		if len(r.Outcomes) != 1 || r.Level != model.Sampled {
			t.Fatalf("%+v", r)
		}
		token, err := sched.ParseToken(r.Outcomes[0].Token)
		if err != nil || len(token.Spec.Switches) != want || r.Outcomes[0].Switches != want {
			t.Errorf("%s: %d switches, token %q, %v", marks, r.Outcomes[0].Switches, r.Outcomes[0].Token, err)
		}
	}
}

// TestConditionsShortened: the run that is shown of a program too large to try all is
// short, since a recorded run shows by itself what is not true.
func TestConditionsShortened(t *testing.T) {
	s := &subject{name: "large", clock: sched.Free, always: []string{"!last || first"}, src: `package main

import "sync"

var first, last bool
var n [6]int

func main() {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			for range 6 {
				n[i]++
				n[(i+1)%len(n)]++
			}
			first = i == 0 || first
			last = i == 5 || last
		})
	}
	wg.Wait()
}
`}
	ps, err := property.Parse([]string{"always " + s.always[0]})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Explore(t.Context(), Spec{Run: s.build(t), Clock: s.clock, Budget: soon, Properties: ps})
	if err != nil {
		t.Fatal(err)
	}
	v := property.Judge(ps, r)[0]
	if v.Holds || v.Token == "" || v.Outcome.Switches > 3 {
		t.Fatalf("%+v, %+v", v, v.Outcome)
	}
	o, err := Open(t.Context(), Spec{Run: s.build(t), Clock: s.clock, Properties: ps}, v.Token)
	if err != nil || o.Execution == nil || len(o.Execution.Lost) != 1 || !slices.ContainsFunc(o.Execution.Explanation, func(s string) bool { return strings.HasPrefix(s, v.Says+" is not true after ") }) {
		t.Errorf("%v, %+v", err, o)
	}
}
