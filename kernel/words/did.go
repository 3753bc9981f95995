package words

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
)

// What one run did, and how it differs from the run before.

// Did says what the goroutine did in event i: "B prints “x”".
func Did(x *model.Execution, i int) string {
	e := &x.Events[i]
	return Name(x.Goroutines[e.G].Name) + " " + Does(ActOf(x, e, false))
}

// ActOf is what an event says that a goroutine did, or, where it had to wait there,
// was to do.
func ActOf(x *model.Execution, e *model.Event, waited bool) Act {
	a := Act{
		Op: e.Op, Waiting: waited, Main: e.G == 0,
		Object: Plain(x.ObjectName(e.Object), 24), Value: Plain(withoutLineEnd(e), 80),
		Closed: e.Flags&event.FlagClosed != 0 && e.Op == event.Recv, Failed: e.Failed(),
		Behind: e.Behind, Select: e.Flags&event.FlagSelect != 0 && e.Op != event.Select,
	}
	if e.Partner >= 0 && e.Partner < len(x.Goroutines) {
		a.Other = Name(x.Goroutines[e.Partner].Name)
	}
	return a
}

// ActOfStep is [ActOf] for a step, which may show more than one event.
func ActOfStep(x *model.Execution, s *model.Step) Act {
	a := ActOf(x, &x.Events[s.Event], s.Waited)
	if a.Ends = s.End >= 0; s.Met >= 0 {
		a.To = Name(x.Goroutines[x.Events[s.Met].G].Name)
	}
	return a
}

// withoutLineEnd is an event's value without the line end that every print has.
func withoutLineEnd(e *model.Event) string {
	if n := len(e.Value); e.Op == event.Print && n > 0 && e.Value[n-1] == '\n' {
		return e.Value[:n-1]
	}
	return e.Value
}

// Difference says in one or two sentences how a run differs from the one before it;
// "" where there is nothing to compare.
func Difference(d model.Difference, prev, cur *model.Execution) string {
	if prev == nil || cur == nil {
		return ""
	}
	said := ""
	switch {
	case d.Same:
		return SameOrder(d.Steps)
	case d.Prev < 0:
		said = LongerRun(d.Step, Did(cur, d.Cur))
	case d.Cur < 0:
		said = ShorterRun(d.Step, Did(prev, d.Prev))
	default:
		said = OrderDiffers(d.Step, Did(prev, d.Prev), Did(cur, d.Cur))
	}
	said += " " + Prints(d)
	if prev.Dropped > 0 || cur.Dropped > 0 {
		said += " " + NotAllCompared
	}
	return said
}

// Prints says how what a run printed differs from what the one before it did.
func Prints(d model.Difference) string {
	switch {
	case d.SamePrints:
		return SamePrints
	case d.SameTexts:
		return OtherPrints
	}
	return DifferentPrints
}

// Reason is why a run ended as it did, in one line; "" where there is nothing to
// say about it.
func Reason(x *model.Execution) string {
	switch x.Status {
	case model.CutOff:
		return RunCutOff(x.Ended(model.WasCutOff))
	case model.Leak:
		return RunLeak(x.Ended(model.WasBlocked))
	}
	return x.Reason
}

// Uncontrolled says what of a run is not controlled, or not recorded.
func Uncontrolled(x *model.Execution) (all []string) {
	for _, o := range x.Objects {
		if o.Partial {
			all = append(all, RunUnseen(o.Name))
		}
	}
	return append(all, x.Uncontrolled...)
}
