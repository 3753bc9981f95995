package trace

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// Compare finds the first step at which the order of two runs of the same
// program parts. It looks at who did what to which object at which place, not
// at times, nor at when a waiting began or a goroutine was gone.
func Compare(prev, cur *model.Execution) model.Difference {
	if prev == nil || cur == nil {
		return model.Difference{Prev: -1, Cur: -1}
	}
	a, b := Order(prev), Order(cur)
	d := model.Difference{Prev: -1, Cur: -1}
	d.SamePrints, d.SameTexts = comparePrints(printsOf(prev, a), printsOf(cur, b))
	n := 0
	for n < len(a) && n < len(b) && sameStep(prev, cur, a[n].Event, b[n].Event) && sameMet(prev, cur, a[n].Met, b[n].Met) {
		n++
	}
	d.Common, d.Steps = n, len(Steps(cur).List)
	if n == len(a) && n == len(b) {
		d.Same = true
		return d
	}
	if n < len(a) {
		d.Prev, d.Step = a[n].Event, a[n].N
	}
	if n < len(b) {
		d.Cur, d.Step = b[n].Event, b[n].N
	} else if n > 0 {
		d.Step = b[n-1].N + 1
	}
	return d
}

// Order returns the steps that count when orders are compared: not that one waits,
// nor that one other than main is gone.
func Order(ex *model.Execution) []model.Step {
	var out []model.Step
	for _, s := range Steps(ex).List {
		if op := ex.Events[s.Event].Op; !s.Waited && (op != event.End || ex.Events[s.Event].G == 0) {
			out = append(out, s)
		}
	}
	return out
}

func sameStep(x, y *model.Execution, i, j int) bool {
	a, b := &x.Events[i], &y.Events[j]
	return a.Op == b.Op && samePlace(a.Pos, b.Pos) && x.Goroutines[a.G].ID == y.Goroutines[b.G].ID &&
		x.ObjectName(a.Object) == y.ObjectName(b.Object)
}

// samePlace says whether two runs did something at the same place; its declaration may
// have got another name.
func samePlace(p, q model.Pos) bool { return p.Cell == q.Cell && p.File == q.File && p.Line == q.Line }

// sameMet says whether the same goroutine received what was sent in one step.
func sameMet(x, y *model.Execution, i, j int) bool {
	return i < 0 && j < 0 || i >= 0 && j >= 0 && sameStep(x, y, i, j)
}

func comparePrints(a, b []string) (same, sameTexts bool) {
	if slices.Equal(a, b) {
		return true, true
	}
	slices.Sort(a)
	slices.Sort(b)
	return false, slices.Equal(a, b)
}

// prints are the texts that steps printed.
func printsOf(ex *model.Execution, steps []model.Step) []string {
	var out []string
	for _, s := range steps {
		if e := &ex.Events[s.Event]; e.Op == event.Print {
			out = append(out, e.Value)
		}
	}
	return out
}
