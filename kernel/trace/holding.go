package trace

import (
	"cmp"
	"slices"

	"threading101/kernel/model"
)

// Holding returns, for each of some events, the locks that its goroutine has in
// its hands when it comes to it, in the order in which it got them. Locks that
// code which is not recorded acts on too are left out.
func Holding(x *model.Execution, events ...int) [][]model.Holding {
	all, asked := make([][]model.Holding, len(events)), map[int][]int{}
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
func (k *keeper) of(g int) (all []model.Holding) {
	for lock, holds := range k.holds {
		for _, h := range holds {
			if h.G == g && !k.x.Objects[lock].Partial {
				all = append(all, model.Holding{Lock: lock, Hold: h})
			}
		}
	}
	slices.SortFunc(all, func(a, b model.Holding) int { return cmp.Compare(a.Event, b.Event) })
	return all
}
