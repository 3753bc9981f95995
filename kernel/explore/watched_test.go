package explore

import (
	"slices"
	"testing"
)

func TestNamed(t *testing.T) {
	watched := []string{"work", "Account.Deposit"}
	for _, c := range []struct{ marks, want []string }{
		{nil, nil},
		{[]string{"race", "unjoined"}, []string{"race", "unjoined"}},
		{[]string{"disorder 0 1", "overlap 0", "overlap 1", "race"}, []string{"disorder work Account.Deposit", "overlap Account.Deposit", "overlap work", "race"}},
		{[]string{"overlap 7"}, []string{"overlap 7"}},
	} {
		got := named(c.marks, watched)
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.marks, got, c.want)
		}
		if again := named(got, watched); !slices.Equal(again, got) {
			t.Errorf("%q named twice: %q", c.marks, again)
		}
	}
}
