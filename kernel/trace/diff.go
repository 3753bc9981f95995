package trace

import (
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/words"
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
	d.Common = n
	if n == len(a) && n == len(b) {
		d.Same = true
		d.Text = words.SameOrder(len(Steps(cur).List))
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
	d.Text = differenceText(d, prev, cur)
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
	return a.Op == b.Op && a.Pos == b.Pos && x.Goroutines[a.G].ID == y.Goroutines[b.G].ID &&
		x.ObjectName(a.Object) == y.ObjectName(b.Object)
}

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

// Prints says how what one run printed differs from what the other did.
func PrintsOf(d model.Difference) string {
	switch {
	case d.SamePrints:
		return words.SamePrints
	case d.SameTexts:
		return words.OtherPrints
	}
	return words.DifferentPrints
}

func differenceText(d model.Difference, prev, cur *model.Execution) string {
	s := ""
	switch {
	case d.Prev < 0:
		s = words.LongerRun(d.Step, Did(cur, d.Cur))
	case d.Cur < 0:
		s = words.ShorterRun(d.Step, Did(prev, d.Prev))
	default:
		s = words.OrderDiffers(d.Step, Did(prev, d.Prev), Did(cur, d.Cur))
	}
	s += " " + PrintsOf(d)
	if prev.Dropped > 0 || cur.Dropped > 0 {
		s += " " + words.NotAllCompared
	}
	return s
}

// Did says what the goroutine did in event i: "B prints “x”".
func Did(ex *model.Execution, i int) string {
	e := &ex.Events[i]
	return words.Name(ex.Goroutines[e.G].Name) + " " + words.Does(Act(ex, e, false))
}

// Act puts an event in the form in which words speak of it.
func Act(ex *model.Execution, e *model.Event, waited bool) words.Act {
	a := words.Act{
		Op: e.Op, Waiting: waited, Main: e.G == 0,
		Object: words.Plain(ex.ObjectName(e.Object), 24), Value: words.Plain(trimEnd(e), 80),
		Closed: e.Flags&event.FlagClosed != 0 && e.Op == event.Recv, Failed: e.Failed(),
		Behind: e.Behind, Select: e.Flags&event.FlagSelect != 0 && e.Op != event.Select,
	}
	if e.Partner >= 0 && e.Partner < len(ex.Goroutines) {
		a.Other = words.Name(ex.Goroutines[e.Partner].Name)
	}
	return a
}

// ActOf is [Act] of a step.
func ActOf(ex *model.Execution, s *model.Step) words.Act {
	a := Act(ex, &ex.Events[s.Event], s.Waited)
	if a.Ends = s.End >= 0; s.Met >= 0 {
		a.To = words.Name(ex.Goroutines[ex.Events[s.Met].G].Name)
	}
	return a
}

// trimEnd leaves out the line end of a print, which every print has.
func trimEnd(e *model.Event) string {
	if n := len(e.Value); e.Op == event.Print && n > 0 && e.Value[n-1] == '\n' {
		return e.Value[:n-1]
	}
	return e.Value
}
