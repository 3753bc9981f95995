package program

import (
	"testing"

	"threading101/kernel/build"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// TestDecide: who decides a run, in the order in which the reasons count.
func TestDecide(t *testing.T) {
	seed := uint64(7)
	token := &sched.Token{Code: "abc", Spec: sched.Spec{Seed: 9}}
	ours := build.Result{Instrumented: true, Code: "abc"}
	other := build.Result{Instrumented: true, Code: "xyz"}
	outside := build.Result{Instrumented: true, Outside: true, Uncontrolled: []string{"os/exec"}}
	alone := build.Result{Code: "xyz"}
	for _, d := range []struct {
		name    string
		program Program
		wish    Wish
		mode    model.Mode
		seed    uint64 // 0: any, or none
		note    bool
		refused bool
	}{
		{"drawn seed", Program{Built: ours}, Wish{}, model.Controlled, 0, false, false},
		{"given seed", Program{Built: ours}, Wish{Seed: &seed}, model.Controlled, 7, false, false},
		{"race detector", Program{Built: ours, Raced: true}, Wish{Seed: &seed}, model.RaceDetector, 0, false, false},
		{"real", Program{Built: ours}, Wish{Real: true, Seed: &seed}, model.Real, 0, false, false},
		{"token", Program{Built: ours}, Wish{Token: token}, model.Controlled, 9, false, false},
		{"token of other code", Program{Built: other}, Wish{Token: token}, "", 0, false, true},
		{"the same, leniently", Program{Built: other}, Wish{Token: token, Lenient: true}, model.Controlled, 9, false, false},
		{"token, nothing to control", Program{Built: alone}, Wish{Token: token, Lenient: true}, "", 0, false, true},
		{"the same, anyhow", Program{Built: alone}, Wish{Token: token, Lenient: true, Anyhow: true, Insist: true}, model.Real, 0, true, false},
		{"other code, anyhow", Program{Built: alone}, Wish{Token: token, Anyhow: true}, "", 0, false, true},
		{"nothing to control", Program{Built: alone}, Wish{}, model.Real, 0, false, false},
		{"the same, insisting", Program{Built: alone}, Wish{Seed: &seed, Insist: true}, model.Real, 0, true, false},
		{"outside", Program{Built: outside}, Wish{}, model.Real, 0, true, false},
		{"the same, asked for", Program{Built: outside}, Wish{Asked: true, Seed: &seed}, model.Controlled, 7, false, false},
	} {
		c, refusal := d.program.Decide(d.wish)
		if (refusal != nil) != d.refused || !d.refused && (c.Mode != d.mode || (c.Note != "") != d.note) {
			t.Errorf("%s: %+v, %v", d.name, c, refusal)
		}
		if (c.Control != nil) != (!d.refused && d.mode == model.Controlled) || d.seed > 0 && c.Control.Seed != d.seed {
			t.Errorf("%s: %+v", d.name, c.Control)
		}
	}
}

// TestStrayed: only a replay of the token's own program can stray.
func TestStrayed(t *testing.T) {
	token := &sched.Token{Code: "abc"}
	for _, s := range []struct {
		course Course
		parted int
		want   bool
	}{
		{Course{}, 3, false},
		{Course{Token: token}, -1, false},
		{Course{Token: token}, 0, true},
		{Course{Token: token, Other: true}, 3, false},
	} {
		if got := s.course.Strayed(&run.Result{Parted: s.parted}); got != s.want {
			t.Errorf("%+v after %d: %v", s.course, s.parted, got)
		}
	}
}
