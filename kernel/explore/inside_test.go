package explore

import (
	"context"
	"math/big"
	"strconv"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/explore/wire"
	"threading101/kernel/model"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// A search that missed an outcome, here one that is taken from it, is found out by
// a run of a random seed, and is not called complete any more.
func TestInside(t *testing.T) {
	s := &subject{name: "inside", clock: sched.Free, src: `package main

import (
	"fmt"
	"sync/atomic"
)

func main() {
	var n atomic.Int32
	done := make(chan bool)
	go func() { n.Store(1); done <- true }()
	fmt.Println(n.Load())
	<-done
}
`}
	e := newExplorer(t.Context(), Spec{Run: s.build(t), Budget: soon, Clock: sched.Free})
	if err := e.quick(); err != nil || e.full == nil {
		t.Fatalf("not all was tried: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), soon/10)
	defer cancel()
	if o := e.outsider(ctx, merge(e.full, nil, nil)); o != nil {
		t.Errorf("a seed came to %s %q, and the search had not", o.Execution.Status, o.Stdout)
	}

	ctx, cancel = context.WithTimeout(t.Context(), soon/10)
	defer cancel()
	if o := e.outsider(ctx, merge(crowded(e.full), nil, nil)); o != nil {
		t.Errorf("a seed came to %q, which the result leaves out because there are so many outcomes", o.Stdout)
	}

	missed := e.full[0].outcomes[0].value
	e.full[0].outcomes = e.full[0].outcomes[1:]
	ctx, cancel = context.WithTimeout(t.Context(), soon)
	defer cancel()
	o := e.outsider(ctx, merge(e.full, nil, nil))
	if o == nil || o.Stdout != missed {
		t.Fatalf("no seed came to %q: %+v", missed, o)
	}
	e.withdraw(o)
	r := e.result()
	if r.Complete() || r.Level != model.Sampled || r.Fault == nil || r.Fault.Value != missed || r.Fault.Token == "" || len(r.Notes) != 1 {
		t.Errorf("%+v", r)
	}
	if want := words.SearchFault(string(r.Fault.Status), missed, r.Fault.Token); r.Notes[0] != want {
		t.Errorf("%s, want %s", r.Notes[0], want)
	}
	e.rest[0].races = []wire.Race{{A: 1, B: 2}} // then it need not be a fault of the search
	if got, want := e.result().Notes[0], words.SearchRaced(string(r.Fault.Status), missed, r.Fault.Token); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	e.spec.Run.Ledger = []event.Gap{{What: "the use of n"}} // nor then
	if got, want := e.result().Notes[0], words.SearchUnseen(string(r.Fault.Status), missed, r.Fault.Token); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for _, one := range r.Outcomes {
		if one.Value == missed && one.Token == r.Fault.Token {
			return
		}
	}
	t.Errorf("%q is not among the outcomes: %+v", missed, r.Outcomes)
}

// crowded is what was found, behind so many outcomes that a result keeps none of it.
func crowded(all []report) []report {
	crowd := newSnapshot()
	for i := range mostOutcomes {
		crowd.outcomes = append(crowd.outcomes, found{status: model.OK, value: strconv.Itoa(i), runs: 1, interleavings: big.NewInt(1000)})
	}
	return append([]report{{snapshot: crowd}}, all...)
}
