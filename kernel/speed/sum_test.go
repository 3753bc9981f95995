package speed

import (
	"math"
	"testing"
	"time"
)

// ms are times in milliseconds.
func ms(all ...float64) (took []time.Duration) {
	for _, f := range all {
		took = append(took, time.Duration(f*float64(time.Millisecond)))
	}
	return took
}

func measured(procs []int, took ...[]time.Duration) *Measured {
	return &Measured{Plan: Plan{Procs: procs, Repeat: len(took[0])}, Took: took, Machine: procs[len(procs)-1], Others: -1}
}

// TestVerdicts: a row is faster or slower only where the medians are further apart than
// equal runs, and where chance does not make that order easily.
func TestVerdicts(t *testing.T) {
	quiet := ms(100, 101, 99, 100, 102, 98, 100)
	for _, c := range []struct {
		says        string
		first, took []time.Duration
		want        Verdict
	}{
		{"half the time", quiet, ms(50, 51, 49, 50, 52, 48, 50), Faster},
		{"twice the time", quiet, ms(200, 201, 199, 200, 202, 198, 200), Slower},
		{"the same", quiet, quiet, Unclear},
		{"less than the noise", ms(100, 80, 120, 90, 110, 70, 130), ms(95, 75, 115, 85, 105, 65, 125), Unclear},
		{"one row alone is noisy", quiet, ms(60, 130, 61, 140, 62, 150, 90), Unclear},
		{"three of each", quiet[:3], ms(50, 50, 50), TooFew},
		{"one of each", quiet[:1], ms(1), TooFew},
		{"four of each, none overlaps", quiet[:4], ms(50, 51, 52, 53), Faster},
		{"four of each, they overlap", quiet[:4], ms(50, 51, 52, 103), Unclear},
		{"one outlier of seven rounds", quiet, ms(50, 51, 49, 50, 52, 48, 300), Unclear},
		{"one outlier of twenty rounds", append(append(ms(), quiet...), append(append(ms(), quiet...), quiet[:6]...)...),
			ms(50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 300), Faster},
	} {
		s := measured([]int{1, 2}, c.first, c.took).Sum()
		if got := s.Rows[1].Verdict; got != c.want || s.Rows[0].Verdict != First {
			t.Errorf("%s: %s, want %s", c.says, got, c.want)
		}
	}
}

// TestSum: medians, quartiles and the ideal, which the machine bounds.
func TestSum(t *testing.T) {
	m := measured([]int{1, 2, 4}, ms(100, 104, 96, 98, 102), ms(50, 52, 48, 49, 51), ms(50, 52, 48, 49, 51))
	m.Machine = 2
	s := m.Sum()
	r := s.Rows[1]
	if r.Median != 50*time.Millisecond || r.Low != 49*time.Millisecond || r.High != 51*time.Millisecond || r.Times != 2 || r.Ideal != 2 || r.Quicker != 5 {
		t.Errorf("%+v", r)
	}
	if s.Rows[2].Ideal != 2 || s.Fit == nil || s.Fit.Points != 2 {
		t.Errorf("beyond the machine: %+v, %+v", s.Rows[2], s.Fit)
	}
	if m.Runs() != 15 || m.Rounds() != 5 || m.Busy() {
		t.Error(m.Runs(), m.Rounds())
	}
	m.Took = [][]time.Duration{ms(1, 2, 3, 4), ms(1, 2, 3), ms(1, 2, 3)}
	if s := m.Sum(); s.Halves || s.Rows[0].Low != s.Rows[0].Least || s.Rows[0].High != s.Rows[0].Most {
		t.Errorf("cut in the fourth round: %+v", s)
	}
	m.Took = [][]time.Duration{ms(1), nil, nil}
	if s := m.Sum(); len(s.Rows) != 1 || s.Fit != nil || m.Rounds() != 0 {
		t.Errorf("cut in the first round: %+v", s)
	}
	m.Took = [][]time.Duration{nil, nil, nil}
	if s := m.Sum(); len(s.Rows) != 0 {
		t.Error(s)
	}
}

// TestFit: times that are made by Amdahl's law give its serial part back.
func TestFit(t *testing.T) {
	for _, serial := range []float64{0, 0.05, 0.25, 0.5} {
		procs := []int{1, 2, 4, 8}
		var took [][]time.Duration
		for _, p := range procs {
			one := 1000 * (serial + (1-serial)/float64(p))
			took = append(took, ms(one, one, one, one, one))
		}
		f := measured(procs, took...).Sum().Fit
		if f == nil || math.Abs(f.Serial-serial) > 1e-6 || math.Abs(f.Low-serial) > 1e-6 || math.Abs(f.High-serial) > 1e-6 || f.Points != 4 {
			t.Errorf("%v: %+v", serial, f)
			continue
		}
		if got := f.At(4); math.Abs(got-1/(serial+(1-serial)/4)) > 1e-4 {
			t.Errorf("%v: at 4 processors %v", serial, got)
		}
		if serial > 0 && math.Abs(f.Most()-1/serial) > 1e-3 || serial == 0 && f.Most() > 1e6 {
			t.Errorf("%v: at most %v", serial, f.Most())
		}
	}
}

// TestNoFit: the law says nothing of a program that more processors do not make faster,
// nor without a time on one.
func TestNoFit(t *testing.T) {
	same := ms(100, 100, 100, 100, 100)
	half := ms(50, 50, 50, 50, 50)
	for says, m := range map[string]*Measured{
		"slower": measured([]int{1, 2}, half, same), "the same": measured([]int{1, 2}, same, same),
		"from two on": measured([]int{2, 4}, same, half), "one row": measured([]int{1}, same),
		"too few": measured([]int{1, 2}, same[:2], half[:2]),
	} {
		if f := m.Sum().Fit; f != nil {
			t.Errorf("%s: %+v", says, f)
		}
	}
	m := measured([]int{1, 2}, same, half)
	m.Machine = 1
	if f := m.Sum().Fit; f != nil {
		t.Errorf("on a machine with one processor: %+v", f)
	}
}

func TestRare(t *testing.T) {
	for _, c := range []struct {
		heads, n int
		want     bool
	}{{5, 5, false}, {6, 6, true}, {7, 7, true}, {6, 7, false}, {8, 8, true}, {15, 20, true}, {14, 20, false}} {
		if rare(c.heads, c.n) != c.want {
			t.Errorf("%d of %d: %v", c.heads, c.n, !c.want)
		}
	}
}
