package words

import "testing"

func TestStepEnded(t *testing.T) {
	for _, test := range []struct{ status, reason, want string }{
		{"ok", "", "The run is over: all goroutines end."},
		{"deadlock", AllAsleep, "The run is over: deadlock: all goroutines are asleep."},
		{"panic", "boom", "The run is over: panic: boom."},
	} {
		if got := StepEnded(test.status, test.reason); got != test.want {
			t.Errorf("%q, not %q", got, test.want)
		}
	}
}
