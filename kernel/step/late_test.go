package step

import (
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/trace"
)

// The step from which on it was too late is the one after which every way ends badly,
// though before it one ended well: both are asked of a search without a goal.
func TestLate(t *testing.T) {
	for _, test := range []struct{ program, goal string }{{"locks", "deadlock"}, {"signal", "leak"}} {
		s, _ := aimed(t, test.program, test.goal)
		do(t, s, Request{Do: DoSolve})
		token, whole := s.at.token(s), s.at
		late, known := s.Late(t.Context(), token)
		if !known || late == 0 {
			t.Fatalf("%s: step %d, known: %v", test.program, late, known)
		}
		first := func(p *position, n int) bool { // whether the n-th choice was made before the late step
			list := trace.Steps(p.x).List
			for _, one := range list {
				if one.Event >= p.choices[n].Before {
					return one.N < late
				}
			}
			return false
		}
		made := 0
		for made < len(whole.choices) && first(whole, made) {
			made++
		}
		for n, want := range map[int]bool{made: true, made + 1: false} {
			p, refused := s.after(t.Context(), whole.choices[:n])
			if refused != nil {
				t.Fatal(refused)
			}
			s.at = p
			all, complete := ends(t, s)
			well := false
			for end := range all {
				well = well || len(end) > 2 && end[:3] == string(model.OK)+" "
			}
			if !complete || well != want {
				t.Errorf("%s, step %d: after %d choices it can end well: %v, %v", test.program, late, n, well, all)
			}
		}
	}
}

// A run that ended well was never too late, and of one that is not this program's nothing
// is known.
func TestNeverLate(t *testing.T) {
	s, _ := aimed(t, "locks", "output nothing")
	do(t, s, Request{Do: DoFinish})
	if late, known := s.Late(t.Context(), s.at.token(s)); late != 0 || !known {
		t.Errorf("step %d, %v", late, known)
	}
	if late, known := s.Late(t.Context(), "t2-aaaaa-1-q0kt-8q"); late != 0 || known {
		t.Errorf("step %d, %v", late, known)
	}
}
