package judge

import "testing"

// Each end, by who was left.
func TestEnd(t *testing.T) {
	tests := []struct {
		name    string
		left    []Standing
		outside bool
		want    End
	}{
		{"nobody is left", nil, false, Over},
		{"nobody is left but a library's goroutine", nil, true, Over},
		{"one could go on", []Standing{Able}, false, CutOff},
		{"one sleeps", []Standing{Due}, false, CutOff},
		{"of one nothing is known", []Standing{Unknown}, false, CutOff},
		{"one waits", []Standing{Waiting}, false, Leak},
		{"two wait", []Standing{Waiting, Waiting}, false, Leak},
		{"one waits beside one that could go on", []Standing{Waiting, Able}, false, CutOff},
		{"one waits beside one that sleeps", []Standing{Due, Waiting}, false, CutOff},
		{"one waits, and a library may wake it", []Standing{Waiting}, true, CutOff},
		{"one waits for nothing that exists", []Standing{Stuck}, false, Leak},
		{"nobody wakes who waits for nothing", []Standing{Stuck}, true, Leak},
		{"one waits for nothing beside one that could go on", []Standing{Stuck, Able}, false, CutOff},
		{"one would begin if a context ended", []Standing{Unborn}, false, Over},
		{"the same beside one that waits", []Standing{Unborn, Waiting}, false, Leak},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := Facts{Outside: test.outside}
			for _, s := range test.left {
				f.Add(s)
			}
			if got := f.End(); got != test.want {
				t.Errorf("%d, want %d", got, test.want)
			}
		})
	}
}

// A goroutine waits for good where nothing can happen any more, or where what it
// waits for never does.
func TestBlocked(t *testing.T) {
	for _, end := range []End{CutOff, Leak} {
		for s := Unknown; s <= Unborn; s++ {
			if got, want := end.Blocked(s), s == Stuck || s == Waiting && end == Leak; got != want {
				t.Errorf("%v in %d: %v", s, end, got)
			}
		}
	}
}

// The names of standings and of ends parse back.
func TestParse(t *testing.T) {
	for s := Able; s <= Unborn; s++ {
		if got, ok := Parse(s.String()); got != s || !ok {
			t.Errorf("%v parses as %v, %v", s, got, ok)
		}
	}
	for e := Over; e <= Leak; e++ {
		if got, ok := ParseEnd(e.String()); got != e || !ok {
			t.Errorf("%v parses as %v, %v", e, got, ok)
		}
	}
	if _, ok := ParseEnd("unjudged"); ok || End(200).String() != "unjudged" {
		t.Error("what is not judged is no judgement")
	}
	if _, ok := Parse("unknown"); ok {
		t.Error("what is not known is nobody's standing")
	}
	if Standing(200).String() != "unknown" {
		t.Error("a standing from a damaged recording has a name")
	}
}
