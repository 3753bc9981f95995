package speed

import "time"

// Fit is Amdahl's law, fitted.
type Fit struct {
	Serial float64 // the share of the time with one processor that more of them do not shorten, 0…1
	Low    float64 // the middle half of the rounds, each fitted alone, is from here
	High   float64 // to here
	Points int     // how many numbers of processors went into it
}

// Most is how many times as fast the program gets with any number of processors, if the
// law is all there is to it; 0 if there is no bound.
func (f *Fit) Most() float64 {
	if f.Serial <= 0 {
		return 0
	}
	return 1 / f.Serial
}

// At is how many times as fast it is with so many processors, by the law.
func (f *Fit) At(procs float64) float64 { return 1 / (f.Serial + (1-f.Serial)/procs) }

// fit fits the law; nil where it makes no sense: one processor was not measured, or
// nothing is certain to be faster than that.
func (m *Measured) fit(rows []Row) *Fit {
	var procs []int
	var medians []time.Duration
	for _, r := range rows {
		if r.Procs <= m.Machine {
			procs, medians = append(procs, r.Procs), append(medians, r.Median)
		}
	}
	if n := len(procs); n < 2 || procs[0] != 1 || rows[n-1].Verdict != Faster {
		return nil
	}
	f := &Fit{Serial: serial(procs, medians), Points: len(procs)}
	f.Low, f.High = m.spread(procs)
	return f
}

// spread fits each round alone.
func (m *Measured) spread(procs []int) (low, high float64) {
	var all []time.Duration // in billionths of the whole
	for round := range m.Rounds() {
		var took []time.Duration
		for i := range procs {
			took = append(took, m.Took[i][round])
		}
		all = append(all, time.Duration(serial(procs, took)*1e9))
	}
	r := rowOf(1, all, true)
	return float64(r.Low) / 1e9, float64(r.High) / 1e9
}

// serial is the share s for which T(p) = T(1)·(s + (1−s)/p) is nearest to the times: a
// straight line in 1/p, by least squares.
func serial(procs []int, took []time.Duration) float64 {
	var n, x, y, xx, xy float64
	for i, p := range procs {
		u, t := 1/float64(p), float64(took[i])
		n, x, y, xx, xy = n+1, x+u, y+t, xx+u*u, xy+u*t
	}
	slope := (n*xy - x*y) / (n*xx - x*x)
	level := (y - slope*x) / n
	if level+slope <= 0 {
		return 0
	}
	return min(max(level/(level+slope), 0), 1)
}
