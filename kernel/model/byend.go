package model

import "math/big"

// ByEnd returns the outcomes as the learner counts them: those that differ in
// marks only are one, with the run of the one that has fewest switches.
func (r *Result) ByEnd() []Outcome {
	var all []Outcome
	at := map[string]int{}
	for _, o := range r.Outcomes {
		key := string(o.Status) + "\x00" + o.Value + "\x00" + o.Stderr
		i, known := at[key]
		if !known {
			at[key] = len(all)
			all = append(all, o)
			continue
		}
		all[i] = all[i].and(o)
	}
	return all
}

// and is both outcomes in one.
func (o Outcome) and(other Outcome) Outcome {
	sum := o
	if other.Switches < o.Switches {
		sum.Token, sum.Switches, sum.Proven, sum.Shows = other.Token, other.Switches, other.Proven, other.Shows
	}
	sum.Preempted = o.Preempted && other.Preempted
	sum.Classes += other.Classes
	sum.Runs += other.Runs
	sum.Interleavings = add(o.Interleavings, other.Interleavings)
	sum.Marks = nil
	for _, m := range o.Marks {
		if other.Has(m) {
			sum.Marks = append(sum.Marks, m)
		}
	}
	return sum
}

// Has says whether o has the mark.
func (o *Outcome) Has(mark string) bool {
	for _, m := range o.Marks {
		if m == mark {
			return true
		}
	}
	return false
}

// add is a+b; nil, which stands for "not counted", if either is.
func add(a, b *big.Int) *big.Int {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Int).Add(a, b)
}
