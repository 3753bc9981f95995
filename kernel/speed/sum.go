package speed

import (
	"math"
	"slices"
	"time"
)

// Row is what was measured with one number of processors.
type Row struct {
	Procs    int
	Runs     int
	Median   time.Duration
	Low      time.Duration // the middle half of the times is from here
	High     time.Duration // to here
	Least    time.Duration
	Most     time.Duration
	Times    float64 // so many times as fast as the first row, by the medians
	Ideal    float64 // what it would be if all work were shared without loss
	Verdict  Verdict
	Effect   time.Duration // between its median and that of the first row
	Noise    time.Duration // the longer middle half of the two
	Quicker  int           // in so many rounds it was faster than the first row
	Tardier  int           // in so many it was slower
	Compared int           // of so many
}

// Verdict is how a row compares with the first.
type Verdict string

// The verdicts.
const (
	First   Verdict = "first"
	Faster  Verdict = "faster"
	Slower  Verdict = "slower"
	Unclear Verdict = "unclear" // the noise is wider than the effect
	TooFew  Verdict = "too few" // runs, to tell noise from effect
)

// Sum is what may be concluded from a measurement.
type Sum struct {
	Rows   []Row // of the values that were measured at least once
	Halves bool  // Low and High are those of the middle half; else of all runs, since there are too few
	Fit    *Fit  // nil: Amdahl's law is not fitted, see Measured.fit
}

// Sum sums a measurement up.
func (m *Measured) Sum() Sum {
	s := Sum{Halves: true}
	for _, took := range m.Took {
		s.Halves = s.Halves && (len(took) == 0 || len(took) >= Fewest)
	}
	var first []time.Duration
	for i, took := range m.Took {
		if len(took) == 0 {
			continue
		}
		row := rowOf(m.Procs[i], took, s.Halves)
		if first == nil {
			first, row.Verdict, row.Times, row.Ideal = took, First, 1, 1
		} else {
			base := &s.Rows[0]
			row.Times = float64(base.Median) / float64(max(row.Median, 1))
			row.Ideal = float64(min(row.Procs, m.Machine)) / float64(min(base.Procs, m.Machine))
			row.compare(base, first, took)
		}
		s.Rows = append(s.Rows, row)
	}
	s.Fit = m.fit(s.Rows)
	return s
}

func rowOf(procs int, took []time.Duration, halves bool) Row {
	sorted := slices.Sorted(slices.Values(took))
	r := Row{Procs: procs, Runs: len(took), Median: quantile(sorted, 0.5), Least: sorted[0], Most: sorted[len(sorted)-1]}
	r.Low, r.High = r.Least, r.Most
	if halves {
		r.Low, r.High = quantile(sorted, 0.25), quantile(sorted, 0.75)
	}
	return r
}

// Fewest is how many runs of each are needed to conclude anything: with three, even the
// clearest order comes by chance one time in ten.
const Fewest = 4

// quantile is the value below which that share of the sorted times lies, between two
// of them if it must be.
func quantile(sorted []time.Duration, share float64) time.Duration {
	at := share * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + time.Duration((at-float64(i))*float64(sorted[i+1]-sorted[i]))
}

// compare settles the verdict on a row.
func (r *Row) compare(base *Row, first, took []time.Duration) {
	r.Compared = min(len(first), len(took))
	for i := range r.Compared {
		switch {
		case took[i] < first[i]:
			r.Quicker++
		case took[i] > first[i]:
			r.Tardier++
		}
	}
	effect := base.Median - r.Median
	r.Effect, r.Noise = effect.Abs(), max(base.High-base.Low, r.High-r.Low)
	switch {
	case r.Compared < Fewest:
		r.Verdict = TooFew
	case r.Effect <= r.Noise:
		r.Verdict = Unclear
	case effect > 0 && (r.Most < base.Least || rare(r.Quicker, r.Compared)):
		r.Verdict = Faster
	case effect < 0 && (base.Most < r.Least || rare(r.Tardier, r.Compared)):
		r.Verdict = Slower
	default:
		r.Verdict = Unclear
	}
}

// rare reports whether throwing a coin n times gives so many heads, or so many tails,
// in one of twenty trials at most.
func rare(heads, n int) bool {
	tail, ways := 0.0, 1.0 // ways to choose k of n
	for k := n; k >= heads; k-- {
		tail += ways
		ways = ways * float64(k) / float64(n-k+1)
	}
	return 2*tail/math.Pow(2, float64(n)) <= 0.05
}
