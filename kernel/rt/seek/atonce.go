package seek

import "threading101/kernel/rt/record"

// calls returns the calls of a function, but none within another of the same
// goroutine: that goroutine is in the function once.
func (s *spans) calls(function uint32) (all []*span) {
	for i := range s.all {
		if a := &s.all[i]; a.function == function && !a.inner {
			all = append(all, a)
		}
	}
	return all
}

// before says that call a is over when call b begins, in all orders of the class. A
// call in which its goroutine makes no step is over for sure only for those who know of
// something it did after that: a step, or that it started them.
func (s *spans) before(a, b *span) bool {
	switch {
	case a.end < 0:
		return false
	case a.proc == b.proc:
		return a.over < b.over || b.end < 0
	case a.proc < len(b.begin) && b.begin[a.proc] >= max(a.end, a.steps+1):
		return true
	}
	for proc := range s.born {
		if (proc == b.proc || proc < len(b.begin) && b.begin[proc] > 0) && s.startedAfter(proc, a) {
			return true
		}
	}
	return false
}

// startedAfter says whether the goroutine of a call that is over has started another
// after it, or somebody did that it has started after it.
func (s *spans) startedAfter(proc int, a *span) bool {
	for proc >= 0 && proc < len(s.born) {
		b := s.born[proc]
		if b.creator == a.proc && b.over > a.over {
			return true
		}
		proc = b.creator
	}
	return false
}

// most is how many of the calls can be under way at the same time, in some order of
// the class. Calls that can be so two by two can be so together: where all of them
// have begun, and nothing is done that need not be, none is over. So most is how many
// there are in the largest set without an order, and by Dilworth that is the least
// number of chains of calls, one after the other, that have all of them: all calls,
// less those that can be given another as the next in its chain.
func (s *spans) most(calls []*span) int {
	previous := make([]int, len(calls)) // in its chain; -1: none
	for i := range previous {
		previous[i] = -1
	}
	n := len(calls)
	for i := range calls {
		if s.follow(calls, i, previous, make([]bool, len(calls))) {
			n--
		}
	}
	return n
}

// follow finds a call that can come next after call i in a chain, if need be by giving
// another to the one that it follows so far.
func (s *spans) follow(calls []*span, i int, previous []int, tried []bool) bool {
	for j := range calls {
		if j == i || tried[j] || !s.before(calls[i], calls[j]) {
			continue
		}
		tried[j] = true
		if previous[j] < 0 || s.follow(calls, previous[j], previous, tried) {
			previous[j] = i
			return true
		}
	}
	return false
}

// tooMany are the marks "at-once-3 A", where three calls of A may be under way at once
// and somebody asked for that: limits are pairs of a function and such a number.
func (s *spans) tooMany(limits []uint32) (text string) {
	for i := 0; i+1 < len(limits); i += 2 {
		function, n := limits[i], limits[i+1]
		if calls := s.calls(function); uint64(len(calls)) >= uint64(n) && s.most(calls) >= int(n) {
			text = mark(text, "at-once-"+record.Decimal(n)+" "+record.Decimal(function))
		}
	}
	return text
}
