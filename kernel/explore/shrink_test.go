package explore

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

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
	many = append(many, switches...)
	token := sched.Token{Code: program.Code, Spec: sched.Spec{Switches: many}}.String()
	s := Spec{Run: program}
	for name, still := range map[string]func(*run.Outcome) bool{
		"alike": nil,
		"asked": func(o *run.Outcome) bool { return o.Stdout == "1\n" },
	} {
		less, err := Shrink(t.Context(), s, token, still)
		if err != nil {
			t.Fatal(err)
		}
		short, err := sched.ParseToken(less)
		if err != nil || !slices.Equal(short.Spec.Switches, switches) || len(short.Trail) == 0 {
			t.Errorf("%s: %q, %v", name, less, err)
		}
		if o, err := Open(t.Context(), s, less); err != nil || o.Stdout != "1\n" || o.Parted != -1 {
			t.Errorf("%s: %v %+v", name, err, o)
		}
	}
}

// What is as short as can be, decided by a seed, or not what is looked for stays
// as it is; and so does all when nobody waits any more.
func TestShrinkNothing(t *testing.T) {
	program, switches := losing(t)
	s := Spec{Run: program}
	shortest := sched.Token{Code: program.Code, Spec: sched.Spec{Switches: switches}}.String()
	useless := sched.Token{Code: program.Code, Spec: sched.Spec{Switches: []sched.Switch{{Step: 0, To: sched.Picked}}}}.String()
	for _, test := range []struct {
		token string
		still func(*run.Outcome) bool
	}{
		{shortest, nil},
		{sched.Token{Code: program.Code, Spec: sched.Spec{Seed: 7}}.String(), nil},
		{useless, func(*run.Outcome) bool { return false }},
	} {
		if less, err := Shrink(t.Context(), s, test.token, test.still); err != nil || less != test.token {
			t.Errorf("%q became %q, %v", test.token, less, err)
		}
	}
	if _, err := Shrink(t.Context(), s, "nonsense", nil); err == nil {
		t.Error("nonsense was shrunk")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if less, err := Shrink(ctx, s, useless, nil); err == nil {
		t.Errorf("%q", less)
	}
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
