package explore

import (
	"testing"
	"time"
)

// For making runs again so much time is kept as they took, of each outcome one; but
// no more than a quarter of the budget.
func TestReplayTime(t *testing.T) {
	for told, want := range map[string]time.Duration{
		"": 0,
		"progress 4 0 0 400000000 dpor 0\noutcome 1 ok \"1\" \"\" \"\" - 1 4 1 0 0 -\n":                                                                                    104 * time.Millisecond,
		"progress 4 0 0 4000 dpor 0\noutcome 1 ok \"1\" \"\" \"\" - 1 2 1 0 0 -\noutcome 2 ok \"2\" \"\" \"\" - 1 2 1 0 0 -\n":                                             4*time.Millisecond + time.Microsecond,
		"progress 4 0 0 40000000000 dpor 0\noutcome 1 ok \"1\" \"\" \"\" - 1 4 1 0 0 -\noutcome 2 limit \"2\" \"\" \"\" - 1 4 1 0 0 -\n":                                   500 * time.Millisecond,
		"progress 2 0 0 2000 dpor 0\noutcome 1 ok \"1\" \"\" \"\" - 1 1 1 0 0 -\noutcome 2 ok \"2\" \"\" \"\" - 1 1 1 0 0 -\noutcome 3 ok \"3\" \"\" \"\" - 1 1 1 0 0 -\n": 2 * (4*time.Millisecond + time.Microsecond),
	} {
		e := newExplorer(t.Context(), Spec{Budget: 2 * time.Second, Workers: 2})
		e.rest = []report{saying(t, "dpor", told)}
		if got := e.replayTime(); got != want {
			t.Errorf("%q: %v, not %v", told, got, want)
		}
	}
}
