package trace_test

import (
	"fmt"
	"strings"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/proof/story"
)

// A goroutine that waits in a select when main returns is a leak only if none of
// its cases can come.
func TestSelectEnds(t *testing.T) {
	const both = "A case in\nA case out sends\n"
	for _, test := range []struct {
		name, before, cases, after string
		n                          int // of cases
		want                       model.Status
	}{
		{"nobody is left", "", both, "", 2, model.Leak},
		{"no cases", "", "", "", 0, model.Leak},
		{"all nil", "", "A case nil\nA case nil sends\n", "", 2, model.Leak},
		{"one case is not known", "", both, "", 3, model.CutOff},
		{"closed", "", both, "main close in\n", 2, model.CutOff},
		{"closed where it would send", "", both, "main close out\n", 2, model.CutOff},
		{"a value lies there", "", both, "main send in 1\n", 2, model.CutOff},
		{"a value lies elsewhere", "", both, "main send other 1\n", 2, model.Leak},
		{"full", "main send out 1\n", both, "", 2, model.Leak},
		{"somebody made room", "main send out 1\n", both, "main recv out 1\n", 2, model.CutOff},
		{"a timer", "main timer tick 5\n", "A case in\nA case tick\n", "", 2, model.CutOff},
		{"a timer that was stopped", "main timer tick 5\nmain stop-timer tick 1\n", "A case in\nA case tick\n", "", 2, model.Leak},
		{"a method of the program's", "", "A case in\nA case s.Done()\n", "", 2, model.Leak},
		{"a library's", "", "A case in\nA case ctx.Done() given\n", "", 2, model.CutOff},
		{"another sleeps", "main go B\nB start\nB sleep 5\n", both, "", 2, model.CutOff},
		{"another waits for good", "main go B\nB start\nB select-want nil 1\nB case other\n", both, "", 2, model.Leak},
		{"another could go on", "main go B\nB start\nB select-want nil 1\nB case other\n", both, "main close other\n", 2, model.CutOff},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := "main start\nmain go A\nA start\n" + test.before + fmt.Sprintf("A select-want nil %d\n", test.n) + test.cases + test.after + "main end"
			if x := told(t, text); x.Status != test.want {
				t.Errorf("%s, want %s:\n%s", x.Status, test.want, text)
			}
		})
	}
}

// Cases are no events, and leave no gap in the record; those of a select that
// went on, or of which not all are known, are forgotten.
func TestCasesAreNoEvents(t *testing.T) {
	const with = "main start\nmain go A\nA start\nA select-want nil 2 @9\nA case in @9\nA case out sends @9\nmain send in 1 @7\nA select in 0 @9\nA recv in 1 @9\n" +
		"A select-want nil 2 @9\nA case in @9\nA case out sends @9\nmain end @8"
	var plain []string
	for _, line := range strings.Split(with, "\n") {
		if !strings.HasPrefix(line, "A case") {
			plain = append(plain, line)
		}
	}
	x, y := told(t, with), told(t, strings.Join(plain, "\n"))
	if x.Dropped != 0 || len(x.Events) != len(y.Events) {
		t.Fatalf("%d events and %d dropped, want %d", len(x.Events), x.Dropped, len(y.Events))
	}
	for i := range x.Events {
		got, want := story.Event(x, i), story.Event(y, i)
		if x.Events[i].Cases != nil {
			want = strings.Replace(want, `"2"`, `"2" recv:in send:out`, 1)
		}
		if strings.Join(strings.Fields(got), " ") != want {
			t.Errorf("event %q, want %q", got, want)
		}
	}
	if n := len(x.Events); x.Events[n-2].Cases == nil || x.Events[4].Cases != nil {
		t.Errorf("the cases are not with the last select only: %+v", x.Events)
	}
}
