package trace

import (
	"cmp"
	"slices"
)

// Holding is a lock that a goroutine has in its hands.
type Holding struct {
	Lock int // index in Objects
	Hold
}

// Holding returns, for each of some events, the locks that its goroutine has in
// its hands when it comes to it, in the order in which it got them. Locks that
// code which is not recorded acts on too are left out.
func HoldingAt(x *Execution, events ...int) [][]Holding {
	all, asked := make([][]Holding, len(events)), map[int][]int{}
	for n, i := range events {
		asked[i] = append(asked[i], n)
	}
	follow(x, func(i int, k *keeper) {
		for _, n := range asked[i] {
			all[n] = k.of(x.Events[i].G)
		}
	})
	return all
}

// of returns what goroutine g holds.
func (k *keeper) of(g int) (all []Holding) {
	for lock, holds := range k.holds {
		for _, h := range holds {
			if h.G == g && !k.x.Objects[lock].Partial {
				all = append(all, Holding{lock, h})
			}
		}
	}
	slices.SortFunc(all, func(a, b Holding) int { return cmp.Compare(a.Event, b.Event) })
	return all
}

// CondLock returns the lock that a Cond's Wait gives back, or takes again, as an
// index in Objects; -1 if it is not known.
func (e *Event) CondLock() int { return e.lock - 1 }
